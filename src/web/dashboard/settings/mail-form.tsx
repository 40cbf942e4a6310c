import { MAIL_EVENTS, type MailEvent } from '../../../mail/mail-event.ts'
import type { NotificationEmail } from '../../../mail/recipients.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import type { Settings } from '../../../settings/settings-store.ts'
import { MAX_NOTIFICATION_EMAILS } from '../../../settings/update-mail-settings.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { fieldId, TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { MAIL_EVENT_WORDS } from '../recipient-words.ts'
import type { Difference } from '../saved-meanwhile.tsx'

/** The form's fields as they were typed. */
export interface Typed {
  replyTo: string
  rows: { email: string; events: MailEvent[] }[]
}

export const typedFrom = ({ replyTo, notificationEmails }: Settings): Typed => ({
  ...{ replyTo, rows: notificationEmails },
})

/** A row to type one more address into. */
export const BLANK_ROW: NotificationEmail = { email: '', events: [...MAIL_EVENTS] }

/** Where answers go, and who in the business is told of what. */
export const MailForm = (props: { typed: Typed; problems: Problem[]; revision: number }) => {
  const { typed, problems } = props
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.message
  return (
    <form class="form prose" method="post" action={routes.mailSettings()} novalidate>
      <input type="hidden" name="revision" value={String(props.revision)} />
      <Card title="Answers">
        <TextField
          label="Reply-to address"
          name="replyTo"
          type="email"
          autocomplete="email"
          value={typed.replyTo}
          error={errorOf('replyTo')}
          hint="Where a retailer’s answer to an order e-mail goes"
        />
      </Card>
      <Card title="Notification e-mails">
        <div class="form">
          <p class="soft">
            Each gets a message of its own about what it is told of, at most {MAX_NOTIFICATION_EMAILS}{' '}
            addresses. Empty one to remove it.
          </p>
          {typed.rows.map((row, index) => (
            <Row row={row} index={index} errorOf={errorOf} />
          ))}
        </div>
      </Card>
      <div class="row">
        <Button kind="primary">Save settings</Button>
        <Button name="do" value="add" icon="add">
          Add another address
        </Button>
      </div>
    </form>
  )
}

const Row = (props: {
  row: Typed['rows'][number]
  index: number
  errorOf: (field: string) => string | undefined
}) => {
  const { row, index, errorOf } = props
  const name = `notificationEmails.${index}`
  const error = errorOf(`${name}.events`)
  return (
    <fieldset class="form">
      <legend class="visually-hidden">Notification address {index + 1}</legend>
      <TextField
        label="E-mail address"
        name={`${name}.email`}
        type="email"
        value={row.email}
        error={errorOf(`${name}.email`)}
      />
      <fieldset class={error ? 'invalid' : undefined}>
        <legend>Is told of orders</legend>
        <div class="row">
          {MAIL_EVENTS.map((event, at) => (
            <label class="check">
              <input
                type="checkbox"
                id={at === 0 ? fieldId(`${name}.events`) : undefined}
                name={`${name}.events`}
                value={event}
                checked={row.events.includes(event)}
              />
              <span>{MAIL_EVENT_WORDS[event]}</span>
            </label>
          ))}
        </div>
        {error && (
          <p class="field-error">
            <Icon name="error" />
            {error}
          </p>
        )}
      </fieldset>
    </fieldset>
  )
}

/** Where what was typed differs from what somebody else saved meanwhile. */
export function differencesOf(typed: Typed, saved: Typed): Difference[] {
  const fields: Difference[] = [
    { label: 'Reply-to address', saved: saved.replyTo, typed: typed.replyTo.trim() },
    { label: 'Notification e-mails', saved: rowWords(saved.rows), typed: rowWords(typed.rows) },
  ]
  return fields.filter((field) => field.saved !== field.typed)
}

/** Addresses with what each is told of, where that is not everything. */
export function rowWords(rows: Typed['rows']): string {
  return rows
    .filter(({ email }) => email.trim() !== '')
    .map(({ email, events }) =>
      events.length === MAIL_EVENTS.length
        ? email.trim()
        : `${email.trim()} (${events.map((event) => MAIL_EVENT_WORDS[event]).join(', ')})`,
    )
    .join(', ')
}
