import { expect, it } from 'vitest'
import { lineOfText, parse } from './parse.ts'

it('takes the marks out of a line that would turn around what stands after it', () => {
  const pasted = parse(lineOfText(20), ' \u202D+47 555 01\u202C\u2066 ')
  expect(pasted).toEqual({ ok: true, value: '+47 555 01' })
  // Words from right to left need none of them.
  expect(parse(lineOfText(20), 'متجر \u200Fשלום')).toEqual({ ok: true, value: 'متجر \u200Fשלום' })
})
