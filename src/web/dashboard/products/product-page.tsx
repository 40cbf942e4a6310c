import type { PropsWithChildren } from 'hono/jsx'
import type { Product } from '../../../catalog/product-store.ts'
import type { ProductPageView } from '../../../catalog/read-product.ts'
import { formatMoney } from '../../../money.ts'
import { numberWords } from '../../../number-words.ts'
import type { Problem } from '../../../result.ts'
import { routes } from '../../../routes.ts'
import type { WebContext } from '../../session.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { Photo } from '../../ui/photo.tsx'
import { Pill } from '../../ui/pill.tsx'
import { ChangesCard } from '../changes/changes-card.tsx'
import { type StaffPage, staffPage } from '../page.tsx'
import { PictureCard } from '../pictures/picture-card.tsx'
import { MovementsTable } from './movements.tsx'
import { productWords } from './product-words.ts'
import { type AdjustmentValues, adjustmentFieldId, CountForm, ReceiveForm } from './stock-forms.tsx'
import { Available } from './stock-words.tsx'

/** The newest ones; the others have pages of their own. */
export const MOVEMENTS_SHOWN = 10

/** A refused adjustment, to be shown with what was typed. */
export interface RefusedAdjustment {
  values: AdjustmentValues
  problems: Problem[]
}

/** One product: its stock and what moved it, the forms that change the stock, and its facts. */
export function productPage(
  c: WebContext,
  view: ProductPageView,
  {
    refused,
    photoProblems = [],
    ...head
  }: Pick<StaffPage, 'toast' | 'undo' | 'status'> & {
    refused?: RefusedAdjustment
    photoProblems?: Problem[]
  },
) {
  const { frame, product, movements, hasOlderMovements } = view
  const { currency, timeZone } = frame.settings
  const form = (kind: AdjustmentValues['kind']) => {
    const mine = refused?.values.kind === kind ? refused : null
    const empty = { kind, id: c.var.ctx.newId(), quantity: '', reason: '' }
    return { product, values: mine?.values ?? empty, problems: mine?.problems ?? [] }
  }
  return staffPage(
    c,
    frame,
    {
      title: product.name,
      section: 'products',
      ...head,
      back: { href: routes.products(), label: 'Products' },
      pills: (
        <>
          {product.archived && <Pill tone="grey">Archived</Pill>}
          {product.lowStock && <Pill tone="amber">Low stock</Pill>}
        </>
      ),
      lead: [product.sku, product.collection].filter(Boolean).join(' · '),
      actions: <Actions product={product} />,
    },
    <>
      <ErrorSummary
        problems={[
          ...(refused ? summaryOf(refused) : []),
          ...photoProblems.map(({ field, message }) => ({ message, name: field || undefined })),
        ]}
      />
      {product.archived && (
        <Banner tone="info" title="Archived">
          <p>It is not offered for new orders. Orders that have it keep it, and its stock is kept.</p>
        </Banner>
      )}
      <div class="order">
        <div class="column">
          <StockFigures product={product} />
          <Card
            title="Movements"
            id="movements"
            flush
            actions={
              hasOlderMovements && (
                <LinkButton kind="quiet" href={routes.productMovements(product.id)}>
                  All movements
                </LinkButton>
              )
            }
          >
            <MovementsTable movements={movements} timeZone={frame.settings.timeZone} />
          </Card>
        </div>
        <div class="column">
          {product.stockTracked && (
            <>
              <ReceiveForm {...form('receive')} />
              <CountForm {...form('count')} />
            </>
          )}
          <PhotoCard product={product} formId={c.var.ctx.newId()} problems={photoProblems} />
          <Facts product={product} currency={currency} />
          <ChangesCard changes={view.changes} words={productWords(currency)} timeZone={timeZone} />
        </div>
      </div>
    </>,
  )
}

function summaryOf({ problems, values }: RefusedAdjustment) {
  return problems.map(({ field, message }) => ({
    message,
    id: ['quantity', 'reason'].includes(field) ? adjustmentFieldId(values.kind, field) : undefined,
  }))
}

const Actions = ({ product }: { product: Product }) => (
  <>
    <ArchivalForm product={product} icon={product.archived ? 'undo' : 'archive'}>
      {product.archived ? 'Restore' : 'Archive'}
    </ArchivalForm>
    <LinkButton icon="edit" href={routes.editProduct(product.id)}>
      Edit
    </LinkButton>
  </>
)

/** The button that archives a product, or restores it when it is archived. */
export const ArchivalForm = (
  props: PropsWithChildren<{ product: Product; kind?: 'quiet'; icon?: 'archive' | 'undo' }>,
) => (
  <form method="post" action={routes.productArchival(props.product.id)}>
    <input type="hidden" name="archived" value={props.product.archived ? 'no' : 'yes'} />
    <Button kind={props.kind} icon={props.icon}>
      {props.children}
    </Button>
  </form>
)

const PhotoCard = (props: { product: Product; formId: string; problems: Problem[] }) => {
  const { product, formId, problems } = props
  return (
    <PictureCard
      {...{
        name: 'Photo',
        action: routes.productPhoto(product.id),
        current: product.photo,
        formId,
        problems,
      }}
      hint="JPEG, PNG, WebP or GIF, at most 10 MB. Shops see it in the portal."
    >
      {product.photo !== '' && <Photo id={product.photo} size="large" alt={product.name} />}
    </PictureCard>
  )
}

const StockFigures = ({ product }: { product: Product }) => (
  <Card title="Stock" id="stock">
    {product.stockTracked ? (
      <dl class="figures">
        <div>
          <dt>On hand</dt>
          <dd>{numberWords(product.onHand)}</dd>
        </div>
        <div>
          <dt>Reserved</dt>
          <dd>{numberWords(product.reserved)}</dd>
        </div>
        <div>
          <dt>Available</dt>
          <dd>
            <Available available={product.available} />
          </dd>
        </div>
      </dl>
    ) : (
      <p class="soft">Its stock is not tracked: orders take it without counting.</p>
    )}
  </Card>
)

const Facts = ({ product, currency }: { product: Product; currency: string }) => {
  const { retailPrice, wholesalePrice, caseSize, stockTracked, lowStockThreshold, listed } = product
  const facts: [string, string][] = [
    ['Retail price', formatMoney(retailPrice, currency)],
    [
      'Wholesale price',
      wholesalePrice === null ? 'By the retailer’s rate' : formatMoney(wholesalePrice, currency),
    ],
    ['Case size', numberWords(caseSize)],
    [
      'Low stock',
      lowStockThreshold === null ? 'No warning' : `At ${numberWords(lowStockThreshold)} or fewer available`,
    ],
    ['Retail portal', listed ? 'Listed' : 'Not listed'],
  ]
  return (
    <Card title="Details" id="details">
      <dl class="facts">
        {facts
          .filter(([term]) => stockTracked || term !== 'Low stock')
          .map(([term, words]) => (
            <div>
              <dt>{term}</dt>
              <dd>{words}</dd>
            </div>
          ))}
      </dl>
      {product.description !== '' && <p class="quote">{product.description}</p>}
    </Card>
  )
}
