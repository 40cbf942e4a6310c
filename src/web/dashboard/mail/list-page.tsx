import type { MailList } from '../../../mail/list-mails.ts'
import type { MailRow, MailStatus } from '../../../mail/mail-store.ts'
import { routes } from '../../../routes.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Time } from '../../ui/time.tsx'
import { MAIL_STATUS_WORDS, MailStatusPill, subjectHref, subjectOf } from '../mail-words.tsx'

/** The states that an e-mail can be filtered by, in the order in which it meets them. */
const FILTERS: MailStatus[] = ['queued', 'sending', 'sent', 'captured', 'failed', 'unknown']

/** The state that a URL names, if it is one. */
export function statusFrom(value: string | undefined): MailStatus | undefined {
  return FILTERS.find((status) => status === value)
}

/** All e-mails, newest first. */
export const MailsPage = (props: { list: MailList; status: MailStatus | undefined; now: number }) => {
  const { list, status, now } = props
  const { rows, hasNewer, hasOlder, frame } = list
  const urlOf = (query: Record<string, string>) => routes.mails({ status: status ?? '', ...query })
  const tab = (label: string, value?: MailStatus) => ({
    ...{ label, href: routes.mails({ status: value ?? '' }), isCurrent: status === value },
  })
  return (
    <>
      <Tabs
        label="State"
        tabs={[tab('All'), ...FILTERS.map((value) => tab(MAIL_STATUS_WORDS[value], value))]}
      />
      <Card flush>
        {rows.length > 0 ? (
          <MailsTable rows={rows} timeZone={frame.settings.timeZone} now={now} />
        ) : (
          <NoMails status={status} />
        )}
      </Card>
      <Pagination
        newerHref={hasNewer && rows[0] ? urlOf({ newer: String(rows[0].number) }) : undefined}
        olderHref={hasOlder && rows.length > 0 ? urlOf({ older: String(rows.at(-1)!.number) }) : undefined}
      />
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
        <th scope="col">Queued</th>
        <th scope="col">
          <span class="visually-hidden">Open</span>
        </th>
      </tr>
    </thead>
    <tbody>
      {props.rows.map((row) => (
        <tr>
          <td class="grow">
            {row.recipient}
            {reasonOf(row) !== '' && <div class="soft small">{reasonOf(row)}</div>}
          </td>
          <td>
            <a href={subjectHref(row)} aria-label={`About ${subjectOf(row)}`}>
              {row.orderNumber ?? 'Portal'}
            </a>
          </td>
          <td class="second">
            <MailStatusPill status={row.status} />
          </td>
          <td class="second soft">
            <Time at={row.queuedAt} timeZone={props.timeZone} now={props.now} />
          </td>
          <td class="end second last">
            <a
              class="row-link"
              href={routes.mail(row.id)}
              aria-label={`View the e-mail to ${row.recipient} about ${subjectOf(row)}`}
            >
              View
            </a>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

function reasonOf({ againId, reason }: MailRow): string {
  return againId === null ? (reason ?? '') : 'Sent again since.'
}

const NoMails = ({ status }: { status: MailStatus | undefined }) =>
  status ? (
    <Empty
      title={`No e-mail is in the state ${MAIL_STATUS_WORDS[status]}`}
      icon="mail"
      actions={<LinkButton href={routes.mails()}>Show all e-mails</LinkButton>}
    >
      There may be some in other states.
    </Empty>
  ) : (
    <Empty title="No e-mails yet" icon="mail">
      Every e-mail about an order will stand here, with what became of it.
    </Empty>
  )
