import { MAIL_EVENTS } from '../../../mail/mail-event.ts'
import type { NotificationEmail } from '../../../mail/recipients.ts'
import { numberWords } from '../../../number-words.ts'
import type { StatusCounts } from '../../../orders/bulk-change.ts'
import type { BulkChange } from '../../../orders/bulk-step-store.ts'
import {
  ORDER_STATUS_WORDS,
  ORDER_STATUSES,
  PAYMENT_STATUS_WORDS,
  PAYMENT_STATUSES,
} from '../../../orders/order.ts'
import type { Problem } from '../../../result.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Checkbox, RadioChoice, SelectField, TextArea } from '../../ui/field.tsx'
import { count } from '../order-words.tsx'
import { recipientWords } from '../recipient-words.ts'

/** What stands in the form: nothing yet, what an earlier bulk change did, or what was typed. */
export interface ChangeValues {
  id: string
  status: string
  paymentStatus: string
  email: string
  comment: string
  pull: boolean
  goods: string
  allowShortage: boolean
}

/** A form to begin with. Whether to write e-mails is asked anew, also where a change is tried again. */
export function blankValues(id: string, before: BulkChange | null): ChangeValues {
  return {
    ...{ id, email: '', allowShortage: before?.allowShortage ?? false, pull: before?.pull ?? true },
    ...{ status: before?.status ?? '', paymentStatus: before?.paymentStatus ?? '' },
    ...{ comment: before?.comment ?? '', goods: before?.goods ?? '' },
  }
}

const ITS_RETAILER = { email: 'its retailer' }
/** What a change of an order that is there can be. */
const CHANGES = MAIL_EVENTS.filter((event) => event !== 'placed' && event !== 'requested')

const asItIs = { value: '', label: 'Leave as it is' }

/** What is to be done to every selected order, with the questions that their statuses ask. */
export const ChangeForm = (props: {
  action: string
  values: ChangeValues
  problems: Problem[]
  counts: StatusCounts
  total: number
  notificationEmails: NotificationEmail[]
  /** True where some of the orders were refused for want of stock before. */
  isShort: boolean
}) => {
  const { action, values, problems, counts, total, notificationEmails, isShort } = props
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.message
  return (
    <Card title="What to change">
      <form class="form update" method="post" action={action} novalidate>
        <input type="hidden" name="id" value={values.id} />
        <input type="hidden" name="expected" value={String(total)} />
        <div class="fields">
          <SelectField
            label="Order status"
            name="status"
            value={values.status}
            error={errorOf('status')}
            hint={counts.delivered > 0 ? finalWords(counts.delivered) : undefined}
            options={[
              asItIs,
              ...ORDER_STATUSES.map((value) => ({ value, label: ORDER_STATUS_WORDS[value] })),
            ]}
          />
          <SelectField
            label="Payment status"
            name="paymentStatus"
            value={values.paymentStatus}
            error={errorOf('paymentStatus')}
            options={[
              asItIs,
              ...PAYMENT_STATUSES.map((value) => ({ value, label: PAYMENT_STATUS_WORDS[value] })),
            ]}
          />
        </div>
        {counts.awaiting_approval > 0 && (
          <Checkbox
            label="Pull from On Hand"
            name="pull"
            checked={values.pull}
            hint="Reserves the units of wholesale requests that are approved by this"
          />
        )}
        {counts.shipped > 0 && (
          <div class="asked-for-canceled">
            <RadioChoice
              label={`${count(counts.shipped, 'order')} of these left already: did the goods come back?`}
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
        <TextArea
          label="Comment"
          name="comment"
          value={values.comment}
          error={errorOf('comment')}
          hint="In each e-mail if they are sent; otherwise an internal note at each order"
        />
        <RadioChoice
          label="Send email update?"
          name="email"
          value={values.email}
          error={errorOf('email')}
          required
          hint={`For each order that changes, to ${recipientWords(ITS_RETAILER, notificationEmails, CHANGES)}`}
          choices={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
          ]}
        />
        <div class="asked-for-delivered">
          <Checkbox
            label="Delivered is final: fix lines, prices and charges of these orders"
            name="confirmed"
            error={errorOf('confirmed')}
          />
        </div>
        {isShort && (
          <Checkbox
            label="Reserve anyway; the rest is to be made"
            name="allowShortage"
            checked={values.allowShortage}
            hint="Available goes below zero"
          />
        )}
        <Button kind="primary" size="full">
          Change {count(total, 'order')}
        </Button>
      </form>
    </Card>
  )
}

function finalWords(delivered: number): string {
  return delivered === 1
    ? 'One of these is Delivered, which is final.'
    : `${numberWords(delivered)} of these are Delivered, which is final.`
}
