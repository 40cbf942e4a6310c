import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { TrieRouter } from 'hono/router/trie-router'
import { secureHeaders } from 'hono/secure-headers'
import { messageOf, NoAnswer } from './db/client.ts'
import { demo } from './demo/demo-route.ts'
import { mailChannelsHook } from './hooks/mailchannels.ts'
import { newId } from './new-id.ts'
import { routes, takesFiles } from './routes.ts'
import { settingsQuery } from './settings/settings-store.ts'
import { dashboard } from './web/dashboard/dashboard.ts'
import {
  brokenPage,
  failurePage,
  foreignPage,
  noAnswerPage,
  refusedWithoutSignIn,
  wrongMethodPage,
} from './web/errors.tsx'
import { pictures } from './web/pictures.ts'
import { portal } from './web/portal/portal.ts'
import { theme } from './web/portal/theme.ts'
import { isForeignName, isLocalOwner, type WebEnv, withCtx } from './web/session.ts'
import { sharedStatement } from './web/shared-statement.tsx'

/** Far above any form, far below what a Worker may hold; uploads have a limit of their own. */
const MAX_FORM_BYTES = 1_000_000

export const app = new Hono<WebEnv>()

app.use(
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      frameSrc: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'self'"],
    },
    xFrameOptions: 'SAMEORIGIN',
    referrerPolicy: 'same-origin',
    // For browsers and plug-ins of the past, and one that is the default: each header costs every answer.
    ...{ xDownloadOptions: false, xPermittedCrossDomainPolicies: false, xXssProtection: false },
    ...{ xDnsPrefetchControl: false, originAgentCluster: false },
    // An e-mail that is shown has a policy of its own.
    overwrite: false,
  }),
)
app.use(async (c, next) => (isForeignName(c) ? c.text('Open this desk as localhost.', 421) : next()))
app.use(withCtx)

app.get(routes.health(), async (c) => {
  const { db } = c.var.ctx
  try {
    await db.batch([settingsQuery(db)])
    return c.text('ok')
  } catch {
    return c.text('The database is not ready.', 503)
  }
})

// Signed, and not by people: neither a browser's origin nor a sign-in says anything about them.
app.route('/', mailChannelsHook)

app.route('/', theme)
app.route('/', portal)
app.use(csrf())
app.route('/', demo)
app.route('/', pictures)
app.route('/', sharedStatement)
app.use(async (c, next) => (isLocalOwner(c.env) ? next() : refusedWithoutSignIn(c)))
app.use((c, next) =>
  takesFiles(c.req.path)
    ? next()
    : bodyLimit({
        maxSize: MAX_FORM_BYTES,
        onError: (c) => c.text('This is too large. Send less than 1 MB.', 413),
      })(c, next),
)
app.route('/', dashboard)

const methodsAt = methodsOf(app)
app.notFound((c) => {
  const methods = methodsAt(c.req.path)
  if (methods.length > 0) return wrongMethodPage(c, methods, pageAbove(c.req.path))
  return failurePage(c, { reason: 'not_found', what: 'page' })
})
app.onError((error, c) => {
  if (error instanceof HTTPException) return error.status === 403 ? foreignPage(c) : error.getResponse()
  const requestId = c.var.ctx?.newId() ?? newId()
  console.error(
    JSON.stringify({ event: 'request.failed', requestId, path: c.req.routePath, message: messageOf(error) }),
  )
  return error instanceof NoAnswer ? noAnswerPage(c) : brokenPage(c, requestId)
})

/** Tells which methods an address takes: none where there is no such address. */
function methodsOf({ routes }: typeof app): (path: string) => string[] {
  const router = new TrieRouter<string>()
  const known = routes.filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
  for (const { method, path } of known) router.add(method, path, method)
  const methods = [...new Set(known.map(({ method }) => method))]
  return (path) => methods.filter((method) => router.match(method, path)[0].length > 0)
}

/** The nearest page above an address that has none itself. */
function pageAbove(path: string): string {
  const above = path.slice(0, path.lastIndexOf('/'))
  return above === '' ? routes.home() : methodsAt(above).includes('GET') ? above : pageAbove(above)
}
