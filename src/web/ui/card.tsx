import type { Child, PropsWithChildren } from 'hono/jsx'

type CardProps = {
  title?: string
  /** Also names the section for assistive technology, through its title. */
  id?: string
  /** Right end of the head: links, buttons, a short note. */
  actions?: Child
  /** Torn off along a perforation: the statement. */
  stub?: boolean
  /** No padding: for tables and lists that reach the edges. */
  flush?: boolean
}

/** A surface with one thing on it. */
export const Card = ({ title, id, actions, stub, flush, children }: PropsWithChildren<CardProps>) => {
  const titleId = id && title ? `${id}-title` : undefined
  return (
    <section class={stub ? 'card stub' : 'card'} id={id} aria-labelledby={titleId}>
      {title && (
        <div class="card-head">
          <h2 id={titleId}>{title}</h2>
          {actions}
        </div>
      )}
      {flush ? children : <div class="card-body">{children}</div>}
    </section>
  )
}
