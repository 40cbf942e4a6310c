import { parseMoney } from '../money.ts'
import { err, ok, type Problem, type Result } from '../result.ts'
import type { WebContext } from './session.ts'

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** What a form sent, as text. Reading numbers and amounts collects what is wrong with them in `problems`. */
export class Form {
  readonly problems: Problem[] = []
  readonly #data: FormData

  constructor(data: FormData) {
    this.#data = data
  }

  /** One field as it was typed; '' when it was not sent. Lines end as they are kept, not as forms send them. */
  text(name: string): string {
    const value = this.#data.get(name)
    return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : ''
  }

  all(name: string): string[] {
    return this.#data.getAll(name).filter((value) => typeof value === 'string')
  }

  /** The fields called `prefix` and a number, as in "p17": each number with what was typed. */
  numbered(prefix: string): Map<number, string> {
    const found = new Map<number, string>()
    for (const [name, value] of this.#data) {
      const digits = name.startsWith(prefix) ? name.slice(prefix.length) : ''
      if (/^[1-9]\d{0,8}$/.test(digits) && typeof value === 'string') found.set(Number(digits), value)
    }
    return found
  }

  /** All text fields in their order, as they were typed. */
  fields(): [string, string][] {
    return [...this.#data].filter((field): field is [string, string] => typeof field[1] === 'string')
  }

  file(name: string): File | null {
    const value = this.#data.get(name)
    return value instanceof File && value.size > 0 ? value : null
  }

  checked(name: string): boolean {
    return this.#data.has(name)
  }

  /** A whole number as typed, or NaN, which every schema refuses with its own words. */
  whole(name: string): number {
    return wholeFrom(this.text(name))
  }

  /** An amount in minor units of the currency that the form showed; an empty field is 0. */
  money(name: string): number {
    const typed = this.text(name).trim()
    const amount = typed === '' ? 0 : parseMoney(typed, this.#currency())
    if (amount !== null) return amount
    this.problems.push({ field: name, message: 'Enter an amount like 12.50.' })
    return 0
  }

  /** As `money`, but null for an empty field. */
  moneyOrNull(name: string): number | null {
    return this.text(name).trim() === '' ? null : this.money(name)
  }

  /** Stops here when a field could not be read. */
  readable(): Result<void> {
    return this.problems.length === 0 ? ok(undefined) : err({ reason: 'invalid', problems: this.problems })
  }

  #currency(): string {
    const currency = this.text('currency')
    return currencies.has(currency) ? currency : 'USD'
  }
}

/** "12" is 12; "1.5", "ten", "" and " 1e3" are NaN. */
export function wholeFrom(typed: string): number {
  return /^\s*-?\d{1,15}\s*$/.test(typed) ? Number(typed) : Number.NaN
}

/** Reads a posted form. What is not a form is refused like any other bad input. */
export async function readForm(c: WebContext): Promise<Result<Form>> {
  try {
    return ok(new Form(await c.req.formData()))
  } catch {
    return err({
      reason: 'invalid',
      problems: [{ field: '', message: 'The form could not be read. Reload the page and send it again.' }],
    })
  }
}
