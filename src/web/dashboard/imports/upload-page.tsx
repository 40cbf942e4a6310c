import type { ImportKind } from '../../../imports/import.ts'
import type { RecentImport } from '../../../imports/read-import.ts'
import { numberWords } from '../../../number-words.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { FileField } from '../../ui/field.tsx'
import { Time } from '../../ui/time.tsx'
import { ImportStatusPill } from './import-words.tsx'

type UploadPageProps = {
  kind: ImportKind
  /** The id of the import that this form starts, however often it is sent. */
  newId: string
  now: number
  problems: Problem[]
  recent: RecentImport[]
  timeZone: string
}

/** The form for a file, and the files that came before. */
export const UploadPage = ({ kind, newId, now, problems, recent, timeZone }: UploadPageProps) => (
  <>
    <ErrorSummary problems={problems.map(({ field, message }) => ({ message, name: field || undefined }))} />
    <Card>
      <form
        class="form prose"
        method="post"
        action={routes.imports(kind)}
        enctype="multipart/form-data"
        novalidate
      >
        <p>{INTRODUCTIONS[kind]} You see what would change before anything does.</p>
        <input type="hidden" name="id" value={newId} />
        <FileField
          label="CSV file"
          name="file"
          accept=".csv,.tsv,.txt,text/csv"
          required
          hint="At most 20 MB and 50,000 rows, separated by commas, semicolons or tabs"
          error={problems.find(({ field }) => field === 'file')?.message}
        />
        <div class="row">
          <Button kind="primary" icon="upload">
            Upload and preview
          </Button>
        </div>
      </form>
    </Card>
    {recent.length > 0 && (
      <Card title="Recent imports" flush>
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">Status</th>
              <th scope="col" class="number">
                New
              </th>
              <th scope="col" class="number">
                Changed
              </th>
              <th scope="col" class="number">
                Problems
              </th>
              <th scope="col">By</th>
              <th scope="col">Uploaded</th>
            </tr>
          </thead>
          <tbody>
            {recent.map((row) => (
              <tr>
                <td class="grow">
                  <a class="row-link" href={routes.import(row.id)}>
                    {row.fileName}
                  </a>
                </td>
                <td>
                  <ImportStatusPill status={row.status} />
                </td>
                <td class="number second" data-label="New">
                  {numberWords(row.created)}
                </td>
                <td class="number second" data-label="Changed">
                  {numberWords(row.changed)}
                </td>
                <td class="number second" data-label="Problems">
                  {numberWords(row.problems)}
                </td>
                <td class="wide">{row.createdBy.name}</td>
                <td class="second last nowrap">
                  <Time at={row.createdAt} timeZone={timeZone} now={now} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
    )}
  </>
)

const INTRODUCTIONS: Record<ImportKind, string> = {
  products:
    'A product export from Shopify as it is, or a list of your own with columns such as Name, SKU, Price, ' +
    'Wholesale price, Quantity, Collection, Description, Case size and Low stock threshold.',
  retailers:
    'A list with columns such as Shop name, Type, Contact, Email, Phone, Street, City, State, Postcode, Country, ' +
    'Discount / commission and Notes.',
}
