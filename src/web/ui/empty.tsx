import type { Child, PropsWithChildren } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'

/** In place of a list without rows: why it is empty and what to do about it. */
export const Empty = (props: PropsWithChildren<{ title: string; icon?: IconName; actions?: Child }>) => (
  <div class="empty">
    {props.icon && <Icon name={props.icon} />}
    <h2>{props.title}</h2>
    {props.children && <p>{props.children}</p>}
    {props.actions && <div class="actions">{props.actions}</div>}
  </div>
)
