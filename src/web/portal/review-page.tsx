import { formatMoney } from '../../money.ts'
import type { PlaceRequestInput } from '../../orders/place-request.ts'
import type { Review } from '../../orders/read-review.ts'
import type { Statement } from '../../orders/statement.ts'
import type { Problem } from '../../result.ts'
import { routes } from '../../routes.ts'
import { LinesTable } from '../dashboard/documents/statement-sheet.tsx'
import { StatementStub } from '../dashboard/order/statement.tsx'
import { count } from '../dashboard/order-words.tsx'
import type { Form } from '../form.ts'
import { Banner } from '../ui/banner.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { ErrorSummary } from '../ui/error-summary.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { CaseNotes } from './case-notes.tsx'
import { ShopPage } from './shop-page.tsx'

/** What a shop types beside its lines. */
export type TypedRequest = Omit<PlaceRequestInput, 'id' | 'lines'>

const NAMES = [
  ...(['businessName', 'contactName', 'email', 'phone', 'street', 'city', 'region'] as const),
  ...(['postcode', 'country', 'wantedDate', 'note', 'poNumber'] as const),
] satisfies (keyof TypedRequest)[]

export function typedFrom(form: Form): TypedRequest {
  return Object.fromEntries(NAMES.map((name) => [name, form.text(name)])) as TypedRequest
}

interface ReviewProps {
  review: Review
  token: string
  /** Of the request that this form becomes. */
  id: string
  typed?: TypedRequest
  problems: Problem[]
}

/** The last look before a request is sent: what it comes to, and who sends it. */
export const ReviewPage = (props: ReviewProps) => {
  const { review, token } = props
  return (
    <ShopPage portal={review.portal} token={token} title="Review your order">
      <PageHead
        title="Review your order"
        back={{ href: routes.portal(token), label: 'Change quantities' }}
        lead="Nothing is sent yet."
      />
      {review.lines.length === 0 ? <NothingChosen {...props} /> : <ReviewForm {...props} />}
    </ShopPage>
  )
}

const NothingChosen = ({ review, token, problems }: ReviewProps) => (
  <>
    <Changes problems={problems} />
    <Gone gone={review.gone} isTold={problems.length > 0} />
    <Empty
      title="Nothing is chosen yet"
      icon="package"
      actions={
        <LinkButton kind="primary" href={routes.portal(token)}>
          Choose products
        </LinkButton>
      }
    >
      Quantities are kept by your browser, in a cookie that only this link sees.
    </Empty>
  </>
)

const ReviewForm = (props: ReviewProps) => {
  const { review, token, id, problems } = props
  const { portal, lines, missing } = review
  const { currency } = portal.settings
  const statement = statementOf(review)
  return (
    <form class="form" method="post" action={routes.portalRequests(token)} novalidate id="draft">
      <Changes problems={problems} />
      <div id="offline" hidden>
        <Banner tone="error" title="No connection">
          <p>Nothing was sent, and everything is kept. Send it once you are online again.</p>
        </Banner>
      </div>
      <Gone gone={review.gone} isTold={problems.length > 0} />
      <CaseNotes lines={lines} />
      <input type="hidden" name="id" value={id} />
      {lines.map(({ product, quantity }) => (
        <input
          type="hidden"
          name="line"
          value={JSON.stringify([
            ...[product.number, quantity, product.unitPrice, product.retailPrice, product.name],
          ])}
        />
      ))}
      <div class="order">
        <div class="column">
          <Card title="Products" flush>
            <LinesTable statement={statement} />
          </Card>
          <StatementStub statement={statement} />
        </div>
        <div class="column">
          <AboutCard {...props} />
          <ContactCard {...props} />
        </div>
      </div>
      <div class="bottom-bar shop-bar">
        <output>
          <b>
            {count(statement.totals.pieces, 'piece')} · {formatMoney(statement.totals.netTotal, currency)}
          </b>
          {missing > 0 && <span class="soft small">{formatMoney(missing, currency)} to the minimum</span>}
        </output>
        {missing > 0 ? (
          <LinkButton kind="primary" href={routes.portal(token)}>
            Add products
          </LinkButton>
        ) : (
          <Button kind="primary">Send request</Button>
        )}
      </div>
    </form>
  )
}

/** What has changed since the shop looked, and what it has to type again. */
const Changes = ({ problems }: { problems: Problem[] }) => {
  const hasChanged = problems.some(({ field }) => field === 'lines')
  return (
    <ErrorSummary
      title={hasChanged ? 'This has changed since you looked. Nothing was sent: decide again.' : undefined}
      problems={problems.map(({ field, message }) => ({
        ...{ message, name: (NAMES as string[]).includes(field) ? field : undefined },
      }))}
    />
  )
}

/** `isTold` where the summary names them already. */
const Gone = ({ gone, isTold }: { gone: number; isTold: boolean }) =>
  gone > 0 && !isTold ? (
    <Banner tone="warning">
      <p>
        {gone === 1 ? 'One product you chose is' : `${gone} products you chose are`} not offered any more, and
        left out.
      </p>
    </Banner>
  ) : null

const AboutCard = ({ review, typed, problems }: ReviewProps) => {
  const errorOf = errorIn(problems)
  return (
    <Card title="About this order">
      <div class="fields tight">
        <TextField
          label="PO number"
          name="poNumber"
          value={typed?.poNumber ?? ''}
          error={errorOf('poNumber')}
          hint="If you use one"
        />
        <TextField
          type="date"
          label="Wanted by"
          name="wantedDate"
          value={typed?.wantedDate ?? ''}
          error={errorOf('wantedDate')}
          hint={`From ${review.today} on, if it matters`}
        />
      </div>
      <TextArea label="Note" name="note" value={typed?.note ?? ''} rows={3} error={errorOf('note')} />
    </Card>
  )
}

const ContactCard = ({ review, typed, problems }: ReviewProps) => {
  const errorOf = errorIn(problems)
  const isNew = review.portal.retailer === null
  const field = (name: keyof TypedRequest) => ({
    ...{ name, value: (typed ?? review.contact)[name as keyof typeof review.contact], error: errorOf(name) },
  })
  return (
    <Card title="Contact and shipping">
      {isNew && <TextField label="Shop" required autocomplete="organization" {...field('businessName')} />}
      <div class="fields">
        <TextField label="Your name" required={isNew} autocomplete="name" {...field('contactName')} />
        <TextField label="E-mail" type="email" required={isNew} autocomplete="email" {...field('email')} />
        <TextField label="Phone" type="tel" autocomplete="tel" {...field('phone')} />
      </div>
      <TextField
        label="Street"
        required={isNew}
        autocomplete="shipping street-address"
        {...field('street')}
      />
      <div class="fields tight">
        <TextField label="City" required={isNew} autocomplete="shipping address-level2" {...field('city')} />
        <TextField label="State or region" autocomplete="shipping address-level1" {...field('region')} />
        <TextField label="Postcode" autocomplete="shipping postal-code" {...field('postcode')} />
        <TextField label="Country" autocomplete="shipping country-name" {...field('country')} />
      </div>
    </Card>
  )
}

const errorIn = (problems: Problem[]) => (name: string) =>
  problems.find(({ field }) => field === name)?.message

/** The same statement that the e-mail and the order page will show. */
function statementOf({ portal, lines, totals, contact, today }: Review): Statement {
  const { type, rate, settings } = portal
  return {
    ...{ retailerName: contact.businessName, contactName: contact.contactName, type, rate, totals },
    ...{ date: today, shipBy: '', poNumber: '', status: 'awaiting_approval', trackingNumber: '' },
    ...{ invoiceLink: '', currency: settings.currency, discount: 0, shipping: 0, otherCharges: 0, tax: 0 },
    paymentStatus: type === 'wholesale' ? 'awaiting_payment' : 'none_expected',
    lines: lines.map(({ product, quantity }) => {
      const { name, sku, retailPrice, unitPrice } = product
      return { name, sku, quantity, unitRetail: retailPrice, unitPrice }
    }),
  }
}
