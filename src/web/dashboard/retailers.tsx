import { Hono } from 'hono'
import type { Failure } from '../../result.ts'
import { createRetailer } from '../../retailers/create-retailer.ts'
import { editRetailer } from '../../retailers/edit-retailer.ts'
import { listRetailers } from '../../retailers/list-retailers.ts'
import { readRetailerFields } from '../../retailers/read-retailer.ts'
import { RETAILER_TYPES, type Retailer } from '../../retailers/retailer.ts'
import { setRetailerActivity } from '../../retailers/set-retailer-activity.ts'
import { patterns, routes } from '../../routes.ts'
import { readWithFrame } from '../../settings/frame.ts'
import { failurePage, problemsOf, statusOf } from '../errors.tsx'
import { readForm, wholeFrom } from '../form.ts'
import type { WebContext, WebEnv } from '../session.ts'
import { LinkButton } from '../ui/button.tsx'
import { type StaffPage, staffPage } from './page.tsx'
import { RetailersPage } from './retailers/list-page.tsx'
import {
  fieldsOf,
  nothingTyped,
  RetailerForm,
  type TypedRetailer,
  textsOf,
  typedRetailer,
} from './retailers/retailer-form.tsx'
import { showRetailer } from './retailers/show-retailer.tsx'

/** Retailers: the list, a retailer's page, adding, editing, and making one inactive. */
export const retailers = new Hono<WebEnv>()

retailers.get(routes.retailers(), async (c) => {
  const type = RETAILER_TYPES.find((type) => type === c.req.query('type'))
  const filter = { active: c.req.query('show') !== 'inactive', type }
  const search = c.req.query('q') ?? ''
  const [after, before] = [cursorFrom(c, 'after'), cursorFrom(c, 'before')]
  const cursor = after !== undefined ? { after } : { before }
  const list = await listRetailers(c.var.ctx, filter, search, cursor)
  if (!list.ok) return failurePage(c, list.failure)
  return staffPage(
    c,
    list.value.frame,
    {
      title: 'Retailers',
      section: 'retailers',
      actions: (
        <>
          <LinkButton icon="upload" href={routes.imports('retailers')}>
            Import
          </LinkButton>
          <LinkButton kind="primary" icon="add" href={routes.newRetailer()}>
            Add retailer
          </LinkButton>
        </>
      ),
    },
    <RetailersPage list={list.value} filter={filter} search={search} />,
  )
})

retailers.get(routes.newRetailer(), (c) => newRetailerPage(c, c.var.ctx.newId(), nothingTyped))

retailers.post(routes.retailers(), async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const typed = typedRetailer(form.value)
  const id = form.value.text('id')
  const created = await createRetailer(c.var.ctx, { id, ...fieldsOf(typed) })
  if (created.ok) return c.redirect(routes.retailer(created.value.id, { done: 'added' }), 303)
  return newRetailerPage(c, id, typed, created.failure)
})

retailers.get(patterns.retailer, async (c) => showRetailer(c))

retailers.get(patterns.editRetailer, async (c) => {
  const read = await readRetailerFields(c.var.ctx, idOf(c))
  if (!read.ok) return failurePage(c, read.failure)
  const { retailer, frame } = read.value
  return staffPage(
    c,
    frame,
    editHead(retailer),
    <RetailerForm typed={textsOf(retailer)} problems={[]} saved={retailer} />,
  )
})

retailers.post(patterns.retailer, async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const id = idOf(c)
  const typed = typedRetailer(form.value)
  const revision = form.value.whole('revision')
  const edited = await editRetailer(c.var.ctx, { id, revision, ...fieldsOf(typed) })
  if (edited.ok) return c.redirect(routes.retailer(id, { done: 'saved' }), 303)
  const read = await readRetailerFields(c.var.ctx, id)
  if (!read.ok) return failurePage(c, read.failure)
  const { failure } = edited
  const { retailer: saved, frame } = read.value
  return staffPage(
    c,
    frame,
    { ...editHead(saved), status: statusOf(failure) },
    <RetailerForm
      {...{
        typed,
        problems: problemsOf(failure),
        saved: { ...saved, revision: shownRevision(failure, revision) },
      }}
      isStale={failure.reason === 'conflict'}
    />,
  )
})

retailers.post(patterns.retailerActivity, async (c) => {
  const form = await readForm(c)
  if (!form.ok) return failurePage(c, form.failure)
  const id = idOf(c)
  const choice = form.value.text('active')
  // Anything but the two answers is no answer, which the schema refuses.
  const active = (choice === 'yes' ? true : choice === 'no' ? false : undefined) as boolean
  const set = await setRetailerActivity(c.var.ctx, { id, active })
  if (!set.ok) return failurePage(c, set.failure)
  return c.redirect(routes.retailer(id, { done: active ? 'active' : 'inactive' }), 303)
})

async function newRetailerPage(c: WebContext, id: string, typed: TypedRetailer, failure?: Failure) {
  const { frame } = await readWithFrame(c.var.ctx, [])
  return staffPage(
    c,
    frame,
    {
      title: 'Add retailer',
      section: 'retailers',
      back: { href: routes.retailers(), label: 'Retailers' },
      status: failure && statusOf(failure),
    },
    <RetailerForm id={id} typed={typed} problems={failure ? problemsOf(failure) : []} />,
  )
}

function editHead(retailer: Retailer): StaffPage {
  return {
    title: `Edit ${retailer.name}`,
    section: 'retailers',
    back: { href: routes.retailer(retailer.id), label: retailer.name },
  }
}

/** After a conflict the form carries the revision whose differences it shows; else the one that it was opened with. */
function shownRevision(failure: Failure, opened: number): number {
  return failure.reason === 'conflict' ? failure.revision : opened
}

/** Its pattern makes sure of it; the type of a pattern with braces inside does not say so. */
function idOf(c: WebContext): string {
  return c.req.param('id') ?? ''
}

function cursorFrom(c: WebContext, name: string): number | undefined {
  const typed = wholeFrom(c.req.query(name) ?? '')
  return typed > 0 ? typed : undefined
}
