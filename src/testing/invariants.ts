import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { recipientsOf } from '../mail/recipients.ts'
import { demand, type Order } from '../orders/order.ts'
import { notificationEmailsFrom, type StoredNotificationEmail } from '../settings/notification-emails.ts'
import { type Claim, replay, sameClaim } from '../stock/ledger.ts'
import type { StockSnapshot } from '../stock/product-stock.ts'
import { stockOf } from '../stock/reserve.ts'
import type { MovementRow } from '../stock/stock-store.ts'

/** Everything that objects and database say about some products, read while nobody changes them. */
export interface Evidence {
  products: { id: string; object: StockSnapshot; ledger: Entry[]; projection: Projection | null }[]
  orders: OrderRow[]
  events: EventRow[]
  mails: { orderId: string; revision: number; recipient: string }[]
  decisions: { attempt: string; decision: string }[]
  notificationEmails: StoredNotificationEmail[]
}

type Entry = Pick<
  MovementRow,
  | 'sequence'
  | 'at'
  | 'kind'
  | 'onHandChange'
  | 'reservedChange'
  | 'onHand'
  | 'reserved'
  | 'orderId'
  | 'revision'
>
type Projection = { onHand: number; reserved: number; sequence: number }
type OrderRow = Pick<Order, 'id' | 'revision' | 'attempt'> &
  Parameters<typeof demand>[0] & { email: string | null; requestEmail: string | null }
type EventRow = {
  orderId: string
  revision: number
  kind: string
  emailed: number
  changes: { toBeMade?: true }
}

/** How long before a change a correction may have been asked for that takes effect during it. */
const MOST_APART_MILLISECONDS = 1_000

/** The invariants of ARCHITECTURE §2, word for word, each with what breaks it. */
const INVARIANTS: Record<string, (evidence: Evidence) => string[]> = {
  'available never falls below zero unless that change said so': ({ products, events }) =>
    products.flatMap(({ id, ledger }) => {
      const saidSo = new Set(
        events.filter(({ changes }) => changes.toBeMade).map((event) => `${event.orderId} ${event.revision}`),
      )
      return changesIn(ledger)
        .filter(({ before, after }) => after < 0 && after < before)
        .filter(({ change, entry }) => entry.kind !== 'corrected' && !saidSo.has(change))
        .filter((change) => !isOvertaken(change, ledger, saidSo))
        .map(({ before, after, change }) => `${id}: ${before} → ${after} by ${change}`)
    }),

  "at rest, an object's claims equal the demand of the orders in D1": ({ products, orders }) =>
    products.flatMap(({ id, object }) => {
      const held = new Map(object.claims.map(({ orderId, claim }) => [orderId, claim]))
      const wanted = new Map(orders.map((order) => [order.id, demand(order).get(id)]))
      return [...new Set([...held.keys(), ...wanted.keys()])]
        .filter((orderId) => !sameClaim(held.get(orderId), wanted.get(orderId)))
        .map(
          (orderId) => `${id}: ${orderId} holds ${say(held.get(orderId))}, not ${say(wanted.get(orderId))}`,
        )
    }),

  'ledger replay = balance': ({ products }) =>
    products.flatMap(({ id, object, ledger, projection }) => {
      const { onHand, reserved } = object
      const promised = object.claims.reduce((sum, { claim }) => sum + claim.reserved, 0)
      const projected = ledger.find(({ sequence }) => sequence === projection?.sequence)
      const faults: [boolean, string][] = [
        [!same(replay(ledger), { onHand, reserved }), 'replay and balance differ'],
        [ledger.some(({ sequence }, index) => sequence !== index + 1), 'the ledger has a gap'],
        [ledger.length !== object.sequence, 'the ledger and its number differ'],
        [losesCount(ledger), 'an entry has another balance than its replay'],
        [promised !== reserved, 'the claims and reserved differ'],
        [(projected ?? null) === null && projection !== null, 'the projection is of no entry'],
        [!!projected && !!projection && !same(projected, projection), 'the projection and its entry differ'],
        [object.projected > (projection?.sequence ?? 0), 'D1 lacks what was projected'],
      ]
      return faults.filter(([broken]) => broken).map(([, words]) => `${id}: ${words}`)
    }),

  'no prepared claim outlives its deadline plus retries': ({ products }) =>
    products.flatMap(({ id, object }) =>
      object.prepared.map(({ orderId, attempt }) => `${id}: ${attempt} of ${orderId} stands prepared`),
    ),

  'an accepted change has exactly one event, one message per recipient': (evidence) =>
    evidence.orders.flatMap((order) => {
      const events = evidence.events.filter(({ orderId }) => orderId === order.id)
      const fate = evidence.decisions.find(({ attempt }) => attempt === order.attempt)?.decision
      const numbers = events.map(({ revision }) => revision).sort((a, b) => a - b)
      const faults: [boolean, string][] = [
        [numbers.join() !== upTo(order.revision), `${order.revision} changes, events ${numbers}`],
        [fate !== 'commit', `its attempt was decided as ${fate}`],
      ]
      const notificationEmails = notificationEmailsFrom(evidence.notificationEmails)
      for (const { revision, kind, emailed } of events) {
        const contact = kind === 'answered' ? null : contactAt(order, events, revision)
        const recipients = recipientsOf(contact, notificationEmails, 'updated')
        const wanted = emailed === 1 ? recipients.map(({ recipient }) => recipient).sort() : []
        const written = evidence.mails
          .filter((mail) => mail.orderId === order.id && mail.revision === revision)
          .map(({ recipient }) => recipient)
          .sort()
        faults.push([
          wanted.join() !== written.join(),
          `revision ${revision} wrote to ${written}, not ${wanted}`,
        ])
      }
      return faults.filter(([broken]) => broken).map(([, words]) => `${order.id}: ${words}`)
    }),
}

/** What is wrong with some products at rest and with every order that ever touched them; empty when all holds. */
export async function brokenInvariants(productIds: string[]): Promise<string[]> {
  return faultsIn(await readEvidence(productIds))
}

export function faultsIn(evidence: Evidence): string[] {
  return Object.entries(INVARIANTS).flatMap(([words, check]) =>
    check(evidence).map((fault) => `${words} — ${fault}`),
  )
}

/** Objects first: what they have not projected yet is in the database by the time it is read, or is in hand. */
export async function readEvidence(productIds: string[]): Promise<Evidence> {
  const objects = await Promise.all(productIds.map(inObject))
  const database = await readDatabase(productIds, [
    ...objects.flatMap(({ snapshot }) => [...snapshot.claims, ...snapshot.prepared]),
    ...objects.flatMap(({ unprojected }) => unprojected),
  ])
  const products = productIds.map((id, index) => {
    const { snapshot, unprojected } = objects[index]!
    const ledger = database.movements.filter(({ productId }) => productId === id)
    const written = ledger.length
    return {
      ...{ id, object: snapshot },
      ledger: [...ledger, ...unprojected.filter(({ sequence }) => sequence > written)],
      projection: database.projections.find(({ productId }) => productId === id) ?? null,
    }
  })
  return { ...database, products }
}

function inObject(productId: string) {
  return runInDurableObject(stockOf({ env }, productId), (object, state) => ({
    snapshot: object.snapshot(productId),
    unprojected: state.storage.sql
      .exec('SELECT movement FROM movements ORDER BY sequence')
      .toArray()
      .map((row) => JSON.parse(row.movement as string) as MovementRow),
  }))
}

/** Everything in one statement, since the tests do this thousands of times. */
async function readDatabase(productIds: string[], known: { orderId: string | null }[]) {
  const evidence = await env.DB.prepare(
    `WITH product AS (SELECT value AS id FROM json_each(?1)),
      touched AS (SELECT order_id AS id FROM order_lines WHERE product_id IN product
        UNION SELECT order_id FROM stock_movements WHERE product_id IN product
        UNION SELECT value FROM json_each(?2))
    SELECT json_object(
      'movements', (SELECT json_group_array(json_object('productId', product_id, 'sequence', sequence,
          'at', at, 'kind', kind, 'onHandChange', on_hand_change, 'reservedChange', reserved_change, 'onHand', on_hand,
          'reserved', reserved, 'orderId', order_id, 'revision', revision))
        FROM (SELECT * FROM stock_movements WHERE product_id IN product ORDER BY product_id, sequence)),
      'projections', (SELECT json_group_array(json_object('productId', product_id, 'onHand', on_hand,
          'reserved', reserved, 'sequence', sequence)) FROM product_stock WHERE product_id IN product),
      'orders', (SELECT json_group_array(json_object('id', orders.id, 'revision', orders.revision,
          'attempt', attempt, 'status', status, 'type', orders.type, 'pull', json(iif(pull, 'true', 'false')), 'voided', json(iif(voided, 'true', 'false')),
          'email', retailers.email, 'requestEmail', order_requests.email,
          'lines', (SELECT json_group_array(json_object('productId', product_id, 'quantity', quantity,
            'stockTracked', json(iif(stock_tracked, 'true', 'false')))) FROM order_lines WHERE order_id = orders.id)))
        FROM orders LEFT JOIN retailers ON retailers.id = retailer_id
          LEFT JOIN order_requests ON order_requests.order_id = orders.id WHERE orders.id IN touched),
      'events', (SELECT json_group_array(json_object('orderId', order_id, 'revision', revision,
          'kind', kind, 'emailed', emailed, 'changes', json(changes))) FROM order_events WHERE order_id IN touched),
      'mails', (SELECT json_group_array(json_object('orderId', order_id, 'revision', revision,
          'recipient', recipient)) FROM mails WHERE order_id IN touched),
      'decisions', (SELECT json_group_array(json_object('attempt', attempt, 'decision', decision))
        FROM stock_decisions JOIN orders USING (attempt) WHERE orders.id IN touched),
      'notificationEmails', (SELECT json(notification_emails) FROM settings)) AS evidence`,
  )
    .bind(JSON.stringify(productIds), JSON.stringify(known.map(({ orderId }) => orderId)))
    .first<string>('evidence')
  return JSON.parse(evidence ?? '{}') as Omit<Evidence, 'products'> & {
    movements: (Entry & { productId: string })[]
    projections: (Projection & { productId: string })[]
  }
}

/** The ledger by change: what was available before and after all entries of one change. */
function changesIn(ledger: Entry[]) {
  const changes: { change: string; entry: Entry; before: number; after: number }[] = []
  let available = 0
  for (const entry of ledger) {
    const change = `${entry.orderId ?? entry.kind} ${entry.revision ?? entry.sequence}`
    const before = available
    available += entry.onHandChange - entry.reservedChange
    const last = changes.at(-1)
    if (last?.change === change) last.after = available
    else changes.push({ change, entry, before, after: available })
  }
  return changes
}

/**
 * A claim that was set aside first may stand in the ledger after a count that found less, or after a change that said
 * it goes below zero: each is written down when its object hears that it was decided. Without those there was enough.
 */
function isOvertaken(
  { entry, after }: { entry: Entry; after: number },
  ledger: Entry[],
  saidSo: Set<string>,
) {
  const overtaking = ledger.filter(
    ({ sequence, at }) => sequence < entry.sequence && at > entry.at - MOST_APART_MILLISECONDS,
  )
  if (overtaking.some(({ kind }) => kind === 'corrected')) return true
  const taken = overtaking
    .filter(({ orderId, revision }) => saidSo.has(`${orderId} ${revision}`))
    .reduce((sum, { onHandChange, reservedChange }) => sum + reservedChange - onHandChange, 0)
  return after + taken >= 0
}

/** Whether an entry's own balance is not that of its predecessor with its changes. */
function losesCount(ledger: Entry[]) {
  let balance = { onHand: 0, reserved: 0 }
  return ledger.some((entry) => {
    balance = replay([{ onHandChange: balance.onHand, reservedChange: balance.reserved }, entry])
    return !same(entry, balance)
  })
}

/** Who was written to about a change: until a request is linked, the shop that sent it; then the retailer. */
function contactAt({ email, requestEmail }: OrderRow, events: EventRow[], revision: number) {
  const linked = events.find(({ kind }) => kind === 'linked')
  const isLinked = linked ? revision >= linked.revision : email !== null
  const address = isLinked ? email : requestEmail
  return address === null ? null : { email: address }
}

const upTo = (revision: number) => Array.from({ length: revision }, (_, index) => index + 1).join()
const say = (claim: Claim = { reserved: 0, shipped: 0 }) =>
  `${claim.reserved} reserved, ${claim.shipped} gone`

function same(a: { onHand: number; reserved: number }, b: { onHand: number; reserved: number }) {
  return a.onHand === b.onHand && a.reserved === b.reserved
}
