import type { Child } from 'hono/jsx'
import { Icon } from './icon.tsx'

type PageHeadProps = {
  title: string
  pills?: Child
  /** One line below the title. */
  lead?: Child
  back?: { href: string; label: string }
  actions?: Child
}

/** Way back, h1 with its pills, the page's actions, one line about it. */
export const PageHead = ({ title, pills, lead, back, actions }: PageHeadProps) => (
  <>
    {back && (
      <a class="back" href={back.href}>
        <Icon name="back" />
        {back.label}
      </a>
    )}
    <div class="page-head">
      <div class="page-title">
        <h1>{title}</h1>
        {pills}
      </div>
      {actions && <div class="actions">{actions}</div>}
    </div>
    {lead && <p class="lead">{lead}</p>}
  </>
)
