import type { Child } from 'hono/jsx'
import type { Message } from '../../../mail/mail-port.ts'
import type { MailRow } from '../../../mail/mail-store.ts'
import type { MailView } from '../../../mail/read-mail.ts'
import { routes } from '../../../routes.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Time } from '../../ui/time.tsx'

/** One e-mail: what became of it, and exactly what was sent. */
export const MailPage = ({ view: { frame, mail, message } }: { view: MailView }) => {
  const { timeZone } = frame.settings
  return (
    <>
      <Fate mail={mail} timeZone={timeZone} />
      <Card title="Delivery" id="delivery">
        <Facts mail={mail} timeZone={timeZone} />
      </Card>
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

/** What staff should know about a message that is not simply on its way or sent, and what they can do. */
const Fate = ({ mail, timeZone }: { mail: MailRow; timeZone: string }) => {
  const { status, reason, againId } = mail
  if (againId !== null) {
    return (
      <Banner tone="info">
        <p>
          This message was sent again. <a href={routes.mail(againId)}>Show the later one</a>
        </p>
      </Banner>
    )
  }
  switch (status) {
    case 'failed':
      return (
        <Banner tone="error" title="This e-mail was not sent">
          <p>{reason}</p>
          <SendAgain mail={mail} />
        </Banner>
      )
    case 'unknown':
      return (
        <Banner tone="warning" title="It may have arrived">
          <p>{reason}</p>
          <p>
            Nobody knows whether {mail.recipient} got it, so it is not sent again by itself. If you send it
            again, it may arrive twice.
          </p>
          <SendAgain mail={mail} />
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
          <p>No mail provider is set up, so this message stayed here to be read.</p>
        </Banner>
      )
    default:
      return null
  }
}

const SendAgain = ({ mail }: { mail: MailRow }) => (
  <form method="post" action={routes.mailDispatch(mail.id)}>
    <Button icon="retry">Send again</Button>
  </form>
)

const Facts = ({ mail, timeZone }: { mail: MailRow; timeZone: string }) => {
  const { queuedAt, sentAt, attempts, providerId, reason, againOf, askedBy } = mail
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
      <Fact label="Attempts">{attempts}</Fact>
      {reason !== null && <Fact label="Why">{reason}</Fact>}
      {providerId !== null && <Fact label="Provider’s id">{providerId}</Fact>}
      {againOf !== null && (
        <Fact label="Sent again by">
          {askedBy?.name}, <a href={routes.mail(againOf)}>in place of this one</a>
        </Fact>
      )}
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
