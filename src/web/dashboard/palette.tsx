import { Hono } from 'hono'
import { type Findings, findAnything } from '../../orders/find-anything.ts'
import { ORDER_STATUS_WORDS } from '../../orders/order.ts'
import { routes } from '../../routes.ts'
import { failurePage } from '../errors.tsx'
import type { WebEnv } from '../session.ts'
import { Card } from '../ui/card.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { staffPage } from './page.tsx'

/** Jump to anything, and the list of keys: pages of their own, which keys.js opens over the page one is on. */
export const palette = new Hono<WebEnv>()

const MAX_SEARCH_CHARACTERS = 100

palette.get(routes.palette(), async (c) => {
  const text = (c.req.query('q') ?? '').trim().slice(0, MAX_SEARCH_CHARACTERS)
  const found = await findAnything(c.var.ctx, text)
  if (!found.ok) return failurePage(c, found.failure)
  return staffPage(
    c,
    found.value.frame,
    { title: 'Jump to', section: 'palette' },
    <div data-over>
      <form method="get" action={routes.palette()}>
        <SearchField
          label="Order, retailer, product or action"
          name="q"
          value={text}
          attributes={{
            ...{ 'hx-get': routes.palette(), 'hx-trigger': 'input delay:150ms', 'hx-sync': 'this:replace' },
            // The list itself stays: keys.js moves through it.
            ...{ 'hx-target': 'next .picks', 'hx-select': '.picks > a', 'hx-swap': 'innerHTML' },
          }}
        />
      </form>
      <Card flush>
        <div class="picks" role="listbox" aria-label="Found" tabindex={-1}>
          {entriesOf(found.value, text).map(({ label, kind, href }, index) => (
            <a role="option" id={`found-${index}`} href={href} aria-selected="false">
              {label} <span class="soft">{kind}</span>
            </a>
          ))}
        </div>
      </Card>
    </div>,
  )
})

interface Entry {
  label: string
  kind: string
  href: string
}

function entriesOf({ orders, retailers, products }: Findings, text: string): Entry[] {
  const words = text.toLowerCase().split(/\s+/)
  const actions = ACTIONS.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
  return [
    ...actions.map((action) => ({ ...action, kind: 'Action' })),
    ...orders.map(({ number, retailerName, status }) => ({
      label: `Order ${number} · ${retailerName}`,
      kind: ORDER_STATUS_WORDS[status],
      href: routes.order(number),
    })),
    ...retailers.map(({ id, name }) => ({ label: name, kind: 'Retailer', href: routes.retailer(id) })),
    ...products.map(({ id, name, sku }) => ({
      label: `${name} · ${sku}`,
      kind: 'Product',
      href: routes.product(id),
    })),
  ]
}

const ACTIONS = [
  { label: 'Create Order', href: routes.newOrder() },
  { label: 'Orders awaiting approval', href: routes.orders({ status: 'awaiting_approval' }) },
  { label: 'Add product', href: routes.newProduct() },
  { label: 'Add retailer', href: routes.newRetailer() },
  { label: 'Import products', href: routes.imports('products') },
  { label: 'Import retailers', href: routes.imports('retailers') },
  { label: 'To make', href: routes.toMake() },
  { label: 'Check stock', href: routes.stockCheck() },
  { label: 'Mail', href: routes.mails() },
  { label: 'Settings', href: routes.settings() },
]
