import { Agent } from 'node:http'
import { gzipSync } from 'node:zlib'
import { ORDER_STATUSES } from '../../src/orders/order.ts'
import {
  NO_FILTER,
  ORDER_SORTS,
  type OrderFilter,
  type OrderOrdering,
} from '../../src/orders/order-filter.ts'
import { routes } from '../../src/routes.ts'
import { mostRowsOf } from '../../src/testing/list-bounds.ts'
import type { Business } from './business.ts'
import { countsFrom, send } from './load.ts'
import { columns } from './table.ts'
import type { Verdict } from './verdicts.ts'

// What every list of orders costs, one request each: every kind of filter, by every column, in both directions.

type Part = [name: string, filter: Partial<OrderFilter>]

const OPEN = ORDER_STATUSES.slice(0, 5)
const STATUSES: Part[] = [
  ['any status', {}],
  ['one', { statuses: ['delivered'] }],
  ['one, rare', { statuses: ['awaiting_approval'] }],
  ['five', { statuses: OPEN }],
]
const PAYMENTS: Part[] = [
  ['any payment', {}],
  ['one', { paymentStatuses: ['paid_in_full'] }],
  ['two', { paymentStatuses: ['none_expected', 'deposit_50'] }],
]
const TYPES: Part[] = [
  ['any type', {}],
  ['one', { type: 'consignment' }],
]

/** What else a list is filtered by: the columns of the table. */
const restsOf = ({ retailerIds }: Business): Part[] => {
  const [retailerId] = retailerIds
  const year = {
    from: `${new Date().getUTCFullYear() - 2}-02-10`,
    to: `${new Date().getUTCFullYear() - 1}-03-20`,
  }
  return [
    ['nothing', {}],
    ['retailer', { retailerId }],
    ['a year', year],
    ['a common word', { search: 'mug' }],
    ['a number', { search: '1042' }],
    ['retailer, year', { retailerId, ...year }],
    ['word, retailer', { search: 'mug', retailerId }],
    ['word, year', { search: 'mug', ...year }],
  ]
}

/** Rows read at the most by the lists of one kind, and whether a page of them said that it shows only the newest. */
interface Cell {
  rowsRead: number
  isCut: boolean
}

export interface Lists {
  orders: number
  lists: number
  rows: { name: string; cells: Cell[] }[]
  columns: string[]
  mostRoundTrips: number
  mostGzipBytes: number
  slowest: { milliseconds: number; path: string }
  /** Lists that were refused, took more than one round trip, read more than they may, or were cut without a word. */
  wrong: string[]
}

/** Asks for every list once. */
export async function measureLists(origin: string, business: Business, orders: number): Promise<Lists> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const rests = restsOf(business)
  const measured: Lists = {
    ...{ orders, lists: 0, rows: [], columns: rests.map(([name]) => name), mostRoundTrips: 0 },
    ...{ mostGzipBytes: 0, slowest: { milliseconds: 0, path: '' }, wrong: [] },
  }
  for (const [name, filter] of combined(STATUSES, PAYMENTS, TYPES)) {
    const cells: Cell[] = []
    for (const [, rest] of rests)
      cells.push(await measureCell(origin, agent, { ...NO_FILTER, ...filter, ...rest }, measured))
    measured.rows.push({ name, cells })
  }
  agent.destroy()
  return measured
}

async function measureCell(
  origin: string,
  agent: Agent,
  filter: OrderFilter,
  measured: Lists,
): Promise<Cell> {
  const cell: Cell = { rowsRead: 0, isCut: false }
  for (const sort of ORDER_SORTS) {
    for (const descending of [true, false]) {
      const path = pathOf(filter, { sort, descending })
      const began = performance.now()
      const { status, timing, body } = await send(origin, agent, { path, expect: 200 })
      const milliseconds = performance.now() - began
      const { roundTrips, rowsRead } = countsFrom(timing)
      measured.lists++
      measured.mostRoundTrips = Math.max(measured.mostRoundTrips, roundTrips)
      measured.mostGzipBytes = Math.max(measured.mostGzipBytes, gzipSync(body).length)
      if (milliseconds > measured.slowest.milliseconds) measured.slowest = { milliseconds, path }
      if (status !== 200 || roundTrips !== 1 || rowsRead > mostRowsOf(filter, { sort, descending })) {
        measured.wrong.push(`${path} answered ${status} after ${roundTrips} round trips and ${rowsRead} rows`)
      }
      cell.rowsRead = Math.max(cell.rowsRead, rowsRead)
      cell.isCut ||= body.includes('orders match. Sorted here are the newest')
    }
  }
  return cell
}

function pathOf(filter: OrderFilter, { sort, descending }: OrderOrdering): string {
  const { statuses, paymentStatuses, type, retailerId, from, to, search } = filter
  const one = { type, retailer: retailerId, from, to, q: search, sort, direction: descending ? '' : 'asc' }
  return routes.orders([
    ...statuses.map((status): [string, string] => ['status', status]),
    ...paymentStatuses.map((status): [string, string] => ['payment', status]),
    ...Object.entries(one).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
  ])
}

/** Every part of the first list with every part of the second, and so on. */
function combined(...lists: Part[][]): Part[] {
  return lists.reduce((all, parts) =>
    all.flatMap(([name, filter]) =>
      parts.map(([more, part]): Part => [`${name}, ${more}`, { ...filter, ...part }]),
    ),
  )
}

/** The lists as a table of text: a row for each status, payment and type, a column for what else is filtered. */
export function listsTable({ orders, rows, columns: names, ...all }: Lists): string {
  const { lists, mostGzipBytes, slowest } = all
  const lines = rows.map(({ name, cells }) => [
    name,
    ...cells.map(({ rowsRead, isCut }) => `${rowsRead}${isCut ? '*' : ''}`),
  ])
  return [
    `${orders.toLocaleString('en')} orders: rows read at the most by a page, over all sorts and directions`,
    '',
    columns([['status, payment, type', ...names], ...lines]),
    '',
    '* Some sort is of the newest matches alone, and the page says so.',
    `${lists.toLocaleString('en')} lists; at the most ${mostGzipBytes.toLocaleString('en')} bytes gzip; the slowest took`,
    `${slowest.milliseconds.toFixed(0)} ms: ${slowest.path}`,
  ].join('\n')
}

/** What the lists show, at one size of the database. */
export function listsVerdict({ orders, lists, rows, wrong }: Lists): Verdict {
  const most = Math.max(...rows.flatMap(({ cells }) => cells.map(({ rowsRead }) => rowsRead)))
  const but = wrong.length > 0 ? `; but ${wrong.length} are not, like ${wrong[0]}` : ''
  const words = `${orders.toLocaleString('en')} orders: each of ${lists.toLocaleString('en')} lists is one round trip and reads no more than its bound, at the most ${most} rows${but}`
  return { isCount: true, holds: wrong.length === 0, words }
}
