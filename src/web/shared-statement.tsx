import { Hono } from 'hono'
import { readSharedStatement } from '../orders/read-shared-statement.ts'
import { patterns } from '../routes.ts'
import { StatementSheet } from './dashboard/documents/statement-sheet.tsx'
import { statusOf } from './errors.tsx'
import type { WebEnv } from './session.ts'
import { Button } from './ui/button.tsx'
import { Document } from './ui/document.tsx'
import { PageHead } from './ui/page-head.tsx'
import { Plain } from './ui/plain.tsx'

/** An order's statement for whoever has its link. Nobody signs in here: the link is the permission. */
export const sharedStatement = new Hono<WebEnv>()

sharedStatement.get(patterns.sharedStatement, async (c) => {
  // The address itself opens the page: it must not be kept, passed on or found.
  c.header('Cache-Control', 'no-store')
  c.header('Referrer-Policy', 'no-referrer')
  c.header('X-Robots-Tag', 'noindex, nofollow')
  const shared = await readSharedStatement(c.var.ctx, c.req.param('token'))
  if (!shared.ok) {
    const page = shared.failure.reason === 'unavailable' ? <NoAnswer /> : <BadLink />
    return c.html(page, statusOf(shared.failure))
  }
  const { number, statement, settings } = shared.value
  return c.html(
    <Document title={`Order #${number} · ${settings.businessName}`}>
      <main class="page paper" id="main" tabindex={-1}>
        <PageHead
          title={`Order #${number} from ${settings.businessName}`}
          actions={
            <Button type="button" icon="print" attributes={{ 'data-print': '' }}>
              Print
            </Button>
          }
        />
        <StatementSheet number={number} statement={statement} settings={settings} />
      </main>
    </Document>,
  )
})

/** The same for every link that does not open, so that it tells nothing. */
const BadLink = () => (
  <Document title="This link does not work">
    <Plain name="Order statement">
      <h1>This link does not work</h1>
      <p>
        It may have lost a part on its way, or the business has replaced it. Ask the business that sent it to
        you for a new one.
      </p>
    </Plain>
  </Document>
)

const NoAnswer = () => (
  <Document title="Try again in a moment">
    <Plain name="Order statement">
      <h1>Try again in a moment</h1>
      <p>The statement could not be read just now. Your link is fine: reload the page.</p>
    </Plain>
  </Document>
)
