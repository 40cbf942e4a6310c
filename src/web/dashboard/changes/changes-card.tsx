import { CHANGES_SHOWN, type RecordChange } from '../../../records/record-change-store.ts'
import { Card } from '../../ui/card.tsx'
import { Time } from '../../ui/time.tsx'
import { FieldChange, TimelineEntry } from '../timeline.tsx'
import { asText, type Sides } from './value-words.ts'

/** How the fields of a record are called, and how those that are no plain text are written. */
export interface RecordWords {
  labels: Record<string, string>
  sides: Record<string, Sides>
}

/** Who changed a record lately, and what; folded up to the newest one. Nothing where nobody did. */
export const ChangesCard = (props: { changes: RecordChange[]; words: RecordWords; timeZone: string }) => {
  const { changes, words, timeZone } = props
  const [newest] = changes
  return newest ? (
    <Card title="Changes" id="changes">
      <details class="disclosure">
        <summary>
          {titleOf(newest)} <Time at={newest.at} timeZone={timeZone} />
          {newest.actor && ` · ${newest.actor.name}`}
        </summary>
        <ol class="timeline">
          {changes.map((change) => (
            <TimelineEntry title={titleOf(change)} at={change.at} timeZone={timeZone} by={change.actor?.name}>
              <Fields change={change} words={words} />
            </TimelineEntry>
          ))}
        </ol>
        {changes.length === CHANGES_SHOWN && <p class="soft small">These are the newest {CHANGES_SHOWN}.</p>}
      </details>
    </Card>
  ) : null
}

const titleOf = ({ before }: RecordChange) => (before ? 'Changed' : 'Added')

const Fields = ({ change: { before, after }, words }: { change: RecordChange; words: RecordWords }) =>
  before &&
  Object.keys(words.labels)
    .filter((field) => field in after)
    .map((field) => {
      const [from, to] = (words.sides[field] ?? asText)(before[field] ?? null, after[field] ?? null)
      return <FieldChange label={words.labels[field]!} from={from} to={to} />
    })
