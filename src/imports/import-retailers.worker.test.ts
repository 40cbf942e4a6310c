import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { createRetailer } from '../retailers/create-retailer.ts'
import { newId, testCtx } from '../testing/fixtures.ts'
import { apply, importFile, preview, successOf, tally } from '../testing/import-runs.ts'

const headings = 'Shop name;Type;Contact;Email;City;Discount / commission;Notes'

async function retailersOf(prefix: string) {
  const { results } = await env.DB.prepare(
    `SELECT id, name, type, contact_name, email, city, rate, notes, active, revision, updated_at FROM retailers
     WHERE name LIKE ? ORDER BY name`,
  )
    .bind(`${prefix}%`)
    .all<{ id: string; name: string }>()
  return results
}

async function problemsOf(importId: string) {
  const { results } = await env.DB.prepare(
    'SELECT row, message FROM import_problems WHERE import_id = ? ORDER BY row',
  )
    .bind(importId)
    .all()
  return results
}

it('adds retailers from a list as makers keep it, and reports the rest', async () => {
  const name = newId().slice(0, 8)
  const file = [
    `\uFEFF${headings}`,
    `${name} Ålund;Wholesale;Jo;jo@alund.example;Bath;50%;"Says ""no plastic"""`,
    `"${name} Twist; Gifts";Consigned;;;Madrid;0,5;`,
    `${name} ålund;wholesale;Jo;JO@alund.example;Bath;50%;`,
    `${name} Kiosk;consignment;;kiosk(at)kiosk.example;;40;`,
    ';Wholesale;Nobody;;;50%;',
    `=${name};wholesale;;;;45;`,
  ].join('\r\n')
  const imported = await preview('retailers', file)
  expect(tally(imported)).toEqual({ created: 3, changed: 0, unchanged: 0, problems: 3, counted: 0 })
  expect(await retailersOf(name)).toEqual([])

  expect(tally(await apply(imported.id))).toEqual(tally(imported))
  expect(await retailersOf(name)).toMatchObject([
    {
      ...{ name: `${name} Twist; Gifts`, type: 'consignment', email: '', city: 'Madrid', rate: 5000 },
      ...{ contact_name: '', notes: '', active: 1, revision: 1 },
    },
    { name: `${name} Ålund`, type: 'wholesale', contact_name: 'Jo', rate: 5000, notes: 'Says "no plastic"' },
  ])
  expect(await retailersOf(`=${name}`)).toMatchObject([{ name: `=${name}`, rate: 4500 }])
  expect(await problemsOf(imported.id)).toEqual([
    { row: 4, message: expect.stringMatching(/^This is .* again: it is on row 2\.$/) },
    { row: 5, message: 'E-mail “kiosk(at)kiosk.example”: Enter an address like jo@shop.com.' },
    { row: 6, message: 'There is no name.' },
  ])
})

it('changes nothing when the same file comes again', async () => {
  const name = newId().slice(0, 8)
  const file = `${headings}\n${name} A;wholesale;;a@a.example;;50%;x\n${name} B;Consignment;;;;40;`
  await importFile('retailers', file)
  const before = await retailersOf(name)
  expect(tally(await importFile('retailers', file))).toMatchObject({ created: 0, changed: 0, unchanged: 2 })
  expect(await retailersOf(name)).toEqual(before)
})

it('takes notes for the same that a form has saved with line ends of its own', async () => {
  const { ctx } = testCtx()
  const [id, name] = [newId(), `Shop ${newId().slice(0, 8)}`]
  const empty = { contactName: '', email: '', phone: '', street: '', city: '', region: '', postcode: '' }
  const fields = { name, type: 'wholesale', country: '', rate: 5000, notes: 'one\r\ntwo' } as const
  successOf(await createRetailer(ctx, { id, ...empty, ...fields }))
  const imported = await preview('retailers', `Name,Type,Rate,Notes\n${name},wholesale,50,"one\ntwo"`)
  expect(tally(imported)).toMatchObject({ changed: 0, unchanged: 1 })
})

it('finds a retailer by its name in any letters, and changes what the file says', async () => {
  const name = `${newId().slice(0, 8)} École du Thé`
  await importFile('retailers', `${headings}\n${name};wholesale;Ida;a@a.example;Lyon;50%;By post`)
  const imported = await importFile('retailers', `Name,Rate,City\n${name.toUpperCase()},45,Paris\n`)
  expect(tally(imported)).toMatchObject({ created: 0, changed: 1 })
  expect(imported.examples).toMatchObject([
    {
      ...{ title: name, code: 'a@a.example' },
      changes: [
        { label: 'City', from: 'Lyon', to: 'Paris' },
        { label: 'Retailer keeps', from: '50%', to: '45%' },
      ],
    },
  ])
  expect(await retailersOf(name)).toMatchObject([
    { name, city: 'Paris', rate: 4500, contact_name: 'Ida', notes: 'By post', revision: 2 },
  ])
})

it('tells retailers of one name apart by e-mail, or says that it cannot', async () => {
  const name = newId().slice(0, 8)
  for (const email of ['a@a.example', 'b@b.example']) {
    await env.DB.prepare(
      `INSERT INTO retailers (id, name, type, contact_name, email, phone, street, city, region, postcode, country,
        rate, notes, active, revision, created_at, updated_at)
       VALUES (?, ?, 'wholesale', '', ?, '', '', '', '', '', '', 5000, '', 1, 1, 0, 0)`,
    )
      .bind(newId(), name, email)
      .run()
  }
  const known = await importFile('retailers', `Name,Email,Rate\n${name},B@b.example,40`)
  expect(tally(known)).toMatchObject({ changed: 1, problems: 0 })
  const unknown = await importFile('retailers', `Name,Email,Rate\n${name},,40`)
  expect(await problemsOf(unknown.id)).toEqual([
    { row: 2, message: `There are 2 retailers called ${name}. Give each a name of its own first.` },
  ])
})

it('asks for type and rate of a new retailer', async () => {
  const name = newId().slice(0, 8)
  const imported = await preview('retailers', `Name,Email\n${name},a@a.example`)
  expect(await problemsOf(imported.id)).toEqual([
    {
      row: 2,
      message:
        `${name} is new, and a new retailer needs a type (Wholesale or Consignment) and ` +
        'a rate (what the retailer keeps, like 50%).',
    },
  ])
})

it('adds a retailer once when two previews of one file are applied', async () => {
  const name = newId().slice(0, 8)
  const file = `${headings}\n${name};wholesale;;;;50%;`
  const [first, second] = [await preview('retailers', file), await preview('retailers', file)]
  await apply(first.id)
  expect(tally(await apply(second.id))).toMatchObject({ created: 0, unchanged: 1 })
  expect(await retailersOf(name)).toHaveLength(1)
})
