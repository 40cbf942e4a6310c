import type { Child } from 'hono/jsx'
import { isWorking, type RowProblem } from '../../../imports/import.ts'
import type { Import } from '../../../imports/import-store.ts'
import { numberWords } from '../../../number-words.ts'
import { routes } from '../../../routes.ts'
import type { Frame } from '../../../settings/frame.ts'
import type { WebContext } from '../../session.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Time } from '../../ui/time.tsx'
import { count } from '../order-words.tsx'
import { staffPage } from '../page.tsx'
import { Examples, Problems, Understanding } from './import-tables.tsx'
import { deedWords, doneWords, ImportStatusPill } from './import-words.tsx'

type View = { frame: Frame; imported: Import; problems: RowProblem[] }

/** One import: its progress, its preview, or what came of it. */
export function importPage(c: WebContext, { frame, imported, problems }: View) {
  const { kind, fileName, status, createdAt, createdBy } = imported
  const { timeZone } = frame.settings
  return staffPage(
    c,
    frame,
    {
      title: `Import of ${fileName}`,
      section: kind,
      pills: <ImportStatusPill status={status} />,
      lead: (
        <>
          Uploaded <Time at={createdAt} timeZone={timeZone} now={c.var.ctx.now} /> by {createdBy.name}
        </>
      ),
      back: { href: routes.imports(kind), label: `Import ${kind}` },
    },
    <Body imported={imported} problems={problems} />,
  )
}

const Body = ({ imported, problems }: Omit<View, 'frame'>) => {
  if (isWorking(imported.status)) return <Work imported={imported} />
  const isReadThrough = imported.status === 'ready' || imported.status === 'applied'
  return (
    <>
      {imported.status === 'failed' && <Failed imported={imported} />}
      {imported.status === 'applied' && <Done imported={imported} />}
      {isReadThrough && <Figures imported={imported} />}
      <Problems imported={imported} problems={problems} />
      {isReadThrough && <Examples imported={imported} />}
      <Understanding imported={imported} />
    </>
  )
}

/** Comes back every second until the work is done; without JavaScript a link does. */
const Work = ({ imported }: { imported: Import }) => (
  <Card>
    <div
      class="form"
      hx-get={routes.import(imported.id)}
      hx-trigger="every 1s"
      hx-target="#main"
      hx-select="#main"
      hx-swap="outerMorph"
    >
      <WorkDone imported={imported} />
      <p class="soft">You can leave this page: the work goes on, and this is where you find it again.</p>
      <noscript>
        <LinkButton href={routes.import(imported.id)}>See how far it is</LinkButton>
      </noscript>
    </div>
  </Card>
)

const WorkDone = ({ imported }: { imported: Import }) => {
  const { status, rows, chunks, position, kind } = imported
  if (status === 'reading') return <p>Reading the file: {numberWords(rows)} rows so far.</p>
  const done = Math.round((rows * position) / Math.max(chunks, 1))
  const labels = {
    comparing: `Comparing with your ${kind}`,
    applying: `Saving the ${kind}`,
    counting: 'Recording the stock',
  }
  return <Progress label={labels[status as keyof typeof labels]} done={done} total={rows} unit="rows" />
}

const Failed = ({ imported }: { imported: Import }) => (
  <>
    <Banner tone="error" title="The file could not be imported">
      <p>{imported.failure}</p>
    </Banner>
    <div class="row">
      <LinkButton href={routes.imports(imported.kind)}>Upload another file</LinkButton>
    </div>
  </>
)

const Done = ({ imported }: { imported: Import }) => {
  const { kind, problems } = imported
  const leftOut = `${numberWords(problems)} ${problems === 1 ? 'row was' : 'rows were'} left out, and listed below.`
  return (
    <Banner tone="success" title="The import is done">
      <p>
        {doneWords(imported)} {problems > 0 && <>{leftOut} </>}
        <a href={kind === 'products' ? routes.products() : routes.retailers()}>See the {kind}</a>
      </p>
    </Banner>
  )
}

const Figures = ({ imported }: { imported: Import }) => {
  const { kind, status, rows, skipped, created, changed, unchanged, problems, counted } = imported
  const isPreview = status === 'ready'
  return (
    <Card title={isPreview ? 'What applying would do' : 'What was done'} flush>
      <div class="card-body">
        <dl class="figures">
          <Figure label="New" number={created} />
          <Figure label="Changed" number={changed} />
          <Figure label="Unchanged" number={unchanged} />
          <Figure label="With problems" number={problems} />
          {kind === 'products' && <Figure label="Stock changes" number={counted} />}
        </dl>
        <p class="soft small">
          {count(rows, 'row')} in the file
          {skipped > 0 && <>, {numberWords(skipped)} of them with only a photo and skipped</>}.
          {isPreview && ' Nothing has been changed yet.'}
        </p>
      </div>
      {isPreview && <Application imported={imported} />}
    </Card>
  )
}

const Figure = ({ label, number }: { label: string; number: number }) => (
  <div>
    <dt>{label}</dt>
    <dd>{numberWords(number)}</dd>
  </div>
)

const Application = ({ imported }: { imported: Import }) => {
  const { id, kind, created, changed, unchanged, problems } = imported
  const foot = (content: Child) => <div class="card-foot">{content}</div>
  if (created + changed === 0) {
    return foot(
      <p>
        {unchanged > 0
          ? `Nothing to apply: your ${kind} are as in the file already.`
          : 'No row of the file can be taken.'}
        {problems > 0 && ' Correct the rows with problems, and upload them again.'}
      </p>,
    )
  }
  return foot(
    <form class="row" method="post" action={routes.importApplication(id)}>
      <Button kind="primary">{deedWords(imported, kind)}</Button>
      {problems > 0 && <span class="soft">Rows with problems are left out.</span>}
    </form>,
  )
}
