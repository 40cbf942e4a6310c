/** An expected outcome is a value; throwing is for bugs. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure }

/** One field that was wrong, in words that say what to do. `field` is the name of the form field. */
export interface Problem {
  field: string
  message: string
}

/** A product that cannot cover a change, in units. `available` is what this change could have had. */
export interface Shortage {
  productId: string
  available: number
  wanted: number
  missing: number
}

/** Every way in which a request may be refused. Each surface answers all of them in one switch. */
export type Failure =
  | { reason: 'invalid'; problems: Problem[] }
  /** `what` is a noun, as in "This order does not exist". */
  | { reason: 'not_found'; what: string }
  | { reason: 'forbidden'; why: string }
  | { reason: 'conflict'; revision: number }
  /** The id of this request was used before, for something else, at one order or null for many: nothing was done now. */
  | { reason: 'sent_before'; order: number | null }
  | { reason: 'shortage'; shortages: Shortage[] }
  | { reason: 'final'; why: string }
  | { reason: 'rate_limited'; retryAfterSeconds: number }
  /** A part did not answer. Nothing is known to have changed; the same request is safe to repeat. */
  | { reason: 'unavailable' }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const err = (failure: Failure): { ok: false; failure: Failure } => ({ ok: false, failure })
/** The refusal of one field. */
export const invalid = (field: string, message: string) =>
  err({ reason: 'invalid', problems: [{ field, message }] })
