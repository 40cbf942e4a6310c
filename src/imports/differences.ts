import type { ExampleChange } from './import.ts'

/** What of a text the page shows before and after. */
const MAX_SHOWN_CHARACTERS = 80

/** How a field is called and written on the page. */
export type FieldWords<Fields> = {
  [Key in keyof Fields]?: { label: string; text: (value: NonNullable<Fields[Key]>) => string }
}

/** The fields that differ, as people read them. Only fields that have words are compared. */
export function differences<Fields extends object>(
  before: Fields,
  after: Fields,
  words: FieldWords<Fields>,
): ExampleChange[] {
  return (Object.keys(words) as (keyof Fields)[]).flatMap((field) => {
    if (before[field] === after[field]) return []
    const { label, text } = words[field]!
    const show = (value: Fields[keyof Fields]) =>
      value === null || value === undefined ? '' : short(text(value))
    return [{ label, from: show(before[field]), to: show(after[field]) }]
  })
}

export const asText = (value: string) => value
export const asYesOrNo = (value: boolean) => (value ? 'yes' : 'no')

/** The filled ones of these fields. */
export function said<Row extends object, Field extends keyof Row>(row: Row, fields: readonly Field[]) {
  const filled = fields.filter((field) => row[field] !== undefined).map((field) => [field, row[field]])
  return Object.fromEntries(filled) as { [Key in Field]?: NonNullable<Row[Key]> }
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > MAX_SHOWN_CHARACTERS ? `${line.slice(0, MAX_SHOWN_CHARACTERS)}…` : line
}
