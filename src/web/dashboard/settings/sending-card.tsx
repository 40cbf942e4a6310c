import type { TestOutcome } from '../../../mail/send-test-mail.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import { Banner, type BannerTone } from '../../ui/banner.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'

/** Whether sending works: the address it comes from, a test, and the check of its domain. */
export const SendingCard = (props: {
  /** '' where no provider is configured. */
  from: string
  /** The form's own id: asked for twice, it is sent once. */
  id: string
  to: string
  problems: Problem[]
}) => (
  <div class="prose">
    <Card title="Sending" id="sending">
      <form class="form" method="post" action={routes.testMail()} novalidate>
        <input type="hidden" name="id" value={props.id} />
        <p>
          {props.from === ''
            ? 'No mail provider is set up: e-mails are kept on the Mail page, and nobody receives them.'
            : `E-mails come from ${props.from}.`}
        </p>
        <TextField
          label="Send a test to"
          name="to"
          type="email"
          autocomplete="email"
          value={props.to}
          error={props.problems.find(({ field }) => field === 'to')?.message}
        />
        <div class="row">
          <Button icon="mail">Send me a test</Button>
          <LinkButton kind="quiet" href={routes.sendingDomain()}>
            Check the sending domain
          </LinkButton>
        </div>
      </form>
    </Card>
  </div>
)

/** What the provider said to a test message. */
export const TestBanner = ({ to, outcome }: { to: string; outcome: TestOutcome }) => {
  const { tone, title, words } = wordsFor(to, outcome)
  return (
    <Banner tone={tone} title={title}>
      <p>{words}</p>
    </Banner>
  )
}

function wordsFor(to: string, outcome: TestOutcome): { tone: BannerTone; title: string; words: string } {
  switch (outcome.kind) {
    case 'accepted': {
      const id = outcome.providerId ? `, as ${outcome.providerId}` : ''
      const words = `The provider took the message to ${to}${id}. If it is not in the inbox in a few minutes, look into the spam folder and check the sending domain.`
      return { tone: 'success', title: 'Accepted', words }
    }
    case 'captured':
      return {
        ...{ tone: 'info', title: 'Captured, not sent' },
        words: `No mail provider is set up, so nothing went to ${to}. Set MAILCHANNELS_API_KEY and MAIL_FROM to send.`,
      }
    case 'refused':
      return { tone: 'error', title: 'Refused', words: `${outcome.reason} Nothing went to ${to}.` }
    case 'retry':
      return {
        ...{ tone: 'error', title: 'Not sent' },
        words: `${outcome.reason} Nothing went to ${to}. Order e-mails would be tried again by themselves.`,
      }
    case 'unknown':
      return { tone: 'warning', title: 'It may have arrived', words: outcome.reason }
    case 'sent_before':
      return {
        ...{ tone: 'info', title: 'Asked for before' },
        words: 'This test was asked for already, and is not sent twice. Ask for another one below.',
      }
  }
}
