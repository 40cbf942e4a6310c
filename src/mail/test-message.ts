import { html } from 'hono/html'
import type { Sender } from './brand.ts'
import type { Message } from './mail-port.ts'
import { AUTOMATIC } from './message.ts'
import { messageHtml, messageText, paragraph } from './message-layout.ts'

/** The e-mail that tries whether sending works, but for its recipient. */
export function testMessage({ brand, from, replyTo }: Sender): Omit<Message, 'to'> {
  const title = 'Test message'
  const words = `${brand.businessName} can send e-mails from Counterfoil.`
  const answer =
    replyTo === ''
      ? 'No reply-to address is set: answers go to the sender.'
      : `Answer this message to try the reply-to address: it goes to ${replyTo}.`
  const frame = { title, preheader: words, brand }
  return {
    from: { email: from, name: brand.businessName },
    replyTo,
    subject: `Test message · ${brand.businessName}`,
    headers: AUTOMATIC,
    html: messageHtml(frame, [html`${paragraph(words)}${paragraph(answer)}`]),
    text: messageText(frame, [[words], [answer]]),
  }
}
