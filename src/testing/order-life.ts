import type { Ctx } from '../context.ts'
import { type EditLinesInput, editLines } from '../orders/edit-lines.ts'
import { placeOrder } from '../orders/place-order.ts'
import { type UpdateOrderInput, updateOrder } from '../orders/update-order.ts'
import { type VoidDeliveryInput, voidDelivery } from '../orders/void-delivery.ts'
import type { Result } from '../result.ts'
import { aProduct, aRetailer, newId, placement } from './fixtures.ts'

/** A change that can be asked for again and again under the same id. */
export interface Change {
  name: string
  id: string
  ask: (ctx: Ctx) => Promise<Result<unknown>>
  /** How it ends when nothing fails: 'accepted', or the reason of the refusal. */
  outcome: string
}

/** One order of three products, from its placing to its end. A change is made when the one before it is done. */
export interface Life {
  products: string[]
  changes: (() => Change)[]
}

interface Order {
  type: 'wholesale' | 'consignment'
  retailerId: string
  products: string[]
  number: number
  revision: number
}

type Step = (order: Order) => Pick<Change, 'id' | 'ask'>

const ON_HAND = 20
const QUANTITY = 4
const MORE = ON_HAND + 1

/** By name; `!` marks a change that is refused, as short, where it stands. */
const LIVES = {
  'a wholesale order': {
    '!placing what is short': placing(MORE),
    placing: placing(QUANTITY),
    'raising a line, the rest to be made': editing(0, { edit: 'set', quantity: MORE, unitPrice: 1000 }, true),
    'adding a line': editing(3, { edit: 'add', quantity: QUANTITY }),
    'removing a line': editing(0, { edit: 'remove' }),
    shipping: updating({ status: 'shipped', email: true }),
    'taking back what was shipped': updating({ status: 'new' }),
    'canceling a new order': updating({ status: 'canceled' }),
    'taking up again': updating({ status: 'in_progress' }),
    'delivering at once': updating({ status: 'delivered' }),
  },
  'a consignment order': {
    placing: placing(QUANTITY),
    shipping: updating({ status: 'shipped' }),
    'canceling, goods lost': updating({ status: 'canceled', goods: 'written_off' }),
    'taking up again': updating({ status: 'new' }),
    'shipping again': updating({ status: 'shipped' }),
    delivering: updating({ status: 'delivered' }),
    'voiding the delivery, goods back': voiding('came_back'),
  },
  'an order in short': {
    placing: placing(QUANTITY),
    'raising a line': editing(0, { edit: 'set', quantity: QUANTITY + 2, unitPrice: 1000 }),
    shipping: updating({ status: 'shipped' }),
    'canceling, goods back': updating({ status: 'canceled', goods: 'came_back' }),
    'taking up again': updating({ status: 'new' }),
    delivering: updating({ status: 'delivered' }),
  },
} satisfies Record<string, Record<string, Step>>

export type LifeName = keyof typeof LIVES
export const LIFE_NAMES = Object.keys(LIVES) as LifeName[]

export async function aLife(name: LifeName): Promise<Life> {
  const type = name === 'a consignment order' ? 'consignment' : 'wholesale'
  const [retailerId, ...products] = await Promise.all([
    aRetailer({ type }),
    ...Array.from({ length: 4 }, () => aProduct({ onHand: ON_HAND })),
  ])
  const order: Order = { type, retailerId, products, number: 0, revision: 0 }
  const changes = Object.entries(LIVES[name] as Record<string, Step>).map(([name, step]) => () => {
    const change = step(order)
    const outcome = name.startsWith('!') ? 'shortage' : 'accepted'
    if (outcome === 'accepted') order.revision++
    return { name, outcome, ...change }
  })
  return { products, changes }
}

/** `quantity` is that of the second line. */
function placing(quantity: number): Step {
  return (order) => {
    const lines = order.products.slice(0, 3).map((productId) => ({ productId, quantity: QUANTITY }))
    lines[1]!.quantity = quantity
    const input = placement(order.retailerId, lines)
    const ask = async (ctx: Ctx) => {
      const answer = await placeOrder(ctx, input)
      if (answer.ok) order.number = answer.value.number
      return answer
    }
    return { id: input.id, ask }
  }
}

type Edit =
  | { edit: 'set'; quantity: number; unitPrice: number }
  | { edit: 'add'; quantity: number }
  | { edit: 'remove' }

function editing(product: number, edit: Edit, allowShortage = false): Step {
  return ({ number, revision, products }) => {
    const lines = { ...edit, productId: products[product]! }
    const input: EditLinesInput = { number, changeId: newId(), revision, allowShortage, lines }
    return { id: input.changeId, ask: (ctx) => editLines(ctx, input) }
  }
}

function updating(change: Partial<UpdateOrderInput> & Pick<UpdateOrderInput, 'status'>): Step {
  return ({ number, revision }) => {
    const input: UpdateOrderInput = {
      ...{ number, changeId: newId(), revision, paymentStatus: 'awaiting_payment', email: false },
      ...{
        trackingNumber: '',
        invoiceLink: '',
        comment: '',
        confirmed: true,
        allowShortage: false,
        ...change,
      },
    }
    return { id: input.changeId, ask: (ctx) => updateOrder(ctx, input) }
  }
}

function voiding(goods: VoidDeliveryInput['goods']): Step {
  return ({ number, revision }) => {
    const input: VoidDeliveryInput = {
      number,
      changeId: newId(),
      revision,
      reason: 'Typed by mistake',
      goods,
    }
    return { id: input.changeId, ask: (ctx) => voidDelivery(ctx, input) }
  }
}
