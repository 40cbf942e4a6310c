import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { newId, testCtx } from '../testing/fixtures.ts'
import { searchRetailersQuery } from './search-retailers.ts'

async function insert(name: string, over: { city?: string; email?: string; active?: number } = {}) {
  const id = newId()
  await env.DB.prepare(
    `INSERT INTO retailers (id, name, type, contact_name, email, phone, street, city, region, postcode, country,
      rate, notes, active, revision, created_at, updated_at)
     VALUES (?, ?, 'wholesale', 'Jo', ?, '', '', ?, '', '', '', 5000, '', ?, 1, 0, 0)`,
  )
    .bind(id, name, over.email ?? '', over.city ?? '', over.active ?? 1)
    .run()
  return id
}

async function search(text: string, limit = 20) {
  const { ctx } = testCtx()
  const [rows] = await ctx.db.batch([searchRetailersQuery(ctx.db, text, limit)])
  return { names: rows.map((row) => row.name), rowsRead: ctx.db.meter.rowsRead }
}

it('finds active retailers by the beginnings of words, by name', async () => {
  await insert('Bright & Salt', { city: 'Falmouth', email: 'jo@bright.example' })
  await insert('Salt Mill', { city: 'Bath' })
  await insert('Salt Cellar', { active: 0 })
  expect((await search('salt')).names).toEqual(['Bright & Salt', 'Salt Mill'])
  expect((await search('sal ba')).names).toEqual(['Salt Mill'])
  expect((await search('jo@bright')).names).toEqual(['Bright & Salt'])
  expect((await search('cellar')).names).toEqual([])
  expect((await search('active')).names).toEqual([])
})

it('offers the first by name when nothing is typed', async () => {
  await insert('aardvark Goods')
  expect((await search('', 1)).names).toEqual(['aardvark Goods'])
})

it('forgets the old words of a retailer that was renamed or made inactive', async () => {
  const id = await insert('Quokka Shop')
  await env.DB.prepare(`UPDATE retailers SET name = 'Wombat Shop' WHERE id = ?`).bind(id).run()
  expect((await search('quokka')).names).toEqual([])
  expect((await search('wombat')).names).toEqual(['Wombat Shop'])
  await env.DB.prepare('UPDATE retailers SET active = 0 WHERE id = ?').bind(id).run()
  expect((await search('wombat')).names).toEqual([])
})

it('takes any text for text', async () => {
  for (const text of ['"', '***', 'a"b', 'NEAR(', 'shop OR', 'name:shop', 'a\0b', '\ud800', "';--"]) {
    expect((await search(text)).names.length).toBeLessThanOrEqual(20)
  }
})

it('reads a bounded number of rows however many match', async () => {
  const rows = Array.from({ length: 300 }, (_, index) => ({ id: newId(), name: `Gallery ${index}` }))
  await env.DB.prepare(
    `INSERT INTO retailers (id, name, type, contact_name, email, phone, street, city, region, postcode, country,
      rate, notes, active, revision, created_at, updated_at)
     SELECT value->>'id', value->>'name', 'wholesale', '', '', '', '', '', '', '', '', 5000, '', 1, 1, 0, 0
     FROM json_each(?)`,
  )
    .bind(JSON.stringify(rows))
    .run()
  const { names, rowsRead } = await search('gallery', 5)
  expect(names).toHaveLength(5)
  expect(rowsRead).toBeLessThanOrEqual(500)
})
