import type { PropsWithChildren } from 'hono/jsx'
import { mailEventOf } from '../../../mail/mail-event.ts'
import type { NotificationEmail } from '../../../mail/recipients.ts'
import {
  mayBecome,
  ORDER_STATUS_WORDS,
  ORDER_STATUSES,
  type Order,
  PAYMENT_STATUS_WORDS,
  PAYMENT_STATUSES,
} from '../../../orders/order.ts'
import { recogniseTracking } from '../../../orders/tracking.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Checkbox, RadioChoice, SelectField, TextArea, TextField } from '../../ui/field.tsx'
import { recipientWords } from '../recipient-words.ts'

/** What stands in the update form: from the order, or as it was typed when it was refused. */
export interface UpdateValues {
  changeId: string
  status: string
  paymentStatus: string
  email: string
  trackingNumber: string
  invoiceLink: string
  comment: string
  pull: boolean
  goods: string
  confirmed: boolean
  allowShortage: boolean
}

/** Whether the box is ticked before anybody touches it: approving offers to pull (DOMAIN.md §3). */
export const pullOffered = ({ pull, status }: Pick<Order, 'pull' | 'status'>) =>
  pull || status === 'awaiting_approval'

export function updateValuesOf(order: Order, changeId: string): UpdateValues {
  const { status, paymentStatus, trackingNumber, invoiceLink } = order
  return {
    ...{ changeId, status, paymentStatus, trackingNumber, invoiceLink },
    ...{ email: '', comment: '', goods: '', pull: pullOffered(order) },
    ...{ confirmed: false, allowShortage: false },
  }
}

/** What the button does that saves and sends; the first recipient stands for the others. */
export const saveWords = (recipient: string) =>
  recipient === '' ? 'Save and email the notification addresses' : `Save and email ${recipient}`

/** The status update form (DOMAIN.md §5). Questions that only some changes ask appear with their answer's status. */
export const UpdateForm = (props: {
  order: Order
  values: UpdateValues
  problems: Problem[]
  contact: { email: string }
  notificationEmails: NotificationEmail[]
  isShort: boolean
  isFolded: boolean
}) => {
  const { order, values, problems, contact, notificationEmails, isShort } = props
  const statuses = ORDER_STATUSES.filter((status) => mayBecome(order.status, status))
  const recipients = recipientWords(
    contact,
    notificationEmails,
    statuses.map((status) => mailEventOf('updated', order.status, status)),
  )
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.message
  const asksToPull = order.type === 'wholesale' && !['shipped', 'delivered'].includes(order.status)
  return (
    <Folding isFolded={props.isFolded}>
      <form class="form update" method="post" action={routes.orderUpdates(order.number)} novalidate>
        <input type="hidden" name="changeId" value={values.changeId} />
        <input type="hidden" name="revision" value={String(order.revision)} />
        <div class="fields tight">
          <SelectField
            label="Order status"
            name="status"
            value={values.status}
            error={errorOf('status')}
            options={statuses.map((value) => ({ value, label: ORDER_STATUS_WORDS[value] }))}
          />
          <SelectField
            label="Payment status"
            name="paymentStatus"
            value={values.paymentStatus}
            error={errorOf('paymentStatus')}
            options={PAYMENT_STATUSES.map((value) => ({ value, label: PAYMENT_STATUS_WORDS[value] }))}
          />
        </div>
        {asksToPull && (
          <div class={pullOffered(order) && !order.pull ? 'asked-for-approved' : undefined}>
            <input type="hidden" name="asksToPull" value="1" />
            <Checkbox
              label="Pull from On Hand"
              name="pull"
              checked={values.pull}
              error={errorOf('pull')}
              hint="Reserves the units for this order. Off: they stay available until it ships."
            />
          </div>
        )}
        {order.status === 'shipped' && (
          <div class="asked-for-canceled">
            <RadioChoice
              label="If canceled: did the goods come back?"
              name="goods"
              value={values.goods}
              error={errorOf('goods')}
              choices={[
                { value: 'came_back', label: 'Yes', hint: 'On hand grows' },
                { value: 'written_off', label: 'No', hint: 'Written off' },
              ]}
            />
          </div>
        )}
        <TextField
          label="Tracking number"
          name="trackingNumber"
          value={values.trackingNumber}
          error={errorOf('trackingNumber')}
          hint={trackingHint(values.trackingNumber)}
        />
        <TextField
          label="Invoice link"
          name="invoiceLink"
          type="url"
          value={values.invoiceLink}
          error={errorOf('invoiceLink')}
          placeholder="https://"
        />
        <TextArea
          label="Comment"
          name="comment"
          value={values.comment}
          error={errorOf('comment')}
          hint="In the e-mail if one is sent; otherwise an internal note"
        />
        <RadioChoice
          label="Send email update?"
          name="email"
          value={values.email}
          error={errorOf('email')}
          required
          hint={recipients === '' ? 'Nobody to write to yet' : `To ${recipients}`}
          choices={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
          ]}
        />
        {order.status !== 'delivered' && mayBecome(order.status, 'delivered') && (
          <div class="asked-for-delivered">
            <Checkbox
              label="Delivered is final: fix lines, prices and charges"
              name="confirmed"
              checked={values.confirmed}
              error={errorOf('confirmed')}
            />
          </div>
        )}
        {isShort && (
          <Checkbox
            label="Reserve anyway; the rest is to be made"
            name="allowShortage"
            checked={values.allowShortage}
            hint="Available goes below zero"
          />
        )}
        <Button kind="primary" size="full">
          <span class="if-silent">Save update</span>
          <span class="if-mailing">{saveWords(contact.email)}</span>
        </Button>
        {recipients !== '' && <PreviewButton number={order.number} inPlace />}
      </form>
    </Folding>
  )
}

/** While the approval asks the same questions, the form waits behind a line of its own. */
const Folding = ({ isFolded, children }: PropsWithChildren<{ isFolded: boolean }>) => (
  <Card title="Update" id="update">
    {isFolded ? (
      <details class="disclosure">
        <summary>Change something else</summary>
        {children}
      </details>
    ) : (
      children
    )}
  </Card>
)

/** A carrier that is named here is named in the e-mails, too. */
function trackingHint(number: string): string {
  const carrier = recogniseTracking(number)?.carrier
  return `${carrier ? `${carrier}. ` : ''}Goes into every update e-mail`
}

/** Leads to the e-mails as they would go out: to a page, or to their place beside the update form. */
export const PreviewButton = ({ number, inPlace }: { number: number; inPlace?: boolean }) => (
  <Button
    size="full"
    formaction={routes.orderPreview(number)}
    attributes={inPlace ? { 'hx-post': routes.orderPreview(number), 'hx-target': '#preview' } : undefined}
  >
    Preview e-mail
  </Button>
)
