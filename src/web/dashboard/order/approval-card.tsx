import type { PropsWithChildren } from 'hono/jsx'
import { mailEventOf } from '../../../mail/mail-event.ts'
import type { NotificationEmail } from '../../../mail/recipients.ts'
import type { Order } from '../../../orders/order.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Checkbox, RadioChoice, TextArea } from '../../ui/field.tsx'
import { recipientWords } from '../recipient-words.ts'
import { PreviewButton, type UpdateValues } from './update-form.tsx'

/** The two answers to a request. Each is an update of the order like any other. */
export const ANSWERS = { approve: 'new', decline: 'canceled' } as const
export type Answer = keyof typeof ANSWERS

/** The id of a field of an answer's form: the update form below has fields of the same names. */
export const answerFieldId = (answer: Answer, field: string) => `${answer}-${field}`

type ApprovalCardProps = {
  order: Order
  /** For the update that approves, and for the one that declines. */
  newIds: Record<Answer, string>
  /** What was typed into the form that was refused. */
  refused?: { answer: Answer; values: UpdateValues; problems: Problem[]; isShort: boolean }
  contact: { email: string }
  notificationEmails: NotificationEmail[]
}

/** What an order that awaits approval asks of staff: a retailer, then yes or no. */
export const ApprovalCard = (props: ApprovalCardProps) => (
  <Card title="Approval" id="approval">
    <div class="column">
      {props.order.retailerId === null ? <AsksForRetailer order={props.order} /> : <ApproveForm {...props} />}
      <DeclineForm {...props} />
    </div>
  </Card>
)

const AsksForRetailer = ({ order }: { order: Order }) => (
  <>
    <p>A new shop sent this request. Link it to a retailer before you approve it.</p>
    <div class="row">
      <LinkButton kind="primary" href={routes.orderRetailer(order.number, { new: '1' })}>
        Make a new retailer
      </LinkButton>
      <LinkButton href={routes.orderRetailer(order.number)}>Link to a retailer</LinkButton>
    </div>
  </>
)

const ApproveForm = (props: ApprovalCardProps) => {
  const { order } = props
  const refused = props.refused?.answer === 'approve' ? props.refused : undefined
  return (
    <AnswerForm answer="approve" {...props}>
      {order.type === 'wholesale' && (
        <>
          <input type="hidden" name="asksToPull" value="1" />
          <Checkbox
            label="Pull from On Hand"
            name="pull"
            id={answerFieldId('approve', 'pull')}
            checked={refused ? refused.values.pull : true}
            error={errorOf(refused, 'pull')}
            hint="Reserves the units for this order"
          />
        </>
      )}
      <EmailQuestion answer="approve" {...props} />
      <TextArea
        label="Comment"
        name="comment"
        id={answerFieldId('approve', 'comment')}
        rows={2}
        value={refused?.values.comment}
        error={errorOf(refused, 'comment')}
        hint="In the e-mail if one is sent; otherwise an internal note"
      />
      {refused?.isShort && (
        <Checkbox
          label="Reserve anyway; the rest is to be made"
          name="allowShortage"
          id={answerFieldId('approve', 'allowShortage')}
          hint="Available goes below zero"
        />
      )}
      <Button kind="primary" size="full">
        Approve request
      </Button>
      <PreviewButton number={order.number} />
    </AnswerForm>
  )
}

const DeclineForm = (props: ApprovalCardProps) => {
  const refused = props.refused?.answer === 'decline' ? props.refused : undefined
  return (
    <details class="disclosure" open={refused !== undefined}>
      <summary>Decline the request</summary>
      <AnswerForm answer="decline" {...props}>
        <TextArea
          label="Reason"
          name="comment"
          id={answerFieldId('decline', 'comment')}
          required
          rows={2}
          value={refused?.values.comment}
          error={errorOf(refused, 'comment')}
          hint="In the e-mail if one is sent; otherwise an internal note"
        />
        <EmailQuestion answer="decline" {...props} />
        <Button kind="danger">Decline request</Button>
        <PreviewButton number={props.order.number} />
      </AnswerForm>
    </details>
  )
}

const AnswerForm = (props: PropsWithChildren<ApprovalCardProps & { answer: Answer }>) => {
  const { answer, order, newIds, refused, children } = props
  const changeId = refused?.answer === answer ? refused.values.changeId : newIds[answer]
  return (
    <form class="form" method="post" action={routes.orderUpdates(order.number)} novalidate>
      <input type="hidden" name="answer" value={answer} />
      <input type="hidden" name="changeId" value={changeId} />
      <input type="hidden" name="revision" value={String(order.revision)} />
      <input type="hidden" name="status" value={ANSWERS[answer]} />
      <input type="hidden" name="paymentStatus" value={order.paymentStatus} />
      <input type="hidden" name="trackingNumber" value={order.trackingNumber} />
      <input type="hidden" name="invoiceLink" value={order.invoiceLink} />
      {children}
    </form>
  )
}

const EmailQuestion = (props: ApprovalCardProps & { answer: Answer }) => {
  const { answer, order, refused, contact, notificationEmails } = props
  const mine = refused?.answer === answer ? refused : undefined
  const event = mailEventOf('updated', order.status, ANSWERS[answer])
  const recipients = recipientWords(contact, notificationEmails, [event])
  return (
    <RadioChoice
      label="Send email update?"
      name="email"
      id={answerFieldId(answer, 'email')}
      value={mine?.values.email ?? ''}
      error={errorOf(mine, 'email')}
      required
      hint={recipients === '' ? 'Nobody to write to yet' : `To ${recipients}`}
      choices={[
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No' },
      ]}
    />
  )
}

function errorOf(refused: ApprovalCardProps['refused'], field: string): string | undefined {
  return refused?.problems.find((problem) => problem.field === field)?.message
}
