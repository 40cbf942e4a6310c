import type { Message } from '../../../mail/mail-port.ts'
import type { WebContext } from '../../session.ts'

/**
 * The message may style itself and show the business's own picture, and nothing else: no script, no picture from
 * elsewhere, no form, no link that leads anywhere.
 */
const MESSAGE_POLICY = [
  ...["default-src 'none'", "style-src 'unsafe-inline'", "img-src 'self'", "base-uri 'none'"],
  ...["form-action 'none'", "frame-ancestors 'self'", 'sandbox'],
].join('; ')

/** The HTML part of a message, to be shown in a frame. It was written to one person: no cache is to keep it. */
export function messageDocument(c: WebContext, { html }: Pick<Message, 'html'>): Response {
  return c.body(html, 200, {
    'Content-Type': 'text/html; charset=UTF-8',
    'Content-Security-Policy': MESSAGE_POLICY,
    'Cache-Control': 'no-store',
  })
}
