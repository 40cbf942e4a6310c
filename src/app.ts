import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { messageOf, NoAnswer } from './db/client.ts'
import { demo } from './demo/demo-route.ts'
import { mailChannelsHook } from './hooks/mailchannels.ts'
import { newId } from './new-id.ts'
import { routes, takesFiles } from './routes.ts'
import { settingsQuery } from './settings/settings-store.ts'
import { dashboard } from './web/dashboard/dashboard.ts'
import { brokenPage, failurePage, noAnswerPage, refusedWithoutSignIn } from './web/errors.tsx'
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

app.notFound((c) => failurePage(c, { reason: 'not_found', what: 'page' }))
app.onError((error, c) => {
  if (error instanceof HTTPException) return error.getResponse()
  const requestId = c.var.ctx?.newId() ?? newId()
  console.error(
    JSON.stringify({ event: 'request.failed', requestId, path: c.req.routePath, message: messageOf(error) }),
  )
  return error instanceof NoAnswer ? noAnswerPage(c) : brokenPage(c, requestId)
})
