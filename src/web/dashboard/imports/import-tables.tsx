import type { Example, ExampleChange, ImportColumn, RowProblem } from '../../../imports/import.ts'
import type { Import } from '../../../imports/import-store.ts'
import { columnLabel } from '../../../imports/open-file.ts'
import { numberWords } from '../../../number-words.ts'
import { routes } from '../../../routes.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { READING_RULES } from './import-words.tsx'

const IGNORED_COLUMNS_SHOWN = 40
const NAME_CHARACTERS_SHOWN = 80

/** The first rows that cannot be taken, and all of them as a file. */
export const Problems = ({ imported, problems }: { imported: Import; problems: RowProblem[] }) => {
  if (problems.length === 0) return null
  const name = imported.columns.findIndex(({ field }) => field === 'name' || field === 'title')
  return (
    <Card
      title="Rows with problems"
      flush
      actions={
        <LinkButton kind="quiet" icon="download" href={routes.importProblems(imported.id)}>
          Download<span class="visually-hidden"> the rows with problems</span>
        </LinkButton>
      }
    >
      <table class="stack">
        <thead>
          <tr>
            <th scope="col" class="number">
              Row
            </th>
            <th scope="col">Name</th>
            <th scope="col">What is wrong</th>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ row, message, cells }) => (
            <tr>
              <td class="number" data-label="Row">
                {numberWords(row)}
              </td>
              <td class="grow breaks">{(cells[name] ?? '').slice(0, NAME_CHARACTERS_SHOWN)}</td>
              <td class="second breaks">{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {imported.problems > problems.length && (
        <div class="card-foot">
          These are the first {numberWords(problems.length)} of {numberWords(imported.problems)}. The download
          has them all.
        </div>
      )}
    </Card>
  )
}

/** Some of the rows that change or make something, with what. */
export const Examples = ({ imported }: { imported: Import }) => {
  const changed = imported.examples.filter(({ kind }) => kind === 'changed')
  const created = imported.examples.filter(({ kind }) => kind === 'created')
  return (
    <>
      {changed.length > 0 && (
        <Card title="Changed" flush actions={<OfTotal shown={changed.length} total={imported.changed} />}>
          <table class="stack">
            <thead>
              <tr>
                <ExampleHeads imported={imported} />
                <th scope="col">What changes</th>
              </tr>
            </thead>
            <tbody>
              {changed.map((example) => (
                <tr>
                  <ExampleCells example={example} />
                  <td class="second breaks">
                    <Changes changes={example.changes} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      )}
      {created.length > 0 && (
        <Card title="New" flush actions={<OfTotal shown={created.length} total={imported.created} />}>
          <table class="stack">
            <thead>
              <tr>
                <ExampleHeads imported={imported} />
                {created[0]?.changes.map(({ label }) => (
                  <th scope="col">{label}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {created.map((example) => (
                <tr>
                  <ExampleCells example={example} />
                  {example.changes.map(({ label, to }) => (
                    <td class={to === '' ? 'wide' : 'second'} data-label={label}>
                      {to}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      )}
    </>
  )
}

const OfTotal = ({ shown, total }: { shown: number; total: number }) =>
  total > shown ? (
    <span class="soft small">
      The first {numberWords(shown)} of {numberWords(total)}
    </span>
  ) : null

const ExampleHeads = ({ imported }: { imported: Import }) => (
  <>
    <th scope="col" class="number">
      Row
    </th>
    <th scope="col">{imported.kind === 'products' ? 'Product' : 'Retailer'}</th>
    <th scope="col">{imported.kind === 'products' ? 'SKU' : 'E-mail'}</th>
  </>
)

const ExampleCells = ({ example }: { example: Example }) => (
  <>
    <td class="number" data-label="Row">
      {numberWords(example.row)}
    </td>
    <td class="grow breaks">{example.title}</td>
    <td class="second breaks soft">{example.code}</td>
  </>
)

const Changes = ({ changes }: { changes: ExampleChange[] }) => (
  <>
    {changes.map(({ label, from, to }) => (
      <div>
        <span class="soft">{label}</span> {from || 'nothing'} → <b>{to || 'nothing'}</b>
      </div>
    ))}
  </>
)

/** How the columns were understood, and the rules that the rows were read by. */
export const Understanding = ({ imported }: { imported: Import }) => {
  const { columns, format } = imported
  const labelled = columns.map((column) => ({ column, label: columnLabel(format, column) }))
  const understood = labelled.filter(({ label }) => label !== null)
  const ignored = labelled.filter(({ label }) => label === null).map(({ column }) => column)
  return (
    <Card title="How the file was read">
      <div class="form">
        <p>
          <b>Columns understood:</b>{' '}
          {understood.map(({ column, label }) => understoodWords(column, label)).join(', ')}.
        </p>
        {ignored.length > 0 && (
          <p class="soft">
            <b>Ignored:</b> {ignoredWords(ignored)}.
          </p>
        )}
        <ul class="prose">
          {READING_RULES[format].map((rule) => (
            <li>{rule}</li>
          ))}
        </ul>
      </div>
    </Card>
  )
}

function understoodWords({ heading }: ImportColumn, label: string | null): string {
  return heading.toLowerCase() === label?.toLowerCase() ? heading : `${heading} (${label})`
}

function ignoredWords(columns: ImportColumn[]): string {
  const names = columns.map(({ heading }) => heading || '(without a heading)')
  const shown = names.slice(0, IGNORED_COLUMNS_SHOWN).join(', ')
  const others = names.length - IGNORED_COLUMNS_SHOWN
  return others > 0 ? `${shown} and ${numberWords(others)} more` : shown
}
