import type { MailOfOrder } from '../../../mail/mail-store.ts'
import { routes } from '../../../routes.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Time } from '../../ui/time.tsx'
import { canSendAgain, MailStatusPill, notesLine } from '../mail-words.tsx'
import { count } from '../order-words.tsx'

interface Props {
  mail: MailOfOrder
  /** Those about the same change. */
  mails: MailOfOrder[]
  orderNumber: number
  timeZone: string
}

/** An e-mail on the entry that caused it: to whom, what became of it, when and why, and what can be done. */
export const MailLine = ({ mail, mails, orderNumber, timeZone }: Props) => {
  const again = mails.find(({ againOf }) => againOf === mail.id)
  return (
    <div class="mailed">
      <p>
        <Icon name="mail" /> {mail.recipient} <MailStatusPill status={mail.status} />{' '}
        <Time at={mail.statusAt} timeZone={timeZone} />{' '}
        <a href={routes.mail(mail.id)} aria-label={`View the e-mail to ${mail.recipient}`}>
          View
        </a>
      </p>
      <Notes mail={mail} again={again} />
      {mail.status === 'queued' && mail.attempts > 0 && (
        <p>
          It is tried again at <Time at={mail.dueAt} timeZone={timeZone} />.
        </p>
      )}
      {canSendAgain(mail.status) && !again && (
        <form class="row" method="post" action={routes.mailDispatch(mail.id)}>
          <input type="hidden" name="order" value={String(orderNumber)} />
          <Button
            size="compact"
            icon="retry"
            attributes={{ 'aria-label': `Send again to ${mail.recipient}` }}
          >
            Send again
          </Button>
          <a href={`${routes.mail(mail.id)}#again`} aria-label={`To another address than ${mail.recipient}`}>
            To another address
          </a>
        </form>
      )}
    </div>
  )
}

/** What else is to be said of an e-mail, in one line; nothing where there is nothing. */
const Notes = ({ mail, again }: { mail: MailOfOrder; again: MailOfOrder | undefined }) => {
  const { reason, attempts, providerId, againOf, askedBy, decided, decidedBy } = mail
  const notes = notesLine([
    reason,
    attempts > 1 && count(attempts, 'attempt'),
    againOf !== null && `sent again by ${askedBy?.name}`,
    again ? `sent again to ${again.recipient} since` : decided && `${decidedBy?.name}: nothing to do`,
    providerId !== null && `provider’s id ${providerId}`,
  ])
  return notes === '' ? null : <p>{notes}</p>
}
