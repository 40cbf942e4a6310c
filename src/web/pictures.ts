import { Hono } from 'hono'
import type { PictureSize } from '../pictures/picture.ts'
import { readPicture } from '../pictures/picture-files.ts'
import { patterns } from '../routes.ts'
import type { WebEnv } from './session.ts'

/** As R2 makes them. It fails on anything else that a header may say, and nothing else is a copy of a picture. */
const TAG = /^(?:W\/)?"([0-9a-f]{32})"$/

/** Photos and logos, for everybody who has their address: the catalogue, e-mails, staff pages. Never asks D1. */
export const pictures = new Hono<WebEnv>()

pictures.get(patterns.photo, async (c) => {
  const size = c.req.param('size').replace('.webp', '') as PictureSize
  const [, tag = ''] = TAG.exec(c.req.header('If-None-Match') ?? '') ?? []
  const found = await readPicture(c.var.ctx, c.req.param('id'), size, tag)
  if (!found) return c.text('There is no such picture.', 404)
  const headers = {
    // What an id shows never changes.
    'Cache-Control': 'public, max-age=31536000, immutable',
    'Content-Type': 'image/webp',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    // Mail programs show it on pages of their own.
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ETag: found.httpEtag,
  }
  return 'body' in found ? c.body(found.body, 200, headers) : c.body(null, 304, headers)
})
