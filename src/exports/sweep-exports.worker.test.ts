import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import type { Bindings } from '../env.ts'
import { aLine, insertOrders } from '../testing/bulk-orders.ts'
import { anExport, deliverExport, exportNow, finishExport, ownExportQueue } from '../testing/export-runs.ts'
import { aRetailer, testCtx } from '../testing/fixtures.ts'
import { openExport, readExport } from './read-exports.ts'
import { sweepExports } from './sweep-exports.ts'

const MINUTE = 60_000
const DAY = 86_400_000

beforeAll(async () => {
  const retailerId = await aRetailer()
  await insertOrders([
    {
      ...{ number: 2000, retailerId, retailerName: 'Shop', type: 'wholesale', status: 'new', poNumber: '' },
      ...{ paymentStatus: 'awaiting_payment', date: '2026-11-23', netTotal: 1000, grossTotal: 2000 },
      ...{ trackingNumber: '', createdAt: 0, lines: [aLine()] },
    },
  ])
})

async function sweepAt(now: number, bindings: Bindings = ownExportQueue().bindings) {
  await sweepExports(testCtx({ env: bindings, now }).ctx)
}

/** Bindings with a bucket in which no part can be uploaded, and of which `aborts` uploads cannot be let go. */
function brokenFiles(aborts: number): Bindings {
  const FILES = new Proxy(env.FILES, {
    get: (files, key) => {
      const member: unknown = Reflect.get(files, key, files)
      if (typeof member !== 'function') return member
      if (key !== 'resumeMultipartUpload') return member.bind(files)
      return (name: string, uploadId: string) => ({
        uploadPart: () => Promise.reject(new Error('The files do not answer.')),
        abort: () => {
          if (aborts-- > 0) return Promise.reject(new Error('The files do not answer.'))
          return files.resumeMultipartUpload(name, uploadId).abort()
        },
      })
    },
  })
  return { ...ownExportQueue().bindings, FILES }
}

async function uploadOf(id: string): Promise<string | null> {
  return env.DB.prepare('SELECT upload_id FROM exports WHERE id = ?').bind(id).first('upload_id')
}

async function keptOrders(): Promise<number> {
  return Number(await env.DB.prepare('SELECT COUNT(*) AS n FROM export_kept_orders').first('n'))
}

it('keeps a file for 30 days, and then neither it nor its row', async () => {
  const id = await anExport('orders')
  await finishExport(id)
  await sweepAt(Date.now() + 30 * DAY - MINUTE)
  expect((await openExport(testCtx().ctx, id)).ok).toBe(true)
  await sweepAt(Date.now() + 30 * DAY + MINUTE)
  expect(await env.FILES.head(`exports/${id}.csv`)).toBeNull()
  const gone = { ok: false, failure: { reason: 'not_found' } }
  expect(await openExport(testCtx().ctx, id)).toMatchObject(gone)
  expect(await readExport(testCtx().ctx, id)).toMatchObject(gone)
})

it('puts an export on the queue again whose message got lost', async () => {
  const id = await anExport('orders')
  const { bindings, sent } = ownExportQueue()
  await sweepAt(Date.now() + 2 * MINUTE, bindings)
  expect(sent).toContainEqual({ exportId: id })
  await finishExport(id)
  await sweepAt(Date.now() + 4 * MINUTE, bindings)
  expect(sent).toHaveLength(1)
})

it('gives an export up that comes to nothing, and lets its upload and its old orders go', async () => {
  const id = await anExport('orders')
  await env.DB.prepare('UPDATE orders SET pull = pull').run()
  expect(await keptOrders()).toBe(1)
  const broken = brokenFiles(1)
  let deliveries = 0
  while ((await exportNow(id)).status === 'writing') {
    await deliverExport(id, broken)
    deliveries++
  }
  expect(deliveries).toBe(11)
  expect(await exportNow(id)).toMatchObject({ status: 'failed', position: 2001 })
  expect(await keptOrders()).toBe(0)
  const uploadId = await uploadOf(id)
  expect(uploadId).not.toBeNull()
  await sweepAt(Date.now(), broken)
  expect(await uploadOf(id)).toBeNull()
  const upload = env.FILES.resumeMultipartUpload(`exports/${id}.csv`, uploadId!)
  await expect(upload.uploadPart(1, 'late')).rejects.toThrow('does not exist')
})

it('gives an export up that nobody has finished within a day', async () => {
  const id = await anExport('orders')
  await deliverExport(id, brokenFiles(0))
  await sweepAt(Date.now() + DAY - MINUTE)
  expect((await exportNow(id)).status).toBe('writing')
  await sweepAt(Date.now() + DAY + MINUTE)
  expect([(await exportNow(id)).status, await uploadOf(id)]).toEqual(['failed', null])
  expect((await deliverExport(id)).explicitAcks).toHaveLength(1)
})
