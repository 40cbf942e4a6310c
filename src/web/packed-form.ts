import { decodeBase64Url, encodeBase64Url } from 'hono/utils/encode'
import { Form } from './form.ts'

// A frame can only be filled from an address, and what was typed has to reach it there: nothing of it is stored.

/** Cloudflare takes addresses of 16 KB, path and all. */
const MAX_PACKED_CHARACTERS = 12_000
/** Far above what a form of ours holds; what unpacks to more was not packed here. */
const MAX_UNPACKED_BYTES = 100_000

/** Fields small enough for an address; null where they are too long even so. */
export async function packed(fields: [string, string][]): Promise<string | null> {
  const text = new Blob([new URLSearchParams(fields).toString()])
  const packing = text.stream().pipeThrough(new CompressionStream('deflate-raw'))
  const written = encodeBase64Url(await new Response(packing).arrayBuffer()).replace(/=+$/, '')
  return written.length > MAX_PACKED_CHARACTERS ? null : written
}

/** The fields again; null where these were never packed. */
export async function unpacked(written: string): Promise<Form | null> {
  try {
    const stream = new Blob([decodeBase64Url(written)])
      .stream()
      .pipeThrough(new DecompressionStream('deflate-raw'))
    const form = new FormData()
    for (const [name, value] of new URLSearchParams(await textUpTo(stream))) form.append(name, value)
    return new Form(form)
  } catch {
    return null
  }
}

async function textUpTo(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > MAX_UNPACKED_BYTES) throw new Error('too long')
  }
  return text + decoder.decode()
}
