import type { Ctx } from '../context.ts'
import { type AddressTrouble, troubleIn, verdictOfRetailerQuery } from '../mail/address-verdict-store.ts'
import { NEWEST_FIRST } from '../orders/order-filter.ts'
import { type OrderRow, rangeQuery } from '../orders/order-list-store.ts'
import { type RecordChange, recordChangesQuery } from '../records/record-change-store.ts'
import { err, ok, type Result } from '../result.ts'
import {
  type ConsignedProduct,
  consignedStockQuery,
  type RetailerTransaction,
  transactionsQuery,
} from '../sales/transaction-store.ts'
import { type Frame, readWithFrame } from '../settings/frame.ts'
import { portalSettingsQuery } from '../settings/portal-settings-store.ts'
import { refuse } from '../staff/permissions.ts'
import { type PortalEvent, portalEventsQuery } from './portal-event-store.ts'
import type { Retailer } from './retailer.ts'
import { retailerQuery } from './retailer-store.ts'

export const ORDERS_PER_PAGE = 20
export const TRANSACTIONS_PER_PAGE = 20
/** Far more products than one shop shows. */
const MAX_CONSIGNED_PRODUCTS = 500

/** Where the two lists start: below an order's and a transaction's number; the newest ones without. */
export interface RetailerCursors {
  ordersBefore?: number
  transactionsBefore?: number
}

export interface RetailerView {
  frame: Frame
  retailer: Retailer
  /** Newest first, one page. */
  orders: OrderRow[]
  hasOlderOrders: boolean
  /** Newest first, one page. */
  transactions: RetailerTransaction[]
  hasOlderTransactions: boolean
  /** Where its address does not take e-mail. */
  trouble: AddressTrouble | null
  /** What stands there and belongs to the maker, by name. */
  consigned: ConsignedProduct[]
  /** The newest changes of its portal link and terms, newest first. */
  portalEvents: PortalEvent[]
  /** The least order of retailers without a minimum of their own, in minor units. */
  businessMinimum: number
  /** Its newest changes, newest first. */
  changes: RecordChange[]
}

/** A retailer with its orders, its transaction history and its consigned stock, in one round trip. */
export async function readRetailer(
  ctx: Ctx,
  id: string,
  { ordersBefore, transactionsBefore }: RetailerCursors = {},
): Promise<Result<RetailerView>> {
  const refused = refuse(ctx, 'retailers.read') ?? refuse(ctx, 'orders.read')
  if (refused) return refused
  const { db } = ctx
  const { frame, results } = await readWithFrame(ctx, [
    retailerQuery(db, id),
    rangeQuery(
      db,
      {
        ...{ ordering: NEWEST_FIRST, retailerId: id },
        cursor: ordersBefore ? { value: ordersBefore, number: ordersBefore } : null,
      },
      ORDERS_PER_PAGE + 1,
    ),
    transactionsQuery(db, id, TRANSACTIONS_PER_PAGE + 1, transactionsBefore),
    consignedStockQuery(db, id, MAX_CONSIGNED_PRODUCTS),
    verdictOfRetailerQuery(db, id),
    portalEventsQuery(db, id),
    portalSettingsQuery(db),
    recordChangesQuery(db, 'retailer', id),
  ])
  const [found, orders, transactions, consigned, verdict, portalEvents, portal, changes] = results
  if (!found[0]) return err({ reason: 'not_found', what: 'retailer' })
  return ok({
    ...{
      frame,
      retailer: found[0],
      consigned,
      trouble: troubleIn(verdict),
      portalEvents,
      changes,
      businessMinimum: portal[0]!.minimumOrder,
    },
    orders: orders.slice(0, ORDERS_PER_PAGE),
    hasOlderOrders: orders.length > ORDERS_PER_PAGE,
    transactions: transactions.slice(0, TRANSACTIONS_PER_PAGE),
    hasOlderTransactions: transactions.length > TRANSACTIONS_PER_PAGE,
  })
}

/** A retailer alone, for its form. */
export async function readRetailerFields(
  ctx: Ctx,
  id: string,
): Promise<Result<{ frame: Frame; retailer: Retailer }>> {
  const refused = refuse(ctx, 'retailers.read')
  if (refused) return refused
  const { frame, results } = await readWithFrame(ctx, [retailerQuery(ctx.db, id)])
  const retailer = results[0][0]
  return retailer ? ok({ frame, retailer }) : err({ reason: 'not_found', what: 'retailer' })
}
