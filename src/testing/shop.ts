import { env, exports } from 'cloudflare:workers'
import { NEW_SHOPS, tokenOf } from '../signed-link.ts'
import { aProduct, aRetailer } from './fixtures.ts'

const origin = 'http://localhost'
let shops = 0

/** A shop's browser at the portal: its link, its cookies, and an address of its own. */
export interface Shop {
  retailerId: string
  token: string
  get: (path: string) => Promise<Response>
  /** Sends a form as a browser does that was told to send no referrer. */
  post: (path: string, fields: Record<string, string | string[]>, headers?: HeadersInit) => Promise<Response>
  cookie: (name: string) => string | undefined
}

/** A retailer with its portal link. `set` are columns of the retailer. */
export async function aShop(
  over: {
    type?: 'wholesale' | 'consignment'
    email?: string
    set?: Record<string, string | number | null>
  } = {},
): Promise<Shop> {
  const retailerId = await aRetailer(over)
  for (const [column, value] of Object.entries(over.set ?? {})) {
    await env.DB.prepare(`UPDATE retailers SET ${column} = ? WHERE id = ?`).bind(value, retailerId).run()
  }
  return aBrowser(retailerId, 1)
}

/** Somebody who has the general link, which is opened first. */
export async function aNewShop(): Promise<Shop> {
  await env.DB.prepare('UPDATE settings SET new_shops_open = 1').run()
  return aBrowser(NEW_SHOPS, 1)
}

/** A browser with the link of this id and version, at an address of its own unless one is given. */
export async function aBrowser(
  id: string,
  version: number,
  address = `198.51.100.${++shops}`,
): Promise<Shop> {
  const token = (await tokenOf(env, 'portal', { id, version }))!
  const cookies = new Map<string, string>()
  const send = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers({
      'cf-connecting-ip': address,
      ...Object.fromEntries(new Headers(init.headers)),
    })
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await exports.default.fetch(
      new Request(origin + path, { redirect: 'manual', ...init, headers }),
    )
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (/max-age=0/i.test(line)) cookies.delete(name!)
      else cookies.set(name!, value!)
    }
    return response
  }
  return {
    ...{ retailerId: id, token, cookie: (name) => cookies.get(name) },
    get: (path) => send(path),
    post: (path, fields, headers = {}) => {
      const body = new URLSearchParams()
      for (const [name, value] of Object.entries(fields)) {
        for (const one of [value].flat()) body.append(name, one)
      }
      const sent = {
        origin: 'null',
        'sec-fetch-site': 'same-origin',
        ...Object.fromEntries(new Headers(headers)),
      }
      return send(path, { method: 'POST', body, headers: sent })
    },
  }
}

/** A listed product and its number. `set` are columns of the product. */
export async function anOffer(
  over: { name?: string; retailPrice?: number; set?: Record<string, unknown> } = {},
) {
  const id = await aProduct(over)
  for (const [column, value] of Object.entries(over.set ?? {})) {
    await env.DB.prepare(`UPDATE products SET ${column} = ? WHERE id = ?`).bind(value, id).run()
  }
  const row = await env.DB.prepare('SELECT number, name FROM products WHERE id = ?').bind(id).first<{
    number: number
    name: string
  }>()
  return { id, number: row!.number, name: row!.name }
}

/** The fields of a form on a page, as a browser would send them untouched. */
export function fieldsOf(html: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {}
  for (const [tag] of html.matchAll(/<input\b[^>]*>/g)) {
    const name = /\bname="([^"]*)"/.exec(tag)?.[1]
    if (!name) continue
    const value = unescaped(/\bvalue="([^"]*)"/.exec(tag)?.[1] ?? '')
    fields[name] = name in fields ? [fields[name]!, value].flat() : value
  }
  return fields
}

const unescaped = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&')
