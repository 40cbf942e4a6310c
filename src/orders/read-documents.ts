import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { parse } from '../parse.ts'
import { err, ok, type Result } from '../result.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { refuse } from '../staff/permissions.ts'
import { documentLinesQuery, documentOrdersQuery, type Shop } from './document-store.ts'
import type { Order } from './order.ts'
import { orderFrom } from './order-store.ts'
import { type Statement, statementOf } from './statement.ts'

/** What one person packs in a day, and far below what a page can hold. */
export const MAX_DOCUMENTS = 100

const WORDS = 'Give the numbers of orders, with commas between them, like 1042,1043.'

export const readDocumentsSchema = z.object({
  orders: z
    .array(z.int(WORDS).positive(WORDS))
    .transform((numbers) => [...new Set(numbers)])
    .pipe(
      z
        .array(z.int())
        .min(1, 'Choose at least one order.')
        .max(MAX_DOCUMENTS, `Print at most ${MAX_DOCUMENTS} orders at once.`),
    ),
})
export type ReadDocumentsInput = z.input<typeof readDocumentsSchema>

/** What the papers of one order say. */
export interface OrderDocument {
  order: Order
  statement: Statement
  /** Where the goods go: as the request says or, where it names no place, as is known of the retailer. */
  shop: Shop | null
}

export interface DocumentsView {
  frame: Frame
  /** As they were asked for, each once. */
  documents: OrderDocument[]
  /** Numbers that no order has. */
  unknown: number[]
}

/** Reads orders to be printed, in one round trip. Fails with `invalid`, and with `not_found` when there is none. */
export async function readDocuments(ctx: Ctx, input: ReadDocumentsInput): Promise<Result<DocumentsView>> {
  const refused = refuse(ctx, 'orders.read')
  if (refused) return refused
  const parsed = parse(readDocumentsSchema, input)
  if (!parsed.ok) return parsed
  const numbers = parsed.value.orders
  const { frame, results } = await readWithFrame(ctx, [
    documentOrdersQuery(ctx.db, numbers),
    documentLinesQuery(ctx.db, numbers),
  ])
  const [rows, lines] = results
  const linesOf = Map.groupBy(lines, ({ order }) => order)
  const found = new Map(
    rows.map(({ shop: joined, ...row }): [number, OrderDocument] => {
      const order = orderFrom(
        row,
        (linesOf.get(row.order.number) ?? []).map(({ order: _, ...line }) => line),
      )
      const retailer = joined.id === null ? null : (joined as Shop)
      const statement = statementOf(order, retailer, frame.settings.currency)
      return [order.number, { order, shop: addresseeOf(order, retailer), statement }]
    }),
  )
  if (found.size === 0) return err({ reason: 'not_found', what: 'order' })
  return ok({
    frame,
    documents: numbers.flatMap((number) => found.get(number) ?? []),
    unknown: numbers.filter((number) => !found.has(number)),
  })
}

function addresseeOf({ request }: Order, retailer: Shop | null): Shop | null {
  if (!request || (retailer && request.street === '' && request.city === '')) return retailer
  const { contactName, phone, street, city, region, postcode, country, businessName } = request
  return {
    ...{
      id: retailer?.id ?? '',
      name: retailer?.name ?? businessName,
      street,
      city,
      region,
      postcode,
      country,
    },
    contactName: contactName || (retailer?.contactName ?? ''),
    phone: phone || (retailer?.phone ?? ''),
  }
}
