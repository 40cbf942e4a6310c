import type { PropsWithChildren } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'

export type ControlAttributes = Record<`${'hx' | 'data' | 'aria'}-${string}`, string>

type Look = {
  kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  size?: 'compact' | 'full'
  icon?: IconName
  attributes?: ControlAttributes
}

type ButtonProps = Look & {
  type?: 'submit' | 'button'
  name?: string
  value?: string
  formaction?: string
  disabled?: boolean
}

const classes = ({ kind = 'plain', size }: Look) =>
  ['button', kind === 'plain' ? '' : kind, size ?? ''].filter(Boolean).join(' ')

/** Does something; its words say what ("Save and email jo@shop.example"). Submits unless told otherwise. */
export const Button = ({ children, ...props }: PropsWithChildren<ButtonProps>) => (
  <button
    class={classes(props)}
    type={props.type ?? 'submit'}
    name={props.name}
    value={props.value}
    formaction={props.formaction}
    disabled={props.disabled}
    {...props.attributes}
  >
    {props.icon && <Icon name={props.icon} />}
    {children}
  </button>
)

/** Goes somewhere, and looks like a button. */
export const LinkButton = ({ href, children, ...look }: PropsWithChildren<Look & { href: string }>) => (
  <a class={classes(look)} href={href} {...look.attributes}>
    {look.icon && <Icon name={look.icon} />}
    {children}
  </a>
)
