import type { Actor, Ctx } from '../context.ts'
import { err } from '../result.ts'

export type Permission =
  | 'orders.read'
  | 'orders.write'
  | 'orders.export'
  | 'orders.request'
  | 'retailers.read'
  | 'retailers.write'
  | 'products.read'
  | 'products.write'
  | 'settings.write'

const reading: Permission[] = ['orders.read', 'orders.export', 'retailers.read', 'products.read']
const working: Permission[] = [...reading, 'orders.write', 'retailers.write', 'products.write']

/** DOMAIN.md §9 as a table: which kind of actor may do what. */
function permissionsOf(actor: Actor): Permission[] {
  switch (actor.kind) {
    case 'staff':
      if (actor.role === 'owner') return [...working, 'settings.write']
      return actor.role === 'staff' ? working : reading
    case 'api_key':
      return actor.access === 'write' ? working : reading
    case 'retailer':
      return ['orders.request']
    case 'system':
      return working
  }
}

/** The first line of every use case: null when the actor may, else the refusal to return. */
export function refuse(ctx: Ctx, permission: Permission) {
  if (permissionsOf(ctx.actor).includes(permission)) return null
  return err({
    reason: 'forbidden',
    why: `${ctx.actor.name} may not do this. Ask the owner of the business.`,
  })
}
