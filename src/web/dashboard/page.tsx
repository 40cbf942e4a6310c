import type { Child } from 'hono/jsx'
import { routes } from '../../routes.ts'
import type { Frame as FrameData } from '../../settings/frame.ts'
import type { WebContext } from '../session.ts'
import { Document } from '../ui/document.tsx'
import { Frame, type NavGroup } from '../ui/frame.tsx'
import { Toast } from '../ui/toast.tsx'

export type Section =
  | 'orders'
  | 'new-order'
  | 'palette'
  | 'keys'
  | 'retailers'
  | 'products'
  | 'to-make'
  | 'stock-check'
  | 'mail'
  | 'settings'

export interface StaffPage {
  /** The page's own title, also its h1. */
  title: string
  /** Leaves the h1 to the content, for pages whose body brings one. */
  ownHeading?: boolean
  section?: Section
  pills?: Child
  lead?: Child
  back?: { href: string; label: string }
  actions?: Child
  /** What was just done. */
  toast?: string
  /** The way back from it: a form with a button. */
  undo?: Child
  status?: 200 | 201 | 400 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503
}

/** A whole staff page: the document, the navigation and `children` as its content. */
export function staffPage(c: WebContext, frame: FrameData, page: StaffPage, children: Child) {
  const { businessName } = frame.settings
  return c.html(
    <Document
      title={`${page.title} · ${businessName}`}
      toast={page.toast === undefined ? undefined : <Toast action={page.undo}>{page.toast}</Toast>}
    >
      <Frame
        nav={navigation(frame)}
        current={page.section}
        homeHref={routes.orders()}
        businessName={businessName}
        actorName={c.var.ctx.actor.name}
        title={page.ownHeading ? undefined : page.title}
        pills={page.pills}
        lead={page.lead}
        back={page.back}
        actions={page.actions}
      >
        {children}
      </Frame>
    </Document>,
    page.status ?? 200,
  )
}

const navigation = ({ awaiting, mailsToDecide }: FrameData): NavGroup[] => [
  {
    group: 'Retail',
    items: [
      {
        key: 'orders',
        label: 'Orders',
        href: routes.orders(),
        keys: 'g o',
        count: awaiting,
        countLabel: 'awaiting approval',
      },
      { key: 'new-order', label: 'Create Order', href: routes.newOrder(), keys: 'c' },
      { key: 'retailers', label: 'Retailers', href: routes.retailers(), keys: 'g r' },
    ],
  },
  {
    group: 'Goods',
    items: [
      { key: 'products', label: 'Products', href: routes.products(), keys: 'g p' },
      { key: 'to-make', label: 'To make', href: routes.toMake() },
      { key: 'stock-check', label: 'Stock check', href: routes.stockCheck() },
    ],
  },
  {
    group: 'Desk',
    items: [
      {
        key: 'mail',
        label: 'Mail',
        href: routes.mails(mailsToDecide > 0 ? { status: 'to-decide' } : {}),
        count: mailsToDecide,
        countLabel: 'to decide about',
      },
      { key: 'settings', label: 'Settings', href: routes.settings() },
      { key: 'palette', label: 'Jump to', href: routes.palette(), keys: 'Control+K' },
      { key: 'keys', label: 'Keys', href: routes.keys(), keys: '?' },
    ],
  },
]
