/** A plain model of orders and stock, kept apart from the code that it is held against: one book, no machines. */
export interface Book {
  onHand: Record<string, number>
  orders: Record<string, BookedOrder>
  /** The ids of the changes that were made. */
  done: string[]
}

export interface BookedOrder {
  type: 'wholesale' | 'consignment'
  status: BookedStatus
  pull: boolean
  revision: number
  /** Units by product. */
  lines: Record<string, number>
}

export type BookedStatus = 'awaiting_approval' | 'new' | 'in_progress' | 'shipped' | 'delivered' | 'canceled'

/** A change of an order, or goods received or counted, as somebody asks for it under an id. */
export type Request = OrderRequest | GoodsRequest

export type OrderRequest = { id: string; orderId: string; allowShortage: boolean } & (
  | { kind: 'place'; order: Omit<BookedOrder, 'status' | 'revision'> }
  | { kind: 'set'; revision: number; productId: string; quantity: number }
  | { kind: 'add'; revision: number; productId: string; quantity: number }
  | { kind: 'remove'; revision: number; productId: string }
  | { kind: 'update'; revision: number; status: BookedStatus; pull: boolean; lost: boolean }
)
export interface GoodsRequest {
  id: string
  kind: 'receive' | 'count'
  productId: string
  quantity: number
}

export interface Short {
  productId: string
  available: number
  wanted: number
  missing: number
}

export type Entry =
  | { outcome: 'accepted'; book: Book }
  | { outcome: 'invalid' | 'final' | 'not_found' | 'conflict' }
  | { outcome: 'shortage'; shortages: Short[] }

const STATUSES_AFTER: Record<BookedStatus, string> = {
  awaiting_approval: 'new in_progress shipped delivered canceled',
  new: 'awaiting_approval in_progress shipped delivered canceled',
  in_progress: 'awaiting_approval new shipped delivered canceled',
  shipped: 'new in_progress delivered canceled',
  delivered: '',
  canceled: 'awaiting_approval new in_progress',
}

/** What the book says to a request, one after another. */
export function enter(book: Book, request: Request): Entry {
  if (book.done.includes(request.id)) return { outcome: 'accepted', book }
  if (!('orderId' in request)) {
    const before = request.kind === 'receive' ? (book.onHand[request.productId] ?? 0) : 0
    const onHand = { ...book.onHand, [request.productId]: before + request.quantity }
    return { outcome: 'accepted', book: { ...book, onHand, done: [...book.done, request.id] } }
  }
  if (request.kind === 'place') {
    return move(book, request, null, { ...request.order, status: 'new', revision: 1 })
  }
  const order = book.orders[request.orderId]
  if (!order) return { outcome: 'not_found' }
  if (order.revision !== request.revision) return { outcome: 'conflict' }
  if (request.kind === 'update') return enterUpdate(book, request, order)

  const { productId } = request
  const had = order.lines[productId]
  if (order.status === 'delivered') return { outcome: 'final' }
  if (order.status === 'canceled') return { outcome: 'invalid' }
  if (request.kind === 'add' ? had !== undefined : had === undefined) {
    return { outcome: request.kind === 'add' ? 'invalid' : 'not_found' }
  }
  const { [productId]: _, ...others } = order.lines
  if (request.kind === 'remove') {
    if (Object.keys(others).length === 0) return { outcome: 'invalid' }
    return move(book, request, order, { ...order, lines: others })
  }
  if (had === request.quantity) return { outcome: 'invalid' }
  return move(book, request, order, { ...order, lines: { ...others, [productId]: request.quantity } })
}

function enterUpdate(book: Book, request: OrderRequest & { kind: 'update' }, order: BookedOrder): Entry {
  const { status } = request
  if (status !== order.status && !STATUSES_AFTER[order.status].split(' ').includes(status)) {
    return { outcome: 'invalid' }
  }
  // Whether to pull is asked when a request is approved, not before; what is pulled already can be let go.
  const isRequest = order.status === 'awaiting_approval'
  const asked = isRequest && status === 'canceled' ? order.pull : request.pull
  const pull =
    order.type === 'wholesale' && (isRequest && status === order.status ? order.pull && asked : asked)
  const hasLeft = order.status === 'shipped' || order.status === 'delivered'
  if (hasLeft && pull !== order.pull && status !== 'new' && status !== 'in_progress') {
    return { outcome: 'invalid' }
  }
  const lost = order.status === 'shipped' && status === 'canceled' && request.lost
  return move(book, request, order, { ...order, status, pull }, lost)
}

/** Moves the stock from what the order held to what it is to hold, if there is enough of every product. */
function move(
  book: Book,
  request: OrderRequest,
  before: BookedOrder | null,
  after: BookedOrder,
  lost = false,
): Entry {
  const shortages: Short[] = []
  const onHand = { ...book.onHand }
  for (const productId of Object.keys(onHand)) {
    const [old, next] = [held(before, productId), held(after, productId)]
    const writtenOff = lost ? old.gone - next.gone : 0
    const taken = next.reserved + next.gone + writtenOff - old.reserved - old.gone
    const leaving = next.gone + writtenOff - old.gone
    const there = onHand[productId] ?? 0
    const couldHave = available(book, productId) + old.reserved
    if (!request.allowShortage) {
      if (taken > 0 && old.reserved + taken > couldHave) {
        shortages.push(short(productId, couldHave, old.reserved + taken))
      } else if (leaving > 0 && leaving > there) shortages.push(short(productId, there, leaving))
    }
    onHand[productId] = there - leaving
  }
  if (shortages.length > 0) return { outcome: 'shortage', shortages }
  const order = { ...after, revision: (before?.revision ?? 0) + 1 }
  return {
    outcome: 'accepted',
    book: { onHand, orders: { ...book.orders, [request.orderId]: order }, done: [...book.done, request.id] },
  }
}

function short(productId: string, available: number, wanted: number): Short {
  return { productId, available, wanted, missing: wanted - Math.max(0, available) }
}

export function available(book: Book, productId: string): number {
  const promised = Object.values(book.orders).map((order) => held(order, productId).reserved)
  return (book.onHand[productId] ?? 0) - promised.reduce((sum, units) => sum + units, 0)
}

/** DOMAIN.md §3, the table of what an order holds. */
export function held(order: BookedOrder | null, productId: string): { reserved: number; gone: number } {
  const units = order?.lines[productId] ?? 0
  const isConsignment = order?.type === 'consignment'
  switch (order?.status) {
    case 'awaiting_approval':
      return { reserved: !isConsignment && order.pull ? units : 0, gone: 0 }
    case 'new':
    case 'in_progress':
      return { reserved: isConsignment || order.pull ? units : 0, gone: 0 }
    case 'shipped':
    case 'delivered':
      return { reserved: 0, gone: units }
    default:
      return { reserved: 0, gone: 0 }
  }
}
