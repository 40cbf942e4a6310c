import type { Child } from 'hono/jsx'
import type { MailEvent } from '../../../mail/delivery-event-store.ts'
import type { Message } from '../../../mail/mail-port.ts'
import type { ShownMail } from '../../../mail/mail-store.ts'
import type { MailView } from '../../../mail/read-mail.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { Time } from '../../ui/time.tsx'
import { canSendAgain, frameHeight, MAIL_STATUS_WORDS } from '../mail-words.tsx'
import { Fate } from './fate.tsx'
import { SendAgainCard } from './send-again-card.tsx'

/** One e-mail: what became of it, and exactly what was sent. `typed` is an address that was refused. */
export const MailPage = (props: { view: MailView; typed?: string; problems?: Problem[] }) => {
  const { view, typed, problems = [] } = props
  const { frame, mail, events, message } = view
  const { timeZone } = frame.settings
  return (
    <>
      <ErrorSummary
        problems={problems.map(({ field, message }) => ({ message, name: field || undefined }))}
      />
      <Fate mail={mail} timeZone={timeZone} />
      <Card title="Delivery" id="delivery">
        <div class="column">
          <Times mail={mail} timeZone={timeZone} />
          <Reasons mail={mail} events={events} timeZone={timeZone} />
        </div>
      </Card>
      {canSendAgain(mail.status) && mail.againId === null && (
        <SendAgainCard mail={mail} typed={typed} problems={problems} />
      )}
      {message ? (
        <MessageCards mailId={mail.id} message={message} />
      ) : (
        <Card title="Message" id="message" flush>
          <Empty title="Not written yet" icon="mail">
            The message is written when it is sent, and stands here from then on.
          </Empty>
        </Card>
      )}
    </>
  )
}

const EVENT_WORDS: Record<string, string> = {
  processed: 'Taken by the provider',
  delivered: 'Delivered',
  'hard-bounced': 'Bounced',
  'soft-bounced': 'Refused for now',
  dropped: 'Dropped by the provider',
  complained: 'Reported as spam',
}

const Times = ({ mail, timeZone }: { mail: ShownMail; timeZone: string }) => {
  const { status, statusAt, queuedAt, sentAt, attempts, againOf, askedBy } = mail
  return (
    <dl class="facts">
      <Fact label="Queued">
        <Time at={queuedAt} timeZone={timeZone} />
      </Fact>
      {sentAt !== null && (
        <Fact label="Sent">
          <Time at={sentAt} timeZone={timeZone} />
        </Fact>
      )}
      {status !== 'queued' && status !== 'sent' && (
        <Fact label={MAIL_STATUS_WORDS[status]}>
          <Time at={statusAt} timeZone={timeZone} />
        </Fact>
      )}
      <Fact label="Attempts">{attempts}</Fact>
      {againOf !== null && (
        <Fact label="Sent again by">
          {askedBy?.name}, <a href={routes.mail(againOf)}>in place of this one</a>
        </Fact>
      )}
      {againOf === null && askedBy !== null && <Fact label="Asked for by">{askedBy.name}</Fact>}
    </dl>
  )
}

const Reasons = (props: { mail: ShownMail; events: MailEvent[]; timeZone: string }) => {
  const { mail, events, timeZone } = props
  const { reason, providerId } = mail
  if (reason === null && providerId === null && events.length === 0) return null
  return (
    <dl class="facts aside">
      {reason !== null && <Fact label="Why">{reason}</Fact>}
      {events.length > 0 && (
        <Fact label="The provider told">
          {events.map(({ event, at, reason }) => (
            <div>
              <Time at={at} timeZone={timeZone} />:{' '}
              {[EVENT_WORDS[event] ?? event, reason].filter(Boolean).join(', ')}
            </div>
          ))}
        </Fact>
      )}
      {providerId !== null && <Fact label="Provider’s id">{providerId}</Fact>}
    </dl>
  )
}

const MessageCards = ({ mailId, message }: { mailId: string; message: Message }) => (
  <>
    <Card title="Message" id="message">
      <dl class="facts">
        <Fact label="Subject">{message.subject}</Fact>
        <Fact label="From">
          {message.from.name} {message.from.email !== '' && `<${message.from.email}>`}
        </Fact>
        <Fact label="To">{message.to}</Fact>
        {message.replyTo !== '' && <Fact label="Reply-To">{message.replyTo}</Fact>}
        {Object.entries(message.headers).map(([name, value]) => (
          <Fact label={name}>{value}</Fact>
        ))}
      </dl>
    </Card>
    <Card title="HTML" id="html" flush>
      <iframe
        class="message"
        src={routes.mailHtml(mailId)}
        title="The message as HTML"
        height={frameHeight(message.text)}
        sandbox=""
        loading="lazy"
      ></iframe>
    </Card>
    <Card title="Plain text" id="text">
      <pre>{message.text}</pre>
    </Card>
  </>
)

const Fact = ({ label, children }: { label: string; children?: Child }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)
