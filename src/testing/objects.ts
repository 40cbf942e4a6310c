import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { ProductStock } from '../stock/product-stock.ts'
import { stockOf } from '../stock/reserve.ts'
import { type CrashPoints, crashingDatabase } from './crash-points.ts'

/** More alarms in a row than a healthy object can need. */
const MAX_ALARMS = 10

/** Lets every deadline pass and every alarm ring, as the platform does, until no object has one. */
export async function bringToRest(productIds: string[]): Promise<void> {
  await inObjects(productIds, ringOut)
}

/** Does so where a claim stands prepared. What is only to be projected is left to its own alarm. */
export async function ringAlarms(productIds: string[]): Promise<void> {
  await inObjects(productIds, async (object, state, productId) => {
    if (object.snapshot(productId).prepared.length > 0) await ringOut(object, state)
  })
}

/** Rings every alarm once, with database calls that can fail. An object that is gone is rung again by the platform. */
export async function ringOnce(productIds: string[], points: CrashPoints): Promise<void> {
  await inObjects(productIds, async (object, state) => {
    const DB = crashingDatabase(env.DB, points, () => state.abort('The object is gone.'))
    if ((await state.storage.getAlarm()) === null) return
    Object.assign(object, { env: { ...env, DB } })
    await ring(object, state)
    Object.assign(object, { env })
  })
}

async function ringOut(object: ProductStock, state: DurableObjectState) {
  for (let alarms = 0; (await state.storage.getAlarm()) !== null; alarms++) {
    if (alarms === MAX_ALARMS) throw new Error('The object does not come to rest.')
    await ring(object, state)
  }
}

async function ring(object: ProductStock, { storage }: DurableObjectState) {
  storage.sql.exec('UPDATE prepared SET deadline = 0')
  await storage.deleteAlarm()
  await object.alarm()
}

type Work = (object: ProductStock, state: DurableObjectState, productId: string) => Promise<void>

async function inObjects(productIds: string[], work: Work): Promise<void> {
  await Promise.all(
    productIds.map((productId) =>
      runInDurableObject(stockOf({ env }, productId), (object, state) => work(object, state, productId)),
    ),
  )
}
