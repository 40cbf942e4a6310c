import { err, ok, type Result } from '../result.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

const CONTROL_CHARACTER = /[^\P{Cc}\t-\r\u007F-\u009F]/u

/** Which encoding reads all of these bytes: what a mark says, else UTF-8, else what older spreadsheets write. */
export async function encodingOf(file: Blob): Promise<Encoding> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
  try {
    for await (const bytes of file.stream() as ReadableStream<Uint8Array>)
      decoder.decode(bytes, { stream: true })
    decoder.decode()
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

/** The text of a file piece by piece, without its byte order mark and with every line ended by a line feed. */
export async function* textOf(bytes: ReadableStream<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  let held = ''
  for await (const piece of bytes) {
    const text = held + decoder.decode(piece, { stream: true })
    // A carriage return at the end may be half of a line's end.
    held = text.endsWith('\r') ? '\r' : ''
    yield withLineFeeds(held ? text.slice(0, -1) : text)
  }
  yield withLineFeeds(held + decoder.decode())
}

/** Refuses what is not text at all, by how its text begins. */
export function asText(beginning: string): Result<string> {
  if (beginning.startsWith('PK\x03\x04')) {
    return refusal('This is a workbook. In your spreadsheet, save the sheet as CSV, then upload that.')
  }
  if (CONTROL_CHARACTER.test(beginning)) {
    return refusal('This is not a CSV file. In your spreadsheet, save the sheet as CSV (UTF-8).')
  }
  return ok(beginning)
}

function refusal(message: string) {
  return err({ reason: 'invalid', problems: [{ field: 'file', message }] })
}

function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}
