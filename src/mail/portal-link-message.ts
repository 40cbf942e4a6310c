import { html } from 'hono/html'
import type { Sender } from './brand.ts'
import type { Message } from './mail-port.ts'
import { AUTOMATIC } from './message.ts'
import { button, messageHtml, messageText, paragraph } from './message-layout.ts'
import type { PortalRetailer } from './outbox-store.ts'

/** The e-mail that brings a retailer the link to its portal, but for its recipient. */
export function portalLinkMessage(
  { contactName, name }: Pick<PortalRetailer, 'contactName' | 'name'>,
  link: URL,
  { brand, from, replyTo }: Sender,
): Omit<Message, 'to'> {
  const { businessName } = brand
  const title = 'Your link for orders'
  const greeting = `Hello ${contactName || name},`
  const intro = `This link opens our catalogue for ${name}: choose what you need and send us your order. It serves for every order, so keep this e-mail.`
  const warning = 'Whoever has the link can order in your name. Do not pass it on.'
  const frame = { title, preheader: intro, brand }
  return {
    from: { email: from, name: businessName },
    replyTo,
    subject: `${title} · ${businessName}`,
    headers: AUTOMATIC,
    html: messageHtml(frame, [
      html`${paragraph(greeting)}${paragraph(intro)}${button(link, 'Open the catalogue', brand)}${paragraph(warning)}`,
    ]),
    text: messageText(frame, [[greeting, '', intro], [link.href], [warning]]),
  }
}
