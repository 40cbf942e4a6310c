import { html } from 'hono/html'
import type { MailList } from '../../../mail/list-mails.ts'
import { type MailFilter, type MailRow, TO_DECIDE } from '../../../mail/mail-store.ts'
import { routes } from '../../../routes.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { Time } from '../../ui/time.tsx'
import { MAIL_STATUS_WORDS, MailStatusPill, notesLine, subjectHref, subjectOf } from '../mail-words.tsx'
import { count } from '../order-words.tsx'
import { MAIL_EVENT_WORDS } from '../recipient-words.ts'
import { AddressFilter, StateTabs, urlOf } from './filters.tsx'
import { RefusedCalls } from './refused-calls.tsx'

/** E-mails, newest first. */
export const MailsPage = (props: { list: MailList; filter: MailFilter; now: number }) => {
  const { list, filter, now } = props
  const { rows, hasNewer, hasOlder, frame } = list
  return (
    <>
      <StateTabs list={list} filter={filter} />
      <AddressFilter filter={filter} />
      <Card flush>
        {rows.length > 0 ? (
          <MailsTable rows={rows} timeZone={frame.settings.timeZone} now={now} />
        ) : (
          <NoMails filter={filter} />
        )}
      </Card>
      <Pagination
        newerHref={hasNewer && rows[0] ? urlOf(filter, { newer: String(rows[0].number) }) : undefined}
        olderHref={
          hasOlder && rows.length > 0 ? urlOf(filter, { older: String(rows.at(-1)!.number) }) : undefined
        }
      />
      <RefusedCalls refusals={list.refusals} />
    </>
  )
}

const MailsTable = (props: { rows: MailRow[]; timeZone: string; now: number }) => (
  <table class="stack">
    <thead>
      <tr>
        <th scope="col">Recipient</th>
        <th scope="col">About</th>
        <th scope="col">State</th>
        <th scope="col">Since</th>
        <th scope="col">
          <span class="visually-hidden">Open</span>
        </th>
      </tr>
    </thead>
    <tbody>{props.rows.map((row) => mailRow(row, props))}</tbody>
  </table>
)

// As text: elements for a page of e-mails take as long to build as the database takes to answer.
const mailRow = (row: MailRow, { timeZone, now }: { timeZone: string; now: number }) => {
  const note = noteOn(row)
  const subject = subjectOf(row)
  return html`<tr>
<td class="grow">${row.recipient}${note === '' ? '' : html`<div class="soft small">${note}</div>`}</td>
<td><a href="${subjectHref(row)}" aria-label="About ${subject}">${row.orderNumber ?? 'Portal'}</a> <span class="wide soft">${eventWords(row)}</span></td>
<td class="second">${MailStatusPill(row)}</td>
<td class="second soft">${Time({ at: row.statusAt, timeZone, now })}</td>
<td class="end second last"><a class="row-link" href="${routes.mail(row.id)}" aria-label="View the e-mail to ${row.recipient} about ${subject}">View</a></td>
</tr>
`
}

/** What it tells of; nothing for one from before that was written down. */
const eventWords = ({ orderNumber, event }: MailRow) =>
  orderNumber === null ? 'Portal link' : event === null ? '' : MAIL_EVENT_WORDS[event]

/** Why an e-mail is in its state, after how many attempts, and what was decided about it. */
function noteOn({ status, againRecipient, decided, decidedBy, reason, attempts }: MailRow): string {
  if (againRecipient !== null) return `Sent again to ${againRecipient} since.`
  if (decided && TO_DECIDE.some((value) => value === status)) return `${decidedBy?.name}: nothing to do.`
  return notesLine([reason, attempts > 1 && count(attempts, 'attempt')])
}

const NoMails = ({ filter: { status, toDecide, recipient } }: { filter: MailFilter }) => {
  const all = <LinkButton href={routes.mails()}>Show all e-mails</LinkButton>
  if (recipient) {
    return (
      <Empty title={`No e-mail went to ${recipient}`} icon="mail" actions={all}>
        The whole address is looked for.
      </Empty>
    )
  }
  if (toDecide) {
    return (
      <Empty title="Nothing to decide" icon="mail" actions={all}>
        E-mails that failed, bounced or may not have arrived will stand here.
      </Empty>
    )
  }
  if (status) {
    return (
      <Empty title={`No e-mail is in the state ${MAIL_STATUS_WORDS[status]}`} icon="mail" actions={all}>
        There may be some in other states.
      </Empty>
    )
  }
  return (
    <Empty title="No e-mails yet" icon="mail">
      Every e-mail will stand here, with what became of it.
    </Empty>
  )
}
