import type { UseCase } from './cases.ts'
import { costsOf, type Result, said } from './table.ts'

/** What pages and orders may cost, as multiples of the one-query floor at many clients (issue: "Measured"). */
const PAGE_FLOORS = 2
const ORDER_FLOORS = 6

/** All that was measured at one size of the database. */
export interface Measured {
  orders: number
  /** A route that does nothing, and one with one trivial D1 query. */
  floors: Result[]
  results: (Result & { useCase: UseCase; floors: number })[]
}

export interface Verdict {
  /** Counts have to be right; times depend on the machine and are only said. */
  isCount: boolean
  holds: boolean
  words: string
}

/** What the figures show, point by point. */
export function verdicts(measured: Measured[]): Verdict[] {
  return [
    ...measured.flatMap((at) => [nothingUnexpected(at), ...costs(at)]),
    sameRows(measured),
    ...measured.flatMap((at) => [
      againstFloor(at, 'page', PAGE_FLOORS),
      againstFloor(at, 'order', ORDER_FLOORS),
    ]),
  ]
}

function nothingUnexpected({ orders, floors, results }: Measured): Verdict {
  const wrong = [...floors, ...results].filter(
    ({ one, many }) => one.unexpected.size + many.unexpected.size > 0,
  )
  const words = `${at(orders)}every answer was as expected${but(wrong.map(({ name }) => name))}`
  return { isCount: true, holds: wrong.length === 0, words }
}

function costs({ orders, results }: Measured): Verdict[] {
  const claims: [UseCase['kind'], string][] = [
    ['page', 'a page is one D1 round trip'],
    [
      'order',
      'placing a 3-line order takes one read, one parallel prepare of 3 and one batch before its answer',
    ],
    [
      'change',
      'a change takes one read, one prepare per product that it moves and one batch before its answer',
    ],
  ]
  return claims.map(([kind, claim]) => {
    const wrong = results
      .filter(({ useCase }) => useCase.kind === kind)
      .filter((result) => {
        const { roundTrips, objectCalls } = costsOf(result)
        const { useCase } = result
        return said(roundTrips) !== `${useCase.roundTrips}` || said(objectCalls) !== `${useCase.objectCalls}`
      })
    const figures = wrong.map((result) => {
      const { roundTrips, objectCalls } = costsOf(result)
      return `${result.name} took ${said(roundTrips)} round trips and ${said(objectCalls)} object calls`
    })
    return { isCount: true, holds: wrong.length === 0, words: `${at(orders)}${claim}${but(figures)}` }
  })
}

function sameRows([small, ...larger]: Measured[]): Verdict {
  const wrong: string[] = []
  const equal: string[] = []
  for (const before of small!.results.filter(({ useCase }) => useCase.kind === 'page')) {
    const rows = [
      before,
      ...larger.map(({ results }) => results.find(({ name }) => name === before.name)!),
    ].map((result) => said(costsOf(result).rowsRead))
    if (new Set(rows).size > 1) wrong.push(`${before.name} read ${rows.join(' and ')}`)
    else equal.push(`${before.name} ${rows[0]}`)
  }
  const sizes = [small!, ...larger].map(({ orders }) => orders.toLocaleString('en')).join(' and at ')
  const words = `pages read the same rows at ${sizes} orders (${equal.join('; ')})${but(wrong)}`
  return { isCount: true, holds: wrong.length === 0, words }
}

function againstFloor({ orders, results }: Measured, kind: UseCase['kind'], bar: number): Verdict {
  const costing = results.filter(({ useCase }) => useCase.kind === kind)
  const said = costing.map(({ name, floors }) => `${name} ${floors.toFixed(1)}`).join('; ')
  const words = `${at(orders)}${kind === 'page' ? 'a page' : 'an order'} costs at most ${bar} one-query floors (${said})`
  return { isCount: false, holds: costing.every(({ floors }) => floors <= bar), words }
}

const at = (orders: number) => `${orders.toLocaleString('en')} orders: `
const but = (wrong: string[]) => (wrong.length > 0 ? `; but ${wrong.join('; ')}` : '')
