import { KEPT_MILLISECONDS } from '../../../exports/export.ts'
import type { ListedExport } from '../../../exports/export-store.ts'
import { numberWords } from '../../../number-words.ts'
import { NEWEST_FIRST } from '../../../orders/order-filter.ts'
import { routes } from '../../../routes.ts'
import type { Frame } from '../../../settings/frame.ts'
import type { WebContext } from '../../session.ts'
import { Banner } from '../../ui/banner.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Time } from '../../ui/time.tsx'
import { parametersOf } from '../orders/order-query.ts'
import { staffPage } from '../page.tsx'
import { CONTENT_WORDS, ExportStatusPill, filterWords, sizeWords } from './export-words.tsx'

/** One export: how far it is, or its file. */
export function exportPage(c: WebContext, frame: Frame, exported: ListedExport) {
  const { content, status, createdAt, createdBy } = exported
  return staffPage(
    c,
    frame,
    {
      title: `Export of ${CONTENT_WORDS[content].toLowerCase()}`,
      section: 'orders',
      pills: <ExportStatusPill status={status} />,
      lead: (
        <>
          Started <Time at={createdAt} timeZone={frame.settings.timeZone} now={c.var.ctx.now} /> by{' '}
          {createdBy.name}
        </>
      ),
      back: { href: routes.exports(), label: 'Exports' },
    },
    <Body exported={exported} timeZone={frame.settings.timeZone} />,
  )
}

const Body = ({ exported, timeZone }: { exported: ListedExport; timeZone: string }) => (
  <>
    {exported.status === 'writing' && <Work exported={exported} />}
    {exported.status === 'failed' && <Failed exported={exported} />}
    {exported.status === 'ready' && <Ready exported={exported} />}
    <Facts exported={exported} timeZone={timeZone} />
  </>
)

/** Comes back every second until the file is ready; without JavaScript a link does. */
const Work = ({ exported }: { exported: ListedExport }) => {
  const { id, firstNumber, lastNumber, position } = exported
  const total = Math.max(lastNumber - firstNumber + 1, 0)
  return (
    <Card>
      <div
        class="form"
        hx-get={routes.export(id)}
        hx-trigger="every 1s"
        hx-target="#main"
        hx-select="#main"
        hx-swap="outerMorph"
      >
        <Progress
          label="Writing the file"
          done={Math.min(lastNumber + 1 - position, total)}
          total={total}
          unit="orders"
        />
        <p class="soft">
          You can leave this page: the work goes on, and the file will stand in the list of exports.
        </p>
        <noscript>
          <LinkButton href={routes.export(id)}>See how far it is</LinkButton>
        </noscript>
      </div>
    </Card>
  )
}

const Ready = ({ exported }: { exported: ListedExport }) => (
  <>
    <Banner tone="success" title="The file is ready">
      <p>It says what stood in the orders list when the export was started.</p>
    </Banner>
    <div class="row">
      <LinkButton kind="primary" icon="download" href={routes.exportFile(exported.id)}>
        Download CSV
      </LinkButton>
      <span class="soft">{sizeWords(exported.bytes)}</span>
    </div>
  </>
)

const Failed = ({ exported }: { exported: ListedExport }) => (
  <>
    <Banner tone="error" title="The file could not be written">
      <p>A part of the system did not answer for too long. Start the export again.</p>
    </Banner>
    <div class="row">
      <LinkButton
        kind="primary"
        icon="retry"
        href={routes.newExport(parametersOf({ filter: exported.filter, ordering: NEWEST_FIRST }))}
      >
        Export again
      </LinkButton>
    </div>
  </>
)

const Facts = ({ exported, timeZone }: { exported: ListedExport; timeZone: string }) => {
  const { content, status, filter, retailerName, rows, createdAt } = exported
  return (
    <Card>
      <dl class="facts">
        <div>
          <dt>Orders</dt>
          <dd>{filterWords(filter, retailerName)}</dd>
        </div>
        <div>
          <dt>One row per</dt>
          <dd>{content === 'orders' ? 'Order' : 'Line item'}</dd>
        </div>
        {status !== 'failed' && (
          <div>
            <dt>{status === 'writing' ? 'Rows so far' : 'Rows'}</dt>
            <dd>{numberWords(rows)}</dd>
          </div>
        )}
        <div>
          <dt>Kept until</dt>
          <dd>
            <Time at={createdAt + KEPT_MILLISECONDS} timeZone={timeZone} />
          </dd>
        </div>
      </dl>
    </Card>
  )
}
