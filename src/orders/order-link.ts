import { encodeBase64Url } from 'hono/utils/encode'
import type { Bindings } from '../env.ts'

/** A shorter secret could be found by trying. */
const MIN_SECRET_CHARACTERS = 32
/** An order's id, the version of its link, and a signature of 32 bytes. */
const TOKEN = /^([\w-]{8,64})\.([1-9]\d{0,8})\.([\w-]{43})$/

/** What a link to a statement stands for. */
export interface OrderLink {
  orderId: string
  /** The order's `linkVersion` when the link was made: only the newest one opens. */
  version: number
}

type Secret = Pick<Bindings, 'LINK_SECRET'>

/** Whether this deployment has a secret to sign links with. */
export function hasLinkSecret({ LINK_SECRET }: Secret): boolean {
  return (LINK_SECRET?.length ?? 0) >= MIN_SECRET_CHARACTERS
}

/** The token that opens an order's statement for whoever holds it, or null without a secret. */
export async function tokenOf(env: Secret, { orderId, version }: OrderLink): Promise<string | null> {
  if (!hasLinkSecret(env)) return null
  return `${orderId}.${version}.${await signature(env, orderId, version)}`
}

/** What a token stands for; null when it was not made with this secret, exactly as it is. Reads nothing. */
export async function linkFrom(env: Secret, token: string): Promise<OrderLink | null> {
  const [, orderId = '', digits = '', given = ''] = TOKEN.exec(token) ?? []
  if (orderId === '' || !hasLinkSecret(env)) return null
  const version = Number(digits)
  const bytes = new TextEncoder()
  const expected = bytes.encode(await signature(env, orderId, version))
  return crypto.subtle.timingSafeEqual(bytes.encode(given), expected) ? { orderId, version } : null
}

/** HMAC-SHA-256. The first word keeps a link to something else from ever opening a statement. */
async function signature({ LINK_SECRET }: Secret, orderId: string, version: number): Promise<string> {
  const bytes = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes.encode(LINK_SECRET), algorithm, false, ['sign'])
  const message = bytes.encode(`statement.${orderId}.${version}`)
  return encodeBase64Url(await crypto.subtle.sign('HMAC', key, message)).replace('=', '')
}
