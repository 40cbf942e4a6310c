import { formatRate } from '../../../money.ts'
import { readRetailer } from '../../../retailers/read-retailer.ts'
import type { Retailer } from '../../../retailers/retailer.ts'
import { routes } from '../../../routes.ts'
import { failurePage } from '../../errors.tsx'
import { wholeFrom } from '../../form.ts'
import { isLocalOwner, type WebContext } from '../../session.ts'
import { Banner } from '../../ui/banner.tsx'
import { Pill } from '../../ui/pill.tsx'
import { TYPE_WORDS } from '../order-words.tsx'
import { type StaffPage, staffPage } from '../page.tsx'
import { portalAddress } from '../portal/link-address.ts'
import { AccessForm, PortalCard, type RefusedMinimum } from './portal-card.tsx'
import { ActivityForm, RetailerActions, RetailerPage } from './retailer-page.tsx'

/** How long after it a page says what was done; opening the page later does not say it again. */
const SAY_DONE_FOR_MS = 60_000

/** What was refused of the retailer that its page shows. */
export interface RefusedOnRetailer {
  status: StaffPage['status']
  /** In words, above everything. */
  message?: string
  minimum?: RefusedMinimum
}

/** The page of the retailer that the address names. */
export async function showRetailer(c: WebContext, refused?: RefusedOnRetailer) {
  const cursors = {
    ordersBefore: cursorFrom(c, 'orders'),
    transactionsBefore: cursorFrom(c, 'transactions'),
  }
  const view = await readRetailer(c.var.ctx, c.req.param('id') ?? '', cursors)
  if (!view.ok) return failurePage(c, view.failure)
  const { retailer, frame, portalEvents: events, businessMinimum } = view.value
  const { currency, timeZone } = frame.settings
  const link = await portalAddress(c, { id: retailer.id, version: retailer.portalLinkVersion })
  return staffPage(
    c,
    frame,
    {
      title: retailer.name,
      section: 'retailers',
      status: refused?.status,
      back: { href: routes.retailers(), label: 'Retailers' },
      pills: !retailer.active && <Pill tone="grey">Inactive</Pill>,
      lead: `${TYPE_WORDS[retailer.type]} · Retailer keeps ${formatRate(retailer.rate)}`,
      actions: <RetailerActions retailer={retailer} />,
      ...(refused ? {} : whatWasDone(c, retailer)),
    },
    <>
      {refused?.message && (
        <Banner tone="error">
          <p>{refused.message}</p>
        </Banner>
      )}
      <RetailerPage
        view={view.value}
        cursors={cursors}
        portal={
          <PortalCard
            {...{ retailer, link, events, currency, timeZone, businessMinimum, refused: refused?.minimum }}
            isLocal={isLocalOwner(c.env)}
            mailId={c.var.ctx.newId()}
          />
        }
      />
    </>,
  )
}

function whatWasDone(c: WebContext, retailer: Retailer): Pick<StaffPage, 'toast' | 'undo'> {
  const done = c.req.query('done')
  const at = done === 'invited' ? wholeFrom(c.req.query('at') ?? '') : retailer.updatedAt
  if (!(c.var.ctx.now - at <= SAY_DONE_FOR_MS)) return {}
  if (done === 'invited') return { toast: `The link is on its way to ${retailer.email}.` }
  if (done === 'added') return { toast: `${retailer.name} is added.` }
  if (done === 'saved') return { toast: `${retailer.name} is saved.` }
  if (done === 'minimum') return { toast: 'The minimum order is saved.' }
  if (done === 'replaced') return { toast: 'The link is replaced. The one before opens nothing any more.' }
  if (done === (retailer.portalOpen ? 'on' : 'off')) {
    return {
      toast: `The portal is ${done} for ${retailer.name}.`,
      undo: <AccessForm retailer={retailer} label="Undo" />,
    }
  }
  if (done !== (retailer.active ? 'active' : 'inactive')) return {}
  const undo = (
    <ActivityForm retailer={retailer} kind="quiet">
      Undo
    </ActivityForm>
  )
  return { toast: `${retailer.name} is ${done} now.`, undo }
}

function cursorFrom(c: WebContext, name: string): number | undefined {
  const typed = wholeFrom(c.req.query(name) ?? '')
  return typed > 0 ? typed : undefined
}
