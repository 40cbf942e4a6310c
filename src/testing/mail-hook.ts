import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { encodeBase64 } from 'hono/utils/encode'
import { app } from '../app.ts'
import type { Bindings } from '../env.ts'
import { routes } from '../routes.ts'
import { aMailedOrder, consume, mailsOf } from './mail-fixtures.ts'
import { type Answer, anInbox } from './mail-inbox.ts'

/** An event as the provider tells it; `timestamp` in seconds. */
export interface ToldEvent {
  event: string
  timestamp: number
  smtp_id?: string
  request_id?: string
  campaign_id?: string
  recipients?: string[]
  status?: string
  reason?: string
}

export interface SignedRequest {
  body: string
  headers: Record<string, string>
}

/** A provider that signs what it tells with its own key, and the real hook that it calls. */
export async function aProvider(over: Partial<Bindings> = {}) {
  const inbox = anInbox()
  const keyId = crypto.randomUUID()
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
  const publish = async (key: string) => {
    await fetch(inbox.url, { method: 'PUT', body: JSON.stringify({ keyId, key }) })
  }
  await publish(encodeBase64((await crypto.subtle.exportKey('spki', pair.publicKey)) as ArrayBuffer))
  const bindings: Bindings = { ...env, ...inbox.vars, ...over }

  /** RFC 9421 as the provider does it: a signature over the digest of the body. */
  async function sign(told: unknown, created = Math.floor(Date.now() / 1000)): Promise<SignedRequest> {
    const body = typeof told === 'string' ? told : JSON.stringify(told)
    const bytes = new TextEncoder()
    const digest = `sha-256=:${encodeBase64(await crypto.subtle.digest('SHA-256', bytes.encode(body)))}:`
    const params = `("content-digest");created=${created};alg="ed25519";keyid="${keyId}"`
    const base = `"content-digest": ${digest}\n"@signature-params": ${params}`
    const signature = encodeBase64(await crypto.subtle.sign('Ed25519', pair.privateKey, bytes.encode(base)))
    return {
      body,
      headers: {
        'content-type': 'application/json',
        'content-digest': digest,
        'signature-input': `sig_${created}=${params}`,
        signature: `sig_${created}=:${signature}:`,
      },
    }
  }

  async function call({ body, headers }: SignedRequest, to: Partial<Bindings> = {}): Promise<Response> {
    const execution = createExecutionContext()
    const url = `https://desk.example${routes.mailChannelsHook()}`
    const request = new Request(url, { method: 'POST', body, headers })
    const response = await app.fetch(request, { ...bindings, ...to, LOCAL_OWNER: undefined }, execution)
    await waitOnExecutionContext(execution)
    return response
  }

  return {
    ...{ inbox, bindings, keyId, publish, sign, call },
    tell: async (...events: ToldEvent[]) => (await call(await sign(events))).status,
  }
}

export type Provider = Awaited<ReturnType<typeof aProvider>>

/** An order whose e-mail to the retailer met this answer, and a way to have the provider tell of one of its e-mails. */
export async function mailedThrough(provider: Provider, answer: Answer) {
  const order = await aMailedOrder()
  await provider.inbox.answers(order.email, answer)
  await consume(order.mailIds, provider.bindings)
  const [mailId, deskMailId] = order.mailIds as [string, string]
  return {
    ...{ ...order, mailId, deskMailId },
    /** The row of the e-mail to the retailer. */
    mail: async () => (await mailsOf(order.orderId))[0]!,
    /** Tells of the e-mail to the retailer, unless it is another; `timestamp` is now, unless it is another. */
    tell: (event: string, over: Partial<ToldEvent> = {}) =>
      provider.tell({ event, timestamp: Math.floor(Date.now() / 1000), campaign_id: mailId, ...over }),
  }
}
