import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import type { Bindings } from '../env.ts'
import { inParallel } from '../mail/in-parallel.ts'
import { aLine, type BulkOrder, insertOrders } from '../testing/bulk-orders.ts'
import { CrashPoints, crashingDatabase, type Failure } from '../testing/crash-points.ts'
import { crashingFiles } from '../testing/crashing-files.ts'
import {
  anExport,
  deliverExport,
  exportNow,
  fileOf,
  finishExport,
  ownExportQueue,
} from '../testing/export-runs.ts'
import { aRetailer } from '../testing/fixtures.ts'
import { PART_BYTES } from './export.ts'

/** All together make three parts of line items, the new ones two. */
const ORDERS = 1400
const TWO_PARTS = { statuses: ['new' as const] }
const SMALL = 20
const EFFECTS: Failure['effect'][] = ['at once', 'too late']
const CALLERS: Failure['caller'][] = ['goes on', 'is gone']

beforeAll(async () => {
  const retailerId = await aRetailer()
  const order = (number: number, name: string): BulkOrder => ({
    ...{ number, retailerId, retailerName: 'Crème', type: 'wholesale', status: 'new', poNumber: '' },
    ...{ paymentStatus: 'awaiting_payment', date: '2026-11-23', netTotal: 1000, grossTotal: 2000 },
    ...{ trackingNumber: '', createdAt: number, lines: [aLine({ name }), aLine({ sku: `B-${number}` })] },
  })
  // Characters of several bytes: parts are cut in the middle of one.
  const bulky = Array.from({ length: ORDERS }, (_, index) => ({
    ...order(2000 + index, `é${'ü'.repeat(4000)}`),
    status: index % 2 === 0 ? ('new' as const) : ('in_progress' as const),
  }))
  const small = Array.from({ length: SMALL }, (_, index) => ({
    ...order(10_000 + index, 'Mug'),
    status: 'shipped' as const,
  }))
  await insertOrders([...bulky, ...small])
})

async function fileInOneGo(filter: Parameters<typeof anExport>[1]) {
  const id = await anExport('lines', filter)
  await finishExport(id)
  return fileOf(id)
}

/** What a worker that is gone leaves behind ends by itself after a while. */
async function leaseEnds(id: string) {
  await env.DB.prepare('UPDATE exports SET lease_until = 0 WHERE id = ?').bind(id).run()
}

/** The bindings with another bucket, and a queue of the test's own. */
const withFiles = (FILES: R2Bucket): Bindings => ({ ...ownExportQueue().bindings, FILES })

/** The real bucket, which calls `onPart` before each part that is uploaded. */
function watchedFiles(onPart: (size: number) => unknown): R2Bucket {
  return new Proxy(env.FILES, {
    get: (files, key) => {
      const member: unknown = Reflect.get(files, key, files)
      if (typeof member !== 'function') return member
      if (key !== 'resumeMultipartUpload') return member.bind(files)
      return (name: string, uploadId: string) => {
        const upload = files.resumeMultipartUpload(name, uploadId)
        return {
          complete: upload.complete.bind(upload),
          uploadPart: async (partNumber: number, bytes: Uint8Array) => {
            await onPart(bytes.length)
            return upload.uploadPart(partNumber, bytes)
          },
        }
      }
    },
  })
}

it('writes a part per message, all of the same size but the last', async () => {
  const sizes: number[] = []
  const bindings = withFiles(watchedFiles((size) => sizes.push(size)))
  const id = await anExport('lines')
  await deliverExport(id, bindings)
  const first = await exportNow(id)
  expect(first).toMatchObject({ status: 'writing', bytes: PART_BYTES })
  expect(first.position).toBeGreaterThan(2000)
  expect(first.position).toBeLessThan(10_000)
  await finishExport(id, bindings)
  expect(sizes.slice(0, -1)).toEqual([PART_BYTES, PART_BYTES])
  expect(sizes.at(-1)).toBeLessThan(PART_BYTES)
  const file = await fileOf(id)
  expect(new TextEncoder().encode(file)).toHaveLength(sizes.reduce((sum, size) => sum + size))
  expect(file.match(/\r\n/g)).toHaveLength(1 + 2 * (ORDERS + SMALL))
}, 30_000)

it('goes on after the last part when the consumer is killed between parts, and takes a message twice', async () => {
  const whole = await fileInOneGo(TWO_PARTS)
  const id = await anExport('lines', TWO_PARTS)
  await deliverExport(id)
  let killed = 0
  const killing = withFiles(
    watchedFiles(() => {
      killed++
      throw new Error('Killed')
    }),
  )
  expect((await deliverExport(id, killing)).retryMessages).toHaveLength(1)
  expect(killed).toBe(1)
  await Promise.all([deliverExport(id), deliverExport(id)])
  await Promise.all([deliverExport(id), deliverExport(id)])
  expect((await finishExport(id)).status).toBe('ready')
  expect(await fileOf(id)).toBe(whole)
  expect((await deliverExport(id)).explicitAcks).toHaveLength(1)
  expect(await fileOf(id)).toBe(whole)
}, 30_000)

it('does not count a part of a consumer that slept through its lease', async () => {
  const whole = await fileInOneGo({})
  const id = await anExport('lines')
  let wakeUp = () => {}
  let asleep = () => {}
  const sleeps = new Promise<void>((resolve) => (asleep = resolve))
  const sleeper = deliverExport(
    id,
    withFiles(
      watchedFiles(() => {
        asleep()
        return new Promise<void>((resolve) => (wakeUp = resolve))
      }),
    ),
  )
  await sleeps
  expect((await deliverExport(id)).retryMessages).toHaveLength(1)
  await leaseEnds(id)
  await deliverExport(id)
  await deliverExport(id)
  const { position } = await exportNow(id)
  wakeUp()
  expect((await sleeper).explicitAcks).toHaveLength(1)
  expect((await exportNow(id)).position).toBe(position)
  await finishExport(id)
  expect(await fileOf(id)).toBe(whole)
}, 30_000)

it('comes to the same file whichever of its calls fails, and however', async () => {
  const filter = { statuses: ['shipped' as const] }
  const whole = await fileInOneGo(filter)
  const exportThrough = async (points: CrashPoints) => {
    const id = await anExport('lines', filter)
    const { bindings } = ownExportQueue()
    const failing = {
      ...bindings,
      DB: crashingDatabase(bindings.DB, points),
      FILES: crashingFiles(bindings.FILES, points),
    }
    await deliverExport(id, failing)
    await leaseEnds(id)
    const { status } = await finishExport(id)
    await points.arriveLate()
    return { status, file: await fileOf(id) }
  }
  const unharmed = new CrashPoints()
  await exportThrough(unharmed)
  const files = ['createMultipartUpload', 'uploadPart', 'head', 'complete'].map((method) => `files.${method}`)
  expect(unharmed.calls.filter((call) => call.startsWith('files'))).toEqual(files)
  const failures = unharmed.calls.flatMap((_, index) =>
    EFFECTS.flatMap((effect) => CALLERS.map((caller) => ({ call: index + 1, effect, caller }))),
  )
  await inParallel(failures, 4, async (failure) => {
    const points = new CrashPoints(failure)
    expect([failure, await exportThrough(points)]).toEqual([failure, { status: 'ready', file: whole }])
    expect(points.fired).toBe(true)
  })
  console.log(`Exported through ${failures.length} failures of ${unharmed.calls.length} calls.`)
}, 60_000)
