import type { Failure, Problem } from '../result.ts'
import { routes } from '../routes.ts'
import { readWithFrame } from '../settings/frame.ts'
import { staffPage } from './dashboard/page.tsx'
import type { WebContext } from './session.ts'
import { Banner } from './ui/banner.tsx'
import { LinkButton } from './ui/button.tsx'
import { Document } from './ui/document.tsx'
import { Broken, NotFound, Refused } from './ui/error-pages.tsx'
import { Plain } from './ui/plain.tsx'

/** What a program that asks should wait. */
const RETRY_AFTER_SECONDS = 5

const toOrders = () => ({ href: routes.orders(), label: 'Go to the orders' })

/** What a refused form says above itself and at its fields. `productName` names the short products. */
export function problemsOf(
  failure: Failure,
  productName: (id: string) => string = () => 'A product',
): Problem[] {
  switch (failure.reason) {
    case 'invalid':
      return failure.problems
    case 'shortage':
      return failure.shortages.map(({ productId, available, wanted, missing }) => ({
        field: '',
        message: `${productName(productId)}: ${wanted} wanted, ${available} available, ${missing} missing.`,
      }))
    case 'conflict':
      return [
        {
          field: '',
          message: 'Somebody else changed this in the meantime. Look at what changed, then save again.',
        },
      ]
    case 'sent_before':
      return [
        {
          field: '',
          message: `This form was sent before, with other contents${failure.order === null ? '' : `, for order ${failure.order}`}. Nothing was done now. Look at what it did; then send the form again if this is to be done too.`,
        },
      ]
    case 'final':
      return [{ field: '', message: failure.why }]
    case 'not_found':
      return [{ field: '', message: `This ${failure.what} does not exist any more.` }]
    case 'forbidden':
      return [{ field: '', message: failure.why }]
    case 'rate_limited':
      return [
        { field: '', message: `Too many tries. Wait ${failure.retryAfterSeconds} seconds, then try again.` },
      ]
    case 'unavailable':
      return [
        {
          field: '',
          message:
            'A part of the system did not answer. Send the form again: what was saved is never saved twice.',
        },
      ]
  }
}

/** The status of an answer that shows the failure. */
export function statusOf(failure: Failure) {
  switch (failure.reason) {
    case 'invalid':
      return 422
    case 'not_found':
      return 404
    case 'forbidden':
      return 403
    case 'conflict':
    case 'sent_before':
    case 'shortage':
    case 'final':
      return 409
    case 'rate_limited':
      return 429
    case 'unavailable':
      return 503
  }
}

/** A whole page for a failure that no form can show; `back` is where one goes on from there. */
export async function failurePage(c: WebContext, failure: Failure, back = toOrders()) {
  const { frame } = await readWithFrame(c.var.ctx, [])
  const status = statusOf(failure)
  if (failure.reason === 'not_found') {
    return staffPage(
      c,
      frame,
      { title: 'Not found', ownHeading: true, status },
      <NotFound back={back} thing={failure.what} />,
    )
  }
  if (failure.reason === 'forbidden') {
    return staffPage(
      c,
      frame,
      { title: 'Not allowed', ownHeading: true, status },
      <Refused back={back} reason={failure.why} />,
    )
  }
  return staffPage(
    c,
    frame,
    { title: 'This did not work', status },
    <>
      <Banner tone="error">
        {problemsOf(failure).map(({ message }) => (
          <p>{message}</p>
        ))}
      </Banner>
      <div class="row">
        <LinkButton href={back.href}>{back.label}</LinkButton>
      </div>
    </>,
  )
}

/** The answer where an address does not take the method; `above` is a page that there is. */
export function wrongMethodPage(c: WebContext, methods: readonly string[], above: string) {
  const { method, path } = c.req
  c.header('Allow', methods.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one])).join(', '))
  return c.html(
    <Document title="Nothing to see here">
      <Plain name="Counterfoil">
        {method === 'GET' ? (
          <>
            <h1>Nothing to see here</h1>
            <p>Forms are sent to this address; it has no page of its own.</p>
          </>
        ) : (
          <>
            <h1>{method} is not taken here</h1>
            <p>
              <code>{path}</code> takes {methods.join(' and ')}. Nothing was changed.
            </p>
          </>
        )}
        <LinkButton href={above} kind="primary">
          Go back to the page
        </LinkButton>
      </Plain>
    </Document>,
    405,
  )
}

/** The answer to a form of another site, or of a program that does not say where it is from. */
export function foreignPage(c: WebContext) {
  const { origin } = new URL(c.req.url)
  return c.html(
    <Document title="This form is not from here">
      <Plain name="Counterfoil">
        <h1>This form is not from here</h1>
        <p>
          Nothing was done: it was sent by another site, or by a program that does not say what it is from.
          Open the page here and send it again. A program sends the header <code>Origin: {origin}</code>.
        </p>
      </Plain>
    </Document>,
    403,
  )
}

/** The answer to a staff page of a deployment that nobody can sign in to yet. */
export function refusedWithoutSignIn(c: WebContext) {
  return c.html(
    <Document title="Sign-in is not set up">
      <Plain name="Counterfoil">
        <h1>Sign-in is not set up</h1>
        <p>
          This Counterfoil is deployed without a way to sign in, so nobody sees its pages. On your own
          machine, start it with <code>npm start</code>.
        </p>
      </Plain>
    </Document>,
    403,
  )
}

/** The answer where the database gave none: it needs nothing but itself. */
export function noAnswerPage(c: WebContext) {
  c.header('Retry-After', String(RETRY_AFTER_SECONDS))
  const isForm = c.req.method === 'POST'
  return c.html(
    <Document title="Try again in a moment">
      <Plain name="Counterfoil">
        <h1>Try again in a moment</h1>
        <p>
          A part of the system does not answer just now. Reload this page{isForm && ' to send the form again'}
          .
        </p>
        {isForm && <p>What was saved is never saved twice. Going back brings what you typed.</p>}
      </Plain>
    </Document>,
    503,
  )
}

/** The answer to a bug: a plain page with an id that stands in the log too. */
export function brokenPage(c: WebContext, requestId: string) {
  return c.html(
    <Document title="Something broke">
      <Plain name="Counterfoil">
        <Broken back={toOrders()} requestId={requestId} />
      </Plain>
    </Document>,
    500,
  )
}
