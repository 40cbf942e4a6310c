import { env } from 'cloudflare:workers'
import MailComposer from 'nodemailer/lib/mail-composer'
import PostalMime from 'postal-mime'
import { expect, it } from 'vitest'
import { updateOrder } from '../orders/update-order.ts'
import { newId, testCtx } from '../testing/fixtures.ts'
import { aHeldQueue, aMailedOrder, consume, DESK } from '../testing/mail-fixtures.ts'
import { anInbox, type MailChannelsBody } from '../testing/mail-inbox.ts'

// What reached the endpoint is put on the wire by a well-known mailer, as the provider does, and read by a parser
// that knows neither of them.
async function parsed({ from, reply_to, personalizations, headers, subject, content }: MailChannelsBody) {
  const part = (type: string) => content.find((one) => one.type === type)?.value
  const composed = await new MailComposer({
    from: { address: from.email, name: from.name ?? '' },
    ...{ replyTo: reply_to?.email, to: personalizations[0]!.to.map(({ email }) => email), subject, headers },
    ...{ text: part('text/plain'), html: part('text/html') },
  })
    .compile()
    .build()
  return PostalMime.parse(new Uint8Array(composed))
}

const NAME = 'Töpferei “Tidewater” 陶 & Co. <clay>'

it('makes one thread per order, in messages that name nobody else', async () => {
  await env.DB.prepare('UPDATE settings SET business_name = ?, reply_to = ?, notification_emails = ?')
    .bind(`${NAME}\r\nBcc: x@evil.example`, 'hello@tidewater.example', JSON.stringify([DESK]))
    .run()
  const inbox = anInbox()
  const bindings = { ...env, ...inbox.vars }
  const order = await aMailedOrder()
  await consume(order.mailIds, bindings)
  const { queue, take } = aHeldQueue()
  const { ctx, settled } = testCtx({ env: { ...env, MAIL_QUEUE: queue } })
  const comment = 'Grüße 🏺\n.\nFrom: somebody@evil.example\n\n--boundary'
  const updated = await updateOrder(ctx, {
    ...{ number: order.number, changeId: newId(), revision: 1, status: 'in_progress', email: true, comment },
    ...{ paymentStatus: 'awaiting_payment', trackingNumber: '', invoiceLink: '' },
    ...{ confirmed: false, allowShortage: false },
  })
  await settled()
  expect(updated.ok).toBe(true)
  await consume(take(), bindings)

  const received = await inbox.received()
  const mails = await Promise.all(received.map(({ body }) => parsed(body)))
  expect(mails.map(({ to }) => to?.map(({ address }) => address)).sort()).toEqual([
    ...[[order.email], [order.email], [DESK], [DESK]].sort(),
  ])
  const thread = `<order-${order.orderId}@counterfoil.invalid>`
  for (const [index, mail] of mails.entries()) {
    const name = `${NAME} Bcc: x@evil.example`
    expect(mail.subject).toBe(`Order #${order.number} · ${name}`)
    expect(mail.from).toMatchObject({ address: 'orders@tidewater.example', name })
    expect(mail.replyTo?.map(({ address }) => address)).toEqual(['hello@tidewater.example'])
    expect([mail.cc, mail.bcc]).toEqual([undefined, undefined])
    expect(mail.references).toBe(thread)
    const headers = new Map(mail.headers.map(({ key, value }) => [key, value]))
    expect(headers.get('auto-submitted')).toBe('auto-generated')
    expect(headers.get('x-auto-response-suppress')).toBe('OOF, AutoReply')
    expect(mail.attachments).toEqual([])
    const sent = (type: string) => received[index]!.body.content.find((one) => one.type === type)!.value
    expect(mail.text?.trimEnd()).toBe(sent('text/plain').trimEnd())
    expect(mail.html?.trimEnd()).toBe(sent('text/html').trimEnd())
  }
  expect(mails.filter(({ text }) => text?.includes('> From: somebody@evil.example'))).toHaveLength(2)
})
