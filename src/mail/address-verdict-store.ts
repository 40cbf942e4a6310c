import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'

/** The latest that was heard of an address, as one row or none. */
interface AddressVerdict {
  mailId: string
  recipient: string
  status: 'delivered' | 'bounced' | 'complained'
  /** Epoch milliseconds. */
  at: number
  reason: string | null
}

/** An address that does not take e-mail. */
export type AddressTrouble = AddressVerdict & { status: 'bounced' | 'complained' }

/** The trouble that the latest verdict is, if it is one. */
export function troubleIn([verdict]: AddressVerdict[]): AddressTrouble | null {
  return verdict && verdict.status !== 'delivered' ? (verdict as AddressTrouble) : null
}

const LATEST_VERDICT = sql`SELECT mails.id AS mailId, mails.recipient, mails.status, mails.status_at AS at, mails.reason
  FROM address JOIN mails INDEXED BY mails_verdicts ON mails.recipient = address.email
  WHERE mails.status IN ('delivered', 'bounced', 'complained') ORDER BY mails.status_at DESC LIMIT 1`

/** What was heard last of a retailer's address. */
export function verdictOfRetailerQuery(db: Db, retailerId: string) {
  return db.statement<AddressVerdict>(
    sql`WITH address AS (SELECT email FROM retailers WHERE id = ${retailerId}) ${LATEST_VERDICT}`,
  )
}

/** What was heard last of the address that an order's messages to the shop go to. */
export function verdictOfOrderQuery(db: Db, number: number) {
  return db.statement<AddressVerdict>(sql`WITH address AS (
      SELECT COALESCE(retailers.email, order_requests.email) AS email FROM orders
      LEFT JOIN retailers ON retailers.id = orders.retailer_id
      LEFT JOIN order_requests ON order_requests.order_id = orders.id
      WHERE orders.number = ${number}
    ) ${LATEST_VERDICT}`)
}
