import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import type { Ctx } from '../../context.ts'
import { formatRate } from '../../money.ts'
import { duplicateOrder } from '../../orders/duplicate-order.ts'
import { placeOrder } from '../../orders/place-order.ts'
import { type DraftView, offerRetailers, readDraft, reviewDraft } from '../../orders/read-draft.ts'
import { type Failure, invalid, type Problem } from '../../result.ts'
import { routes } from '../../routes.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { readForm, wholeFrom } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { Banner } from '../ui/banner.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { followsTyping } from '../ui/follows-typing.ts'
import { SearchField } from '../ui/search-field.tsx'
import { AgainNotes } from './new-order/again-notes.tsx'
import { type Cart, cartFrom, draftOf, newCart, withProduct } from './new-order/cart.ts'
import { CartPage } from './new-order/cart-page.tsx'
import { ReviewPage, reviewedFrom } from './new-order/review-page.tsx'
import { TYPE_WORDS } from './order-words.tsx'
import { type StaffPage, staffPage } from './page.tsx'
import { RetailerPicks } from './retailers/retailer-picks.tsx'

/** Create Order: pick a retailer, fill the cart, review, submit. The cart travels in the form; nothing is stored. */
export const newOrder = new Hono<WebEnv>()

newOrder.get(routes.newOrder(), async (c) => {
  const again = c.req.query('again')
  if (again !== undefined) return againPage(c, wholeFrom(again))
  const retailerId = c.req.query('retailer') ?? ''
  if (retailerId === '') return retailerPage(c, c.req.query('q') ?? '')
  return cartPage(c, newCart(retailerId, c.var.ctx.newId()), [], undefined, true)
})

newOrder.post(routes.newOrder(), async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const action = form.value.text('do')
  const cart = cartFrom(form.value, action)
  if (action === 'update') return cartPage(c, await withOnlyMatch(c.var.ctx, cart))
  if (action !== 'review') return cartPage(c, cart)
  const { draft, problems } = draftOf(cart)
  if (problems.length > 0) return cartPage(c, cart, problems, 422)
  const reviewed = await reviewDraft(c.var.ctx, draft, cart)
  if (!reviewed.ok) return failurePage(c, reviewed.failure)
  const { view, problems: refused } = reviewed.value
  if (!view.retailer) return retailerPage(c, '')
  if (refused.length > 0) return renderCart(c, cart, view, refused, 422)
  return staffPage(
    c,
    view.frame,
    { title: 'Review order', section: 'orders' },
    <ReviewPage cart={cart} view={view} />,
  )
})

newOrder.post(routes.orders(), async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const cart = cartFrom(form.value, 'place')
  const { draft, problems } = draftOf(cart)
  if (problems.length > 0) return cartPage(c, cart, problems, 422)
  const { id, allowShortage } = cart
  const reviewed = reviewedFrom(form.value)
  const date = draft.date || undefined
  const placed = await placeOrder(c.var.ctx, { ...draft, date, id, allowShortage, reviewed })
  if (placed.ok) return c.redirect(routes.order(placed.value.number), 303)
  return refusedCart(c, cart, placed.failure)
})

/** The cart with what an order had in it. */
async function againPage(c: WebContext, number: number) {
  const duplicate = await duplicateOrder(c.var.ctx, { number })
  if (!duplicate.ok) return failurePage(c, duplicate.failure)
  const { draft, view } = duplicate.value
  const lines = draft.lines.map(({ productId, quantity }) => ({ productId, quantity: String(quantity) }))
  const cart = { ...newCart(draft.retailerId, c.var.ctx.newId()), lines }
  return renderCart(c, cart, view, [], undefined, <AgainNotes duplicate={duplicate.value} />)
}

/** Enter in the search adds the product when it is the only one that matches. */
async function withOnlyMatch(ctx: Ctx, cart: Cart): Promise<Cart> {
  if (cart.search.trim() === '') return cart
  const view = await readDraft(ctx, draftOf(cart).draft, cart.search)
  const [only, ...others] = view.ok ? view.value.offered : []
  return only && others.length === 0 ? withProduct(cart, only.id, String(only.caseSize)) : cart
}

async function retailerPage(c: WebContext, search: string) {
  const offered = await offerRetailers(c.var.ctx, search)
  if (!offered.ok) return failurePage(c, offered.failure)
  const { frame, retailers } = offered.value
  const only = retailers.length === 1 && search !== '' ? retailers[0] : undefined
  // Whoever sent the search has found it; while it is being typed the list stays.
  if (only && !c.req.header('HX-Request')) return c.redirect(routes.newOrder({ retailer: only.id }))
  return staffPage(
    c,
    frame,
    {
      title: 'Create Order',
      section: 'orders',
      back: { href: routes.orders(), label: 'Orders' },
      lead: 'Who is it for?',
    },
    <>
      <form class="filters" method="get" action={routes.newOrder()}>
        <SearchField
          label="Retailer"
          name="q"
          value={search}
          placeholder="Name, contact or city"
          autofocus
          attributes={{ 'hx-get': routes.newOrder(), ...followsTyping('#retailers') }}
        />
        <Button>Search</Button>
      </form>
      <div id="retailers">
        <Card flush>
          {retailers.length === 0 ? (
            <Empty
              title={search === '' ? 'No retailers yet' : 'No retailer matches'}
              actions={<LinkButton href={routes.newRetailer()}>Add retailer</LinkButton>}
            >
              Inactive retailers are not offered.
            </Empty>
          ) : (
            <RetailerPicks retailers={retailers} hrefOf={(retailer) => routes.newOrder({ retailer })} />
          )}
        </Card>
      </div>
    </>,
  )
}

async function cartPage(
  c: WebContext,
  cart: Cart,
  problems: Problem[] = [],
  status?: StaffPage['status'],
  isNew = false,
) {
  const view = await readDraft(c.var.ctx, draftOf(cart).draft, cart.search)
  if (!view.ok) return failurePage(c, view.failure)
  const { retailer } = view.value
  if (!retailer) return failurePage(c, { reason: 'not_found', what: 'retailer' })
  // What is in a cart already stays there; reviewing it says so.
  if (isNew && !retailer.active) {
    return failurePage(c, invalid('', `${retailer.name} is inactive. Make it active first.`).failure)
  }
  return renderCart(c, cart, view.value, problems, status)
}

/** The cart again, with what was refused and everything that was typed. */
async function refusedCart(c: WebContext, cart: Cart, failure: Failure) {
  const view = await readDraft(c.var.ctx, draftOf(cart).draft, '')
  if (!view.ok) return failurePage(c, view.failure)
  if (!view.value.retailer) return failurePage(c, { reason: 'not_found', what: 'retailer' })
  const names = new Map(view.value.lines.map(({ product }) => [product.id, product.name]))
  const problems = problemsOf(failure, (id) => names.get(id) ?? 'A product')
  const isShort = failure.reason === 'shortage'
  const isUsed = failure.reason === 'sent_before'
  const again = { ...cart, isShort, id: isUsed ? c.var.ctx.newId() : cart.id }
  const placed = isUsed && failure.order !== null && <PlacedBefore number={failure.order} />
  return renderCart(c, again, view.value, problems, statusOf(failure), placed)
}

const PlacedBefore = ({ number }: { number: number }) => (
  <Banner tone="warning" title={`Order ${number} was placed from this form`}>
    <p>
      <a href={routes.order(number)}>Look at order {number}</a>
    </p>
  </Banner>
)

function renderCart(
  c: WebContext,
  cart: Cart,
  view: DraftView,
  problems: Problem[],
  status?: StaffPage['status'],
  notes?: Child,
) {
  const { retailer } = view
  return staffPage(
    c,
    view.frame,
    {
      title: 'Create Order',
      section: 'orders',
      back: { href: routes.newOrder(), label: 'Another retailer' },
      lead: retailer && (
        <>
          For <b>{retailer.name}</b> · {TYPE_WORDS[retailer.type]} · keeps {formatRate(retailer.rate)}
        </>
      ),
      status,
    },
    <>
      {notes}
      <CartPage cart={cart} view={view} problems={problems} />
    </>,
  )
}
