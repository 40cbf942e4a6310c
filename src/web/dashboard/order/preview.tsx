import type { PropsWithChildren } from 'hono/jsx'
import type { PreviewedMessage } from '../../../orders/preview-update.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { frameHeight } from '../mail-words.tsx'
import { saveWords } from './update-form.tsx'

export interface Preview {
  number: number
  messages: PreviewedMessage[]
  /** The form as it was typed, for an address; null where it is too long for one. */
  typed: string | null
}

/** The preview beside the update form. */
export const PreviewPanel = (preview: Preview) => (
  <Panel number={preview.number}>
    <Messages {...preview} />
  </Panel>
)

/** Why there is nothing to show yet, in the preview's place. */
export const NoPreview = ({ number, problems }: { number: number; problems: Problem[] }) => (
  <Panel number={number}>
    <Banner tone="warning" title="No preview yet">
      {problems.map(({ message }) => (
        <p>{message}</p>
      ))}
    </Banner>
  </Panel>
)

// Once it is open, it follows what is typed, so that it never shows what would not be sent.
const Panel = ({ number, children }: PropsWithChildren<{ number: number }>) => (
  <section
    class="column"
    aria-label="Preview of the e-mail"
    hx-post={routes.orderPreview(number)}
    hx-trigger="change from:#update"
    hx-include="#update form"
    hx-target="#preview"
  >
    {children}
  </section>
)

/** The preview as a page: with everything typed, to be saved or to go on typing. */
export const PreviewPage = (props: Preview & { fields: [string, string][] }) => (
  <div class="column prose">
    <Messages {...props} />
    <form class="row" method="post" action={routes.orderUpdates(props.number)}>
      {props.fields.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Button kind="primary">
        {props.messages.length === 0 ? 'Save update' : saveWords(props.messages[0]!.recipients[0]!)}
      </Button>
      <Button name="do" value="edit">
        Back to the form
      </Button>
    </form>
  </div>
)

const Messages = ({ number, messages, typed }: Preview) => (
  <>
    {messages.length === 0 && (
      <Banner tone="info">
        <p>No e-mail goes out: you chose No.</p>
      </Banner>
    )}
    {messages.map((one, index) => (
      <Card title={`E-mail to ${one.recipients.join(', ')}`} flush>
        <Head {...one} />
        {index === 0 ? (
          <Body number={number} typed={typed} {...one} />
        ) : (
          <details class="card-body disclosure">
            <summary>Show it</summary>
            <Body number={number} typed={typed} {...one} />
          </details>
        )}
      </Card>
    ))}
  </>
)

const Head = ({ recipients, message: { subject, from, replyTo } }: PreviewedMessage) => {
  const facts = {
    Subject: subject,
    From: from.email === '' ? from.name : `${from.name} <${from.email}>`,
    'Reply-To': replyTo,
  }
  return (
    <div class="card-body">
      <dl class="facts">
        {Object.entries(facts)
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {recipients.length > 1 && <p class="soft small">Each gets a message of their own.</p>}
    </div>
  )
}

const Body = (props: PreviewedMessage & Pick<Preview, 'number' | 'typed'>) => {
  const { number, typed, audience, recipients, message } = props
  return (
    <>
      {typed === null ? (
        <p class="card-body">It is too long to be shown as it will look. This is its plain text.</p>
      ) : (
        <iframe
          class="message"
          src={routes.orderPreviewHtml(number, { audience, typed })}
          title={`The message to ${recipients.join(', ')}`}
          height={frameHeight(message.text)}
          sandbox=""
          loading="lazy"
        ></iframe>
      )}
      <details class="card-body" open={typed === null}>
        <summary>Plain text</summary>
        <pre>{message.text}</pre>
      </details>
    </>
  )
}
