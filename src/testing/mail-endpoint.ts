import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import type { Answer, MailChannelsBody, Received, Said } from './mail-inbox.ts'

interface Inbox {
  plans: Map<string, Answer[]>
  received: Received[]
  /** Public keys that calls to the hook are signed with, by their id. */
  keys: Map<string, string>
  /** What is answered elsewhere than where messages are sent, by path. */
  said: Map<string, Said>
}

/**
 * A mail endpoint that speaks the provider's API, with every fault that a network and a provider have. The first part
 * of a path is an inbox: PUT plans its answers or gives it a key, GET tells what was received, HEAD says that it is
 * there.
 */
export default async function setup(project: TestProject) {
  const inboxes = new Map<string, Inbox>()
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost')
    const [, name = '', ...path] = pathname.split('/')
    const inbox: Inbox = inboxes.get(name) ?? {
      ...{ plans: new Map(), received: [], keys: new Map(), said: new Map() },
    }
    inboxes.set(name, inbox)
    if (request.method === 'HEAD') return response.end()
    if (request.method === 'GET' && path.join('/') === 'tx/v1/webhook/public-key') {
      return giveKey(inbox, searchParams.get('id') ?? '', response)
    }
    const said = inbox.said.get(path.join('/'))
    if (said) return response.writeHead(said.status, { 'content-type': 'application/json' }).end(said.body)
    if (request.method === 'GET') return response.end(JSON.stringify(inbox.received))
    const body: unknown = JSON.parse(await textOf(request))
    if (request.method === 'PUT') {
      const plan = body as { recipient: string; answers: Answer[] } | { keyId: string; key: string } | Said
      if ('path' in plan) inbox.said.set(plan.path, plan)
      else if ('keyId' in plan) inbox.keys.set(plan.keyId, plan.key)
      else inbox.plans.set(plan.recipient, plan.answers)
      return response.end()
    }
    if (path.join('/') !== 'tx/v1/send') return response.writeHead(404).end()
    const message = body as MailChannelsBody
    const recipient = message.personalizations[0]!.to[0]!.email
    const answer = inbox.plans.get(recipient)?.shift() ?? 'accept'
    inbox.received.push({ answer, body: message, headers: request.headers as Record<string, string> })
    give(answer, request, response)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  project.provide('mailEndpoint', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return () => {
    server.closeAllConnections()
    server.close()
  }
}

function giveKey({ keys }: Inbox, id: string, response: ServerResponse) {
  const key = keys.get(id)
  if (key === 'down') return response.writeHead(500).end()
  response.writeHead(key ? 200 : 404, { 'content-type': 'application/json' })
  return response.end(JSON.stringify(key ? { id, key } : { message: 'Not found' }))
}

function give(answer: Answer, request: IncomingMessage, response: ServerResponse) {
  const say = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body))
  const result = (status: string, reason?: string) => ({
    request_id: 'request-1',
    results: [{ index: 0, message_id: `<${crypto.randomUUID()}@provider.example>`, status, reason }],
  })
  switch (answer) {
    case 'accept':
      return say(200, result('sent'))
    case 'accept and hang':
      return
    case 'accept and drop':
      return request.socket.destroy()
    case 'accept and break off':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' })
      return response.write('{"results":', () => request.socket.destroy())
    case 'accept and talk rubbish':
      return say(200, '<html><body>Welcome to the hotel wi-fi</body></html>', { 'content-type': 'text/html' })
    case 'accept and garble':
      return say(200, '{"results": [{"status":')
    case 'accept and say nothing':
      return response.writeHead(200).end()
    case 'accept and time out':
      return say(504, '<html>gateway time-out</html>', { 'content-type': 'text/html' })
    case 'refuse':
      return say(400, { message: 'The sender is not verified.' })
    case 'refuse the recipient':
      return say(200, result('failed', 'The address does not exist.'))
    case 'limit':
      return say(429, { message: 'Slow down.' }, { 'retry-after': '3600' })
    case 'fail':
      return say(500, { message: 'Something broke.' })
    case 'fail and garble':
      return say(503, '<html>maintenance</html>')
    case 'reset':
      return request.socket.resetAndDestroy()
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
