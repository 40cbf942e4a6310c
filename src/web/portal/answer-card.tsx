import type { Child } from 'hono/jsx'
import { formatMoney } from '../../money.ts'
import type { ChangesToAnswer } from '../../orders/changes-to-answer.ts'
import type { OwnOrder } from '../../orders/read-own-order.ts'
import type { Problem } from '../../result.ts'
import { routes } from '../../routes.ts'
import { AMOUNTS } from '../dashboard/order-words.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ErrorSummary } from '../ui/error-summary.tsx'
import { TextArea } from '../ui/field.tsx'
import { dayText } from '../ui/time-text.ts'

/** What the maker changed of a request, and the two things that a shop may say to it. */
export const AnswerCard = (props: {
  own: OwnOrder
  token: string
  changeId: string
  comment: string
  problems: Problem[]
}) => {
  const { own, token, changeId, comment, problems } = props
  const { order, toAnswer, portal } = own
  const summary = (
    <ErrorSummary problems={problems.map(({ field, message }) => ({ message, name: field || undefined }))} />
  )
  if (!toAnswer) return comment === '' ? summary : <Unsent summary={summary} comment={comment} />
  const keys = (
    <>
      <input type="hidden" name="changeId" value={changeId} />
      <input type="hidden" name="revision" value={String(order.revision)} />
    </>
  )
  return (
    <>
      {summary}
      <Card title={`${portal.settings.businessName} changed your order`} id="changes">
        <ul class="changes">
          {changeWords(toAnswer, portal.settings.currency).map((words) => (
            <li>{words}</li>
          ))}
        </ul>
        <form class="form" method="post" action={routes.portalAnswers(token, order.number)} novalidate>
          {keys}
          <TextArea
            label="Your answer"
            name="comment"
            value={comment}
            rows={2}
            hint="Needed only if something is not as you want it."
            error={problems.find(({ field }) => field === 'comment')?.message}
          />
          <div class="row">
            <Button kind="primary" name="answer" value="accepted">
              Accept the changes
            </Button>
            <Button name="answer" value="replied">
              Send the answer
            </Button>
          </div>
        </form>
      </Card>
    </>
  )
}

/** What was typed when nothing waited for it any more. */
const Unsent = ({ summary, comment }: { summary: Child; comment: string }) => (
  <>
    {summary}
    <Card title="Your answer was not sent">
      <p class="quote">{comment}</p>
    </Card>
  </>
)

/** "Speckled mug, sea: 24 → 12", one line each. */
function changeWords({ lines, fields, toBeMade }: ChangesToAnswer, currency: string): string[] {
  const money = (amount: string | number | boolean) => formatMoney(Number(amount), currency)
  const words = lines.map(({ name, from, to }) => {
    if (!to) return `${name}: removed, ${from?.quantity} were ordered`
    if (!from) return `${name}: ${to.quantity} added, at ${money(to.unitPrice)} each`
    const parts: string[] = []
    if (from.quantity !== to.quantity) parts.push(`${from.quantity} → ${to.quantity}`)
    if (from.unitPrice !== to.unitPrice) parts.push(`price ${money(from.unitPrice)} → ${money(to.unitPrice)}`)
    return `${name}: ${parts.join(', ')}`
  })
  for (const { field, from, to } of fields) {
    const label = AMOUNTS.find(({ name }) => name === field)?.label
    const value = (side: typeof from) => (side === '' ? 'none' : dayText(String(side)))
    words.push(
      label ? `${label}: ${money(from)} → ${money(to)}` : `Promised ship date: ${value(from)} → ${value(to)}`,
    )
  }
  if (toBeMade) words.push('Part of it has to be made first.')
  return words
}
