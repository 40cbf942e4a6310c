// What an import is: a file that staff brought, read into chunks, compared with what is there, and applied on their
// word. Every step moves (status, position) forward by one; import-step-store.ts lets each happen once.

export type ImportKind = 'products' | 'retailers'

/** How the columns of a file are meant. A Shopify file has a row per variant and carries values down. */
export type ImportFormat = 'shopify' | 'products' | 'retailers'

/** `position` counts the chunks that are done in this status. */
export type ImportStatus = 'reading' | 'comparing' | 'ready' | 'applying' | 'counting' | 'applied' | 'failed'

/** How many rows there were of each kind. `counted` are products whose stock is received or corrected. */
export interface Tally {
  created: number
  changed: number
  unchanged: number
  problems: number
  counted: number
}

/** A column of the file as headed, and the field it was understood as. */
export interface ImportColumn {
  heading: string
  field: string | null
}

/** One value as people read it; `from` is null for something new. */
export interface ExampleChange {
  label: string
  from: string | null
  to: string
}

/** A row that makes or changes something, for the page. */
export interface Example {
  row: number
  kind: 'created' | 'changed'
  title: string
  code: string
  changes: ExampleChange[]
}

/** A row that cannot be taken: its number as a spreadsheet counts, what is wrong, and its cells. */
export interface RowProblem {
  row: number
  message: string
  cells: string[]
}

/** A row that was understood. `cells` are kept for rows that may still turn out to be wrong. */
export interface ImportRow<Value> {
  row: number
  value: Value
  cells: string[]
}

/** What reading one record of the file gave; null is a record that says nothing, such as an empty line. */
export type RowReading<Value> = ImportRow<Value> | RowProblem | null

/** Reads the records of one file in order: later ones may depend on earlier ones. */
export type RowReader<Value> = (record: string[], row: number) => RowReading<Value>

/** What the stock object of a product is to be told. */
export interface ImportAdjustment {
  row: number
  productId: string
  kind: 'receive' | 'count'
  quantity: number
}

/** A row held against what is there. */
export type RowOutcome = { row: number } & (
  | { kind: 'created' | 'changed'; title: string; code: string; changes: ExampleChange[] }
  | { kind: 'unchanged' }
  | { kind: 'problem'; message: string; cells: string[] }
)

/** A spreadsheet of a business: 10,000 products with descriptions have about 10 MB. */
export const MAX_FILE_BYTES = 20_000_000
/** What one reading can do within the Worker's calls and seconds. */
export const MAX_ROWS = 50_000
export const MAX_COLUMNS = 1_000
/** Longer ones are files with a quotation mark that never closes. */
export const MAX_ROW_CHARACTERS = 1_000_000
/** What of a heading or a file's name is kept. */
export const MAX_HEADING_CHARACTERS = 100
export const MAX_FILE_NAME_CHARACTERS = 120
/** Of each kind, for the page. */
export const MAX_EXAMPLES = 25

const working: readonly ImportStatus[] = ['reading', 'comparing', 'applying', 'counting']

/** True while the queue has something to do for it. */
export function isWorking(status: ImportStatus): boolean {
  return working.includes(status)
}

/** The id of what a row creates: the same in every try at applying it. */
export function createdId(importId: string, row: number): string {
  return `${importId}-${row}`
}

/** What the ledger and the result say it came from. */
export function importReason(fileName: string): string {
  return `Import of ${fileName}`
}
