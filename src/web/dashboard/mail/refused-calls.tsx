import type { MailList } from '../../../mail/list-mails.ts'
import { numberWords } from '../../../number-words.ts'
import { Card } from '../../ui/card.tsx'
import { Day } from '../../ui/time.tsx'

const REASON_WORDS: Record<string, string> = {
  forged: 'Not signed by the mail provider',
  old: 'Signed too long ago',
  replayed: 'A copy of an earlier call',
  unreadable: 'Could not be read',
}

/** Calls that said they come from the mail provider and were not taken. Shows nothing where there were none. */
export const RefusedCalls = ({ refusals }: Pick<MailList, 'refusals'>) =>
  refusals.length === 0 ? null : (
    <Card title="Refused delivery news" id="refused" flush>
      <table>
        <thead>
          <tr>
            <th scope="col">Day (UTC)</th>
            <th scope="col">Why</th>
            <th scope="col" class="number">
              Calls
            </th>
          </tr>
        </thead>
        <tbody>
          {refusals.map(({ day, reason, calls }) => (
            <tr>
              <td>
                <Day date={day} />
              </td>
              <td class="grow">{REASON_WORDS[reason] ?? reason}</td>
              <td class="number">{numberWords(calls)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
