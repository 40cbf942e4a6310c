import { Hono } from 'hono'
import { routes } from '../../routes.ts'
import { auditStock } from '../../stock/audit-stock.ts'
import type { AuditedProduct } from '../../stock/audit-store.ts'
import { readAudits } from '../../stock/read-audits.ts'
import { failurePage } from '../errors.tsx'
import type { WebEnv } from '../session.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { Pill } from '../ui/pill.tsx'
import { Time } from '../ui/time.tsx'
import { count } from './order-words.tsx'
import { staffPage } from './page.tsx'

/** Whether the stock of each product agrees with its ledger and the orders, and when that was last seen. */
export const stockCheck = new Hono<WebEnv>()

stockCheck.get(routes.stockCheck(), async (c) => {
  const audits = await readAudits(c.var.ctx)
  if (!audits.ok) return failurePage(c, audits.failure)
  const { frame, differing, oldest } = audits.value
  const { timeZone } = frame.settings
  return staffPage(
    c,
    frame,
    {
      title: 'Stock check',
      section: 'stock-check',
      lead: 'Every night each ledger is replayed and compared with the stock, the open orders and the lists.',
      actions: (
        <form method="post" action={routes.stockCheck()}>
          <Button kind="primary" icon="check">
            Check now
          </Button>
        </form>
      ),
    },
    <>
      {differing.length > 0 && (
        <Banner tone="error" title={`${count(differing.length, 'product')} with a difference`}>
          {differing.map((product) => (
            <p>
              <a href={routes.product(product.id)}>{product.name}</a>: {product.differences.join(' ')}
            </p>
          ))}
        </Banner>
      )}
      <Card title="Last verified" flush>
        {oldest.length === 0 ? (
          <Empty title="No products yet" icon="boxes">
            Products are checked from the night after they are added.
          </Empty>
        ) : (
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">Product</th>
                <th scope="col">SKU</th>
                <th scope="col">Last verified</th>
                <th scope="col">Found</th>
              </tr>
            </thead>
            <tbody>
              {oldest.map((product) => (
                <Row product={product} timeZone={timeZone} />
              ))}
            </tbody>
          </table>
        )}
      </Card>
    </>,
  )
})

/** Checks the products whose last check is the longest ago, as many as one run takes. */
stockCheck.post(routes.stockCheck(), async (c) => {
  const audited = await auditStock(c.var.ctx, { before: c.var.ctx.now, fromStart: true })
  return audited.ok ? c.redirect(routes.stockCheck(), 303) : failurePage(c, audited.failure)
})

const Row = ({ product, timeZone }: { product: AuditedProduct; timeZone: string }) => (
  <tr>
    <td class="grow">
      <a href={routes.product(product.id)}>{product.name}</a>
    </td>
    <td class="wide breaks soft">{product.sku}</td>
    <td class="second nowrap">
      {product.at === 0 ? 'Not yet' : <Time at={product.at} timeZone={timeZone} />}
    </td>
    <td class="second last">
      {product.at === 0 ? (
        <Pill tone="grey">Waiting</Pill>
      ) : product.differences.length === 0 ? (
        <Pill tone="green">Agrees</Pill>
      ) : (
        <Pill tone="red">Differs</Pill>
      )}
    </td>
  </tr>
)
