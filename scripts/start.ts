import { connect, createServer, type Server } from 'node:net'
import { linkSecret } from './link-secret.ts'
import { fillDemoData, type Local, startLocal } from './local.ts'

const SECOND = 1000
const EVERY_MINUTE = '* * * * *'

const port = Number(process.env.PORT || 8787)
const stateDir = process.env.STATE_DIR || '.wrangler/state/local'

// Ahead of Miniflare's own handlers, which end with a failure. It stops the runtime when this process exits.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0))

try {
  await start()
} catch (error) {
  console.error(`Counterfoil did not start. ${error instanceof Error ? error.message : error}`)
  process.exit(1)
}

async function start() {
  await checkPortIsFree()
  console.log('Building Counterfoil …')
  const vars = {
    ...{ LOCAL_OWNER: 'true', LINK_SECRET: await linkSecret(stateDir) },
    APP_URL: `http://localhost:${port}`,
  }
  const local = await startLocal({ stateDir, port: 0, vars })
  if (await fillDemoData(local)) console.log('Filled the empty database with demo data.')
  await openDoor(local)
  runCron(local)
  console.log(`Open http://localhost:${port} – you are signed in as the demo owner on this machine.`)
  console.log(`Data is kept in ${stateDir}. Ctrl+C ends Counterfoil.`)
}

async function checkPortIsFree() {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`PORT is not a port: ${process.env.PORT}`)
  const probe = createServer()
  await listen(probe)
  await new Promise((closed) => probe.close(closed))
}

/**
 * Opens the public port once the app is usable, and passes its bytes on to the Worker's own port. The Worker cannot
 * wait to listen, and restarting it on another port would lose the messages that wait in its queues.
 */
async function openDoor({ url }: Local) {
  const workerPort = Number(new URL(url).port)
  const door = createServer((visitor) => {
    const worker = connect(workerPort, '127.0.0.1')
    visitor.pipe(worker).pipe(visitor)
    visitor.on('error', () => worker.destroy()).on('close', () => worker.destroy())
    worker.on('error', () => visitor.destroy()).on('close', () => visitor.end())
  })
  await listen(door)
}

/** Only this machine can connect: whoever can is the owner. */
async function listen(server: Server) {
  await new Promise<void>((listening, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} is already taken. Choose another one: PORT=8790 npm start`
      fail(error.code === 'EADDRINUSE' ? new Error(taken) : error)
    })
    server.listen(port, '127.0.0.1', listening)
  })
}

/** Cron triggers do not fire by themselves on one machine. */
function runCron({ worker }: Local) {
  const tick = () => worker.scheduled(EVERY_MINUTE).catch((error) => console.error(String(error)))
  setInterval(tick, 60 * SECOND)
}
