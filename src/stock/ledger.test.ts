import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../context.ts'
import {
  availableOf,
  beforePreparing,
  type Claim,
  checkStock,
  movementsOf,
  type Prepared,
  type PrepareRequest,
  replay,
  type SettledClaim,
  type StockState,
  sameClaim,
} from './ledger.ts'

const nothing: Claim = { reserved: 0, shipped: 0 }
const actor: Actor = { kind: 'staff', id: 'owner', name: 'Ana', role: 'owner' }

function request(over: Partial<PrepareRequest>): PrepareRequest {
  return {
    ...{ orderId: 'x', attempt: 'b', revision: 2, claim: nothing, held: nothing, writeOff: 0 },
    ...{ finished: false, basis: 'a', allowShortage: false, at: 0, actor, ...over },
  }
}

function prepared(over: Partial<Prepared>): Prepared {
  return {
    ...{ orderId: 'x', attempt: 'a', revision: 1, claim: nothing, writeOff: 0, finished: false },
    ...{ short: false, at: 0, actor, deadline: 0, ...over },
  }
}

const state = (over: Partial<StockState>): StockState => ({
  ...{ onHand: 10, reserved: 0, others: [], settled: null, standing: null, ...over },
})

const units = fc.integer({ min: 0, max: 6 })
const claim = fc.record({ reserved: units, shipped: units })

describe('what stands in the way of a request', () => {
  it('nothing: it is decided by the stock', () => {
    expect(beforePreparing({ settled: null, standing: null }, request({}))).toBe('decide')
  })

  it('the same attempt: it is prepared already', () => {
    const standing = prepared({ attempt: 'b', revision: 2 })
    expect(beforePreparing({ settled: null, standing }, request({}))).toEqual({
      kind: 'prepared',
      short: false,
    })
  })

  it('the attempt that it starts from: that one is known to be committed', () => {
    expect(beforePreparing({ settled: null, standing: prepared({}) }, request({}))).toBe('settle basis')
  })

  it('any other attempt, of a later revision too: its fate has to be asked for', () => {
    for (const revision of [1, 2, 3]) {
      const standing = prepared({ attempt: 'c', revision })
      expect(beforePreparing({ settled: null, standing }, request({}))).toEqual({
        kind: 'busy',
        attempt: 'c',
      })
    }
  })

  it('a settled claim of its revision or a later one: it is a late duplicate', () => {
    for (const revision of [2, 3]) {
      const settled = { ...nothing, revision }
      expect(beforePreparing({ settled, standing: null }, request({}))).toEqual({ kind: 'stale' })
      expect(beforePreparing({ settled, standing: prepared({}) }, request({}))).toEqual({ kind: 'stale' })
    }
    expect(beforePreparing({ settled: { ...nothing, revision: 1 }, standing: null }, request({}))).toBe(
      'decide',
    )
  })
})

describe('a shortage', () => {
  it('says what the order could have had, what it wanted and what is missing', () => {
    const settled = { reserved: 4, shipped: 0, revision: 1 }
    const answer = checkStock(
      state({ onHand: 5, reserved: 4, settled }),
      request({ claim: { reserved: 7, shipped: 0 } }),
    )
    expect(answer).toEqual({ kind: 'shortage', available: 5, wanted: 7, missing: 2 })
  })

  it('counts what others have prepared as the larger of old and new', () => {
    const taking = {
      prepared: prepared({ orderId: 'y', claim: { reserved: 6, shipped: 0 } }),
      settled: nothing,
    }
    const giving = {
      prepared: prepared({ orderId: 'z', claim: nothing }),
      settled: { reserved: 3, shipped: 0 },
    }
    const busy = state({ reserved: 3, others: [taking, giving] })
    expect(availableOf(busy)).toBe(1)
    expect(checkStock(busy, request({ claim: { reserved: 2, shipped: 0 } }))).toEqual({
      ...{ kind: 'shortage', available: 1, wanted: 2, missing: 1 },
    })
  })

  it('of on hand stops a shipping of units that were promised to be made', () => {
    const settled = { reserved: 8, shipped: 0, revision: 1 }
    const short = state({ onHand: 5, reserved: 8, settled })
    const shipping = request({ claim: { reserved: 0, shipped: 8 } })
    expect(checkStock(short, shipping)).toEqual({ kind: 'shortage', available: 5, wanted: 8, missing: 3 })
    expect(checkStock(short, { ...shipping, allowShortage: true })).toEqual({ kind: 'prepared', short: true })
  })

  it('of on hand counts what others are about to ship', () => {
    const promised = { reserved: 4, shipped: 0 }
    const shippingToo = {
      prepared: prepared({ orderId: 'y', claim: { reserved: 0, shipped: 4 } }),
      settled: promised,
    }
    const settled = { ...promised, revision: 1 }
    const answer = checkStock(
      state({ onHand: 5, reserved: 8, others: [shippingToo], settled }),
      request({ claim: { reserved: 0, shipped: 4 } }),
    )
    expect(answer).toEqual({ kind: 'shortage', available: 1, wanted: 4, missing: 3 })
  })

  it('names what is missing exactly: with that many fewer it fits, with one more it does not', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 20 }), fc.integer({ min: 1, max: 30 }), (onHand, wanted) => {
        const answer = checkStock(state({ onHand }), request({ claim: { reserved: wanted, shipped: 0 } }))
        expect(answer.kind).toBe(wanted > onHand ? 'shortage' : 'prepared')
        if (answer.kind !== 'shortage') return
        const fits = { reserved: wanted - answer.missing, shipped: 0 }
        expect(checkStock(state({ onHand }), request({ claim: fits }))).toEqual({
          kind: 'prepared',
          short: false,
        })
        const oneMore = { ...fits, reserved: fits.reserved + 1 }
        expect(checkStock(state({ onHand }), request({ claim: oneMore })).kind).toBe('shortage')
      }),
    )
  })
})

it('never refuses a change that takes no more units, however little is there', () => {
  fc.assert(
    fc.property(claim, claim, fc.integer({ min: -20, max: 5 }), (old, next, onHand) => {
      const taken = next.reserved + next.shipped - old.reserved - old.shipped
      fc.pre(taken <= 0 && next.shipped <= old.shipped)
      const settled = { ...old, revision: 1 }
      const asked = request({ claim: next, held: old })
      expect(checkStock(state({ onHand, reserved: old.reserved, settled }), asked).kind).toBe('prepared')
    }),
  )
})

describe('the ledger entries of a change', () => {
  it('sum up to the difference of the claims and what was written off', () => {
    fc.assert(
      fc.property(claim, claim, units, (old, next, lost) => {
        const writeOff = Math.min(lost, Math.max(0, old.shipped - next.shipped))
        const movements = movementsOf(old, next, writeOff)
        expect(replay(movements)).toEqual({
          onHand: old.shipped - next.shipped - writeOff + 0,
          reserved: next.reserved - old.reserved + 0,
        })
        expect(movements.length === 0).toBe(sameClaim(old, next) && writeOff === 0)
        expect(movements.every((entry) => entry.onHandChange !== 0 || entry.reservedChange !== 0)).toBe(true)
      }),
    )
  })

  it.each([
    ['reserving', nothing, { reserved: 3, shipped: 0 }, 0, ['reserved 0 3']],
    ['releasing', { reserved: 3, shipped: 0 }, { reserved: 1, shipped: 0 }, 0, ['released 0 -2']],
    ['shipping', { reserved: 3, shipped: 0 }, { reserved: 0, shipped: 3 }, 0, ['shipped -3 -3']],
    ['shipping what was not reserved', nothing, { reserved: 0, shipped: 3 }, 0, ['shipped -3 0']],
    ['taking back', { reserved: 0, shipped: 3 }, { reserved: 3, shipped: 0 }, 0, ['returned 3 3']],
    ['writing off', { reserved: 0, shipped: 3 }, nothing, 3, ['returned 3 0', 'written_off -3 0']],
    ['finishing', { reserved: 0, shipped: 3 }, { reserved: 0, shipped: 3 }, 0, []],
  ])('name %s', (_, old, next, writeOff, expected) => {
    const words = movementsOf(old, next, writeOff).map(
      ({ kind, onHandChange, reservedChange }) => `${kind} ${onHandChange} ${reservedChange}`,
    )
    expect(words).toEqual(expected)
  })
})

describe('whatever is prepared, settled and discarded in whatever order', () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('prepare' as const), claim, lost: units }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('discard' as const) }) },
  )
  const steps = fc.array(fc.tuple(fc.constantFrom('x', 'y', 'z'), step, fc.integer({ min: 0, max: 9 })), {
    maxLength: 40,
  })

  it('neither available nor on hand falls below zero, unless a change said so', () => {
    let [refused, allowed] = [0, 0]
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), steps, (received, steps) => {
        const product = new Product(received)
        for (const [orderId, step, dice] of steps) {
          const before = product.worst()
          const allowShortage = dice === 0
          if (step.do === 'prepare') {
            const answer = product.prepare(orderId, step.claim, step.lost, allowShortage)
            if (answer?.kind === 'shortage') refused++
          } else product.finish(orderId, step.do)
          const after = product.worst()
          const fell =
            after.available < Math.min(0, before.available) || after.onHand < Math.min(0, before.onHand)
          if (fell && allowShortage) allowed++
          else expect({ fell, before, after }).toEqual({ fell: false, before, after })
          expect(product.available()).toBeLessThanOrEqual(after.available)
        }
      }),
      { numRuns: 500 },
    )
    expect(refused).toBeGreaterThan(100)
    expect(allowed).toBeGreaterThan(20)
  })
})

/** A product as the object keeps it, to drive the rules with. */
class Product {
  #onHand: number
  readonly #claims = new Map<string, SettledClaim>()
  readonly #prepared = new Map<string, Prepared>()

  constructor(onHand: number) {
    this.#onHand = onHand
  }

  prepare(orderId: string, claim: Claim, lost: number, allowShortage: boolean) {
    if (this.#prepared.has(orderId)) return
    const settled = this.#claims.get(orderId) ?? null
    const writeOff = Math.min(lost, Math.max(0, (settled?.shipped ?? 0) - claim.shipped))
    const asked = request({ orderId, claim, writeOff, allowShortage })
    const answer = checkStock({ ...this.#state(orderId), settled, standing: null }, asked)
    if (answer.kind === 'prepared') this.#prepared.set(orderId, prepared({ orderId, claim, writeOff }))
    return answer
  }

  finish(orderId: string, how: 'settle' | 'discard') {
    const standing = this.#prepared.get(orderId)
    this.#prepared.delete(orderId)
    if (!standing || how === 'discard') return
    this.#onHand += replay(movementsOf(this.#settled(orderId), standing.claim, standing.writeOff)).onHand
    this.#claims.set(orderId, { ...standing.claim, revision: 1 })
  }

  available() {
    return availableOf(this.#state(''))
  }

  /** The least that may be there, over all ways in which the prepared claims may end. */
  worst() {
    let outcomes = [{ onHand: this.#onHand, reserved: this.#reserved() }]
    for (const { orderId, claim, writeOff } of this.#prepared.values()) {
      const change = replay(movementsOf(this.#settled(orderId), claim, writeOff))
      outcomes = outcomes.flatMap(({ onHand, reserved }) => [
        { onHand, reserved },
        { onHand: onHand + change.onHand, reserved: reserved + change.reserved },
      ])
    }
    return {
      onHand: Math.min(...outcomes.map(({ onHand }) => onHand)),
      available: Math.min(...outcomes.map(({ onHand, reserved }) => onHand - reserved)),
    }
  }

  #state(orderId: string) {
    const others = [...this.#prepared.values()]
      .filter((prepared) => prepared.orderId !== orderId)
      .map((prepared) => ({ prepared, settled: this.#settled(prepared.orderId) }))
    return { onHand: this.#onHand, reserved: this.#reserved(), others }
  }

  #settled(orderId: string): Claim {
    return this.#claims.get(orderId) ?? nothing
  }

  #reserved() {
    return [...this.#claims.values()].reduce((sum, { reserved }) => sum + reserved, 0)
  }
}
