import type { PropsWithChildren } from 'hono/jsx'
import { Icon } from './icon.tsx'

export type BannerTone = 'info' | 'success' | 'warning' | 'error'

const ROLES = { info: undefined, success: 'status', warning: undefined, error: 'alert' } as const

/** Something about this page that needs to be read; errors and successes are announced. */
export const Banner = ({
  tone,
  title,
  children,
}: PropsWithChildren<{ tone: BannerTone; title?: string }>) => (
  <div class={`banner ${tone}`} role={ROLES[tone]}>
    <Icon name={tone} />
    <div class="banner-body">
      {title && <h2>{title}</h2>}
      {children}
    </div>
  </div>
)
