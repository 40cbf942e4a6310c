import { exports } from 'cloudflare:workers'

const origin = 'http://localhost'

/** A page of the Worker. */
export function get(path: string): Promise<Response> {
  return exports.default.fetch(new Request(origin + path, { redirect: 'manual' }))
}

type Fields = Record<string, string | string[]>

/** Sends a form as a browser would. */
export function post(path: string, fields: Fields): Promise<Response> {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? value : [value]) body.append(name, one)
  }
  return send(path, body.toString(), 'application/x-www-form-urlencoded')
}

/** Sends a form with files as a browser would. */
export async function upload(path: string, fields: Record<string, string | Blob>): Promise<Response> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  const encoded = new Response(form)
  return send(path, await encoded.arrayBuffer(), encoded.headers.get('content-type')!)
}

/** Sends any body at all. */
export function send(path: string, body: BodyInit, contentType: string): Promise<Response> {
  const headers = { 'content-type': contentType, origin }
  return exports.default.fetch(
    new Request(origin + path, { method: 'POST', redirect: 'manual', headers, body }),
  )
}

/** The words of a page, without its tags. */
export async function words(response: Response): Promise<string> {
  const html = await response.text()
  return html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ')
}
