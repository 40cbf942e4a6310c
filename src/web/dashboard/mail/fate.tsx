import type { ShownMail } from '../../../mail/mail-store.ts'
import { routes } from '../../../routes.ts'
import { Banner } from '../../ui/banner.tsx'
import { Time } from '../../ui/time.tsx'
import { DismissalForm } from './send-again-card.tsx'

/** What staff should know about a message that is not simply on its way or arrived, and what they can do. */
export const Fate = ({ mail, timeZone }: { mail: ShownMail; timeZone: string }) => {
  const { status, reason, recipient } = mail
  if (mail.againId !== null) {
    return (
      <Banner tone="info">
        <p>
          This message was sent again, to {mail.againRecipient}.{' '}
          <a href={routes.mail(mail.againId)}>Show the later one</a>
        </p>
      </Banner>
    )
  }
  if (mail.decided && mail.decidedBy) {
    return (
      <Banner tone="info">
        <p>{mail.decidedBy.name} noted that nothing is to be done.</p>
        <DismissalForm mail={mail} />
      </Banner>
    )
  }
  switch (status) {
    case 'failed':
    case 'bounced':
      return (
        <Banner
          tone="error"
          title={status === 'failed' ? 'This e-mail was not sent' : 'This e-mail came back'}
        >
          <p>{reason}</p>
          <DismissalForm mail={mail} />
        </Banner>
      )
    case 'complained':
      return (
        <Banner tone="warning" title="Reported as spam">
          <p>
            {recipient} got this e-mail and reported it. Ask before you write there again: more reports harm
            all your e-mail.
          </p>
          <DismissalForm mail={mail} />
        </Banner>
      )
    case 'unknown':
      return (
        <Banner tone="warning" title="It may have arrived">
          <p>{reason}</p>
          <p>
            Nobody knows whether {recipient} got it, so it is not sent again by itself. If you send it again,
            it may arrive twice.
          </p>
          <DismissalForm mail={mail} />
        </Banner>
      )
    case 'queued':
      return mail.attempts === 0 ? null : (
        <Banner tone="warning" title="Not sent yet">
          <p>
            {reason} It is tried again at <Time at={mail.dueAt} timeZone={timeZone} />.
          </p>
        </Banner>
      )
    case 'captured':
      return (
        <Banner tone="info" title="Captured, not sent">
          <p>No mail provider was set up then, so this message stayed here to be read.</p>
        </Banner>
      )
    case 'sending':
    case 'sent':
    case 'delivered':
      return null
  }
}
