import { z } from 'zod'
import { numberWords } from './number-words.ts'
import { err, ok, type Result } from './result.ts'

// What every input is made of, with the words people see when it is wrong.

/** Letters, digits, '-' and '_': ids are made by clients and go into keys and object names. */
export const idSchema = z
  .string('Something is missing here. Reload the page and try again.')
  .regex(/^[\w-]{8,64}$/, 'This is not an id. Reload the page and try again.')

const unreadable = /[\p{Cc}\uFFFD\uD800-\uDFFF]/u
const unreadableText = /[^\P{Cc}\t\n\r]|[\uFFFD\uD800-\uDFFF]/u

/** Marks that turn the words after them around, also those of others on the same line. Phones paste them unseen. */
const turning = /[\u202A-\u202E\u2066-\u2069]/g

/** One line of text of at most `max` characters, trimmed, with single spaces between its words. Control characters and broken UTF-8 are refused. */
export function lineOfText(max: number) {
  return z
    .string('Type some text.')
    .overwrite((value) => value.replace(turning, '').replace(/[^\S\p{Cc}]+/gu, ' '))
    .trim()
    .max(max, `Use at most ${numberWords(max)} characters.`)
    .refine((value) => !unreadable.test(value), 'This has characters that cannot be read. Type it again.')
}

/** Text of several lines, trimmed. Forms end lines with CRLF, files as they like: the same text is the same. */
export function textBlock(max: number) {
  return z
    .string('Type some text.')
    .overwrite((value) => value.replaceAll(/\r\n?/g, '\n'))
    .trim()
    .max(max, `Use at most ${numberWords(max)} characters.`)
    .refine((value) => !unreadableText.test(value), 'This has characters that cannot be read. Type it again.')
}

/** An e-mail address, or nothing. */
export function emailOrNothing() {
  return lineOfText(254).refine(
    (value) => value === '' || z.email().safeParse(value).success,
    'Enter an address like jo@shop.com.',
  )
}

export function wholeNumber(min: number, max: number) {
  const message = `Enter a whole number from ${numberWords(min)} to ${numberWords(max)}.`
  return z.int(message).min(min, message).max(max, message)
}

/** Parses what a client sent. Every problem is named by its path, as in "lines.0.quantity". */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): Result<z.output<Schema>> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return ok(parsed.data)
  return err({
    reason: 'invalid',
    problems: parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })),
  })
}
