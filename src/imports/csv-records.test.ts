import { expect, it } from 'vitest'
import { type CsvRecord, EndlessRow, headingsOf, recordsOf } from './csv-records.ts'
import { textOf } from './decode.ts'
import { MAX_ROW_CHARACTERS } from './import.ts'

async function* piecesOf(text: string, size: number) {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size)
}

async function read(text: string, size = text.length || 1, delimiter = ',') {
  const records: CsvRecord[] = []
  for await (const record of recordsOf(piecesOf(text, size), delimiter)) records.push(record)
  return records
}

const quoted = 'a,b\n"1, ""one""","two\nlines"\n\n3,\n'

it('reads quotes, separators and line ends inside cells, and counts rows as a spreadsheet does', async () => {
  expect(await read(quoted)).toEqual([
    { row: 1, cells: ['a', 'b'], isWellQuoted: true },
    { row: 2, cells: ['1, "one"', 'two\nlines'], isWellQuoted: true },
    { row: 3, cells: [''], isWellQuoted: true },
    { row: 4, cells: ['3', ''], isWellQuoted: true },
  ])
})

it('reads the same however the text arrives', async () => {
  const whole = await read(quoted)
  for (let size = 1; size < quoted.length; size++) expect(await read(quoted, size)).toEqual(whole)
})

it('reads a last row without a line end, and quotation marks inside a cell', async () => {
  expect((await read('a\n5" pot')).map(({ cells }) => cells)).toEqual([['a'], ['5" pot']])
})

it('marks rows whose quotation marks do not match', async () => {
  expect((await read('a,b\n"x"y,1\n2,3')).map(({ isWellQuoted }) => isWellQuoted)).toEqual([true, false])
  expect((await read('a,b\n1,"open\n2,3')).map(({ isWellQuoted }) => isWellQuoted)).toEqual([true, false])
})

it('stops at a row that does not end, and names it', async () => {
  const endless = `a,b\n1,2\n3,"${'open\n'.repeat(MAX_ROW_CHARACTERS)}`
  await expect(read(endless, 65_536)).rejects.toEqual(expect.objectContaining({ row: 3 }))
  await expect(read(endless, 65_536)).rejects.toBeInstanceOf(EndlessRow)
})

it('takes the delimiter by which the headings are known', () => {
  const known = (headings: string[]) =>
    headings.filter((name) => ['Name', 'Rate, in %'].includes(name)).length
  expect(headingsOf('\n\nName;"Rate, in %";x,y,z\n', known)).toMatchObject({ delimiter: ';' })
  expect(headingsOf('Name\tRate\n', known)).toMatchObject({ delimiter: '\t', headings: ['Name', 'Rate'] })
  expect(headingsOf('', known)).toMatchObject({ headings: [] })
})

async function* bytesOf(bytes: Uint8Array, size: number) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size)
}

it('ends lines alike, and splits no character, however the bytes arrive', async () => {
  const bytes = new TextEncoder().encode('\uFEFFé\r\n\r\rü\n\r\n€')
  for (let size = 1; size <= bytes.length; size++) {
    let text = ''
    const stream = bytesOf(bytes, size) as unknown as ReadableStream<Uint8Array>
    for await (const piece of textOf(stream, 'utf-8')) text += piece
    expect(text).toBe('é\n\n\nü\n\n€')
  }
})
