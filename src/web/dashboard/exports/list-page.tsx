import { KEPT_DAYS } from '../../../exports/export.ts'
import type { ListedExport } from '../../../exports/export-store.ts'
import { numberWords } from '../../../number-words.ts'
import { routes } from '../../../routes.ts'
import type { Frame } from '../../../settings/frame.ts'
import type { WebContext } from '../../session.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { Time } from '../../ui/time.tsx'
import { staffPage } from '../page.tsx'
import { CONTENT_WORDS, ExportStatusPill, filterWords, sizeWords } from './export-words.tsx'

type List = { frame: Frame; rows: ListedExport[]; hasOlder: boolean }

/** The exports that are kept. */
export function listPage(c: WebContext, { frame, rows, hasOlder }: List) {
  const last = rows.at(-1)
  return staffPage(
    c,
    frame,
    {
      title: 'Exports',
      section: 'orders',
      lead: `The files of the last ${KEPT_DAYS} days`,
      back: { href: routes.orders(), label: 'Orders' },
    },
    <>
      <Card flush>
        {rows.length > 0 ? (
          <ExportsTable rows={rows} timeZone={frame.settings.timeZone} now={c.var.ctx.now} />
        ) : (
          <NoExports />
        )}
      </Card>
      <Pagination
        olderHref={hasOlder && last ? routes.exports({ before: String(last.number) }) : undefined}
      />
    </>,
  )
}

const ExportsTable = (props: { rows: ListedExport[]; timeZone: string; now: number }) => (
  <table class="stack">
    <thead>
      <tr>
        <th scope="col">Rows of</th>
        <th scope="col">Filter</th>
        <th scope="col">Status</th>
        <th scope="col" class="number">
          Rows
        </th>
        <th scope="col" class="number">
          Size
        </th>
        <th scope="col">By</th>
        <th scope="col">Started</th>
        <th scope="col">
          <span class="visually-hidden">Download</span>
        </th>
      </tr>
    </thead>
    <tbody>
      {props.rows.map((row) => (
        <Row row={row} timeZone={props.timeZone} now={props.now} />
      ))}
    </tbody>
  </table>
)

const Row = ({ row, timeZone, now }: { row: ListedExport; timeZone: string; now: number }) => (
  <tr>
    <td>
      <a class="row-link" href={routes.export(row.id)}>
        {CONTENT_WORDS[row.content]}
      </a>
    </td>
    <td class="grow">{filterWords(row.filter, row.retailerName)}</td>
    <td>
      <ExportStatusPill status={row.status} />
    </td>
    <td class="number second" data-label="Rows">
      {numberWords(row.rows)}
    </td>
    <td class="number wide">{row.status === 'ready' ? sizeWords(row.bytes) : ''}</td>
    <td class="wide">{row.createdBy.name}</td>
    <td class="second nowrap">
      <Time at={row.createdAt} timeZone={timeZone} now={now} />
    </td>
    <td class="end second last">
      {row.status === 'ready' && (
        <LinkButton
          size="compact"
          icon="download"
          href={routes.exportFile(row.id)}
          attributes={{
            'aria-label': `Download the ${CONTENT_WORDS[row.content].toLowerCase()}, ${filterWords(row.filter, row.retailerName)}`,
          }}
        >
          Download
        </LinkButton>
      )}
    </td>
  </tr>
)

const NoExports = () => (
  <Empty
    title="No exports yet"
    icon="download"
    actions={<LinkButton href={routes.orders()}>Go to the orders</LinkButton>}
  >
    Find the orders that you need in the list, then choose Export CSV.
  </Empty>
)
