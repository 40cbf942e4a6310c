import { encodeBase64Url } from 'hono/utils/encode'
import type { Bindings } from './env.ts'

/** A shorter secret could be found by trying. */
const MIN_SECRET_CHARACTERS = 32
/** Whose link it is, its version, and a signature of 32 bytes. */
const TOKEN = /^([\w-]{8,64})\.([1-9]\d{0,8})\.([\w-]{43})$/

/** What a link opens. The kind is signed too: a link to one thing never opens another. */
export type LinkKind = 'statement' | 'portal'

/** The id in the one portal link that is for every shop that is no retailer yet. */
export const NEW_SHOPS = 'new-shops'

/** What a link stands for. */
export interface SignedLink {
  /** Of the order or the retailer, or NEW_SHOPS. */
  id: string
  /** The link's version when it was made: whoever opens it has to see that it is still the newest. */
  version: number
}

type Secret = Pick<Bindings, 'LINK_SECRET'>

/** Whether this deployment has a secret to sign links with. */
export function hasLinkSecret({ LINK_SECRET }: Secret): boolean {
  return (LINK_SECRET?.length ?? 0) >= MIN_SECRET_CHARACTERS
}

/** The token that opens something for whoever holds it, or null without a secret. */
export async function tokenOf(
  env: Secret,
  kind: LinkKind,
  { id, version }: SignedLink,
): Promise<string | null> {
  if (!hasLinkSecret(env)) return null
  return `${id}.${version}.${await signature(env, kind, id, version)}`
}

/** What a token stands for; null when it was not made with this secret, exactly as it is. Reads nothing. */
export async function linkFrom(env: Secret, kind: LinkKind, token: string): Promise<SignedLink | null> {
  const [, id = '', digits = '', given = ''] = TOKEN.exec(token) ?? []
  if (id === '' || !hasLinkSecret(env)) return null
  const version = Number(digits)
  const bytes = new TextEncoder()
  const expected = bytes.encode(await signature(env, kind, id, version))
  return crypto.subtle.timingSafeEqual(bytes.encode(given), expected) ? { id, version } : null
}

/** HMAC-SHA-256. */
async function signature({ LINK_SECRET }: Secret, kind: LinkKind, id: string, version: number) {
  const bytes = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes.encode(LINK_SECRET), algorithm, false, ['sign'])
  const signed = await crypto.subtle.sign('HMAC', key, bytes.encode(`${kind}.${id}.${version}`))
  return encodeBase64Url(signed).replace('=', '')
}
