import type { MailList } from '../../../mail/list-mails.ts'
import type { MailFilter, MailStatus } from '../../../mail/mail-store.ts'
import { routes } from '../../../routes.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { MAIL_STATUS_WORDS } from '../mail-words.tsx'

/** The value of `status` that stands for all that waits for a decision. */
const TO_DECIDE_VALUE = 'to-decide'

/** The filter that a URL names; what makes no sense is left out. An address comes before a state. */
export function filterFrom(query: Record<string, string | undefined>): MailFilter {
  const recipient = query.to?.trim() ?? ''
  if (recipient !== '') return { recipient }
  if (query.status === TO_DECIDE_VALUE) return { toDecide: true }
  const status = Object.keys(MAIL_STATUS_WORDS).find((status) => status === query.status)
  return { status: status as MailStatus | undefined }
}

/** The list under a filter. */
export const urlOf = ({ status, toDecide, recipient }: MailFilter, page: Record<string, string> = {}) =>
  routes.mails({ status: toDecide ? TO_DECIDE_VALUE : (status ?? ''), to: recipient ?? '', ...page })

/** All, what waits for a decision, and the states that have e-mails. */
export const StateTabs = ({ list: { counts, frame }, filter }: { list: MailList; filter: MailFilter }) => {
  const statuses = Object.keys(MAIL_STATUS_WORDS) as MailStatus[]
  const total = statuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0)
  const isAll = !filter.status && !filter.toDecide && !filter.recipient
  return (
    <Tabs
      label="State"
      tabs={[
        { label: 'All', href: routes.mails(), count: total, isCurrent: isAll },
        {
          ...{ label: 'To decide', href: urlOf({ toDecide: true }), count: frame.mailsToDecide },
          isCurrent: filter.toDecide,
        },
        ...statuses
          .filter((status) => counts[status] || status === filter.status)
          .map((status) => ({
            ...{ label: MAIL_STATUS_WORDS[status], href: urlOf({ status }), count: counts[status] ?? 0 },
            isCurrent: status === filter.status,
          })),
      ]}
    />
  )
}

/** Finds the e-mails that went to one address. */
export const AddressFilter = ({ filter }: { filter: MailFilter }) => (
  <form class="filters" method="get" action={routes.mails()}>
    <SearchField
      label="Recipient’s whole address"
      name="to"
      value={filter.recipient}
      placeholder="Whole address, like jo@shop.com"
    />
    <Button>Find</Button>
    {filter.recipient !== undefined && (
      <LinkButton kind="quiet" href={routes.mails()}>
        Clear
      </LinkButton>
    )}
  </form>
)
