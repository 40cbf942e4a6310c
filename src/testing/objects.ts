import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
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

/**
 * Rings every alarm once, with database calls that can fail. A failure that ends the process stops the object in the
 * middle of its alarm; what comes back has only what was written down, and the platform rings again.
 */
export async function ringOnce(productIds: string[], points: CrashPoints): Promise<void> {
  await Promise.all(
    productIds.map(async (productId) => {
      const stub = stockOf({ env }, productId)
      const died = await runInDurableObject(stub, async (object, state) => {
        if ((await state.storage.getAlarm()) === null) return false
        const death = Promise.withResolvers<true>()
        const die = () => {
          death.resolve(true)
          return new Promise<never>(() => {})
        }
        Object.assign(object, { env: { ...env, DB: crashingDatabase(env.DB, points, die) } })
        const rung = ring(object, state).then(() => Object.assign(object, { env }) && false)
        return Promise.race([rung, death.promise])
      })
      if (!died) return
      await evictDurableObject(stub)
      await runInDurableObject(stub, (_, { storage }) => storage.setAlarm(Date.now()))
    }),
  )
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
