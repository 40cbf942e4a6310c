import { describe, expect, it } from 'vitest'
import { ErrorSummary } from './error-summary.tsx'
import { Checkbox, fieldId, MoneyField, RadioChoice, SelectField, TextArea, TextField } from './field.tsx'

const HOSTILE = `"><script>alert('x')</script>&amp;`
const attribute = (html: string, tag: string, name: string) =>
  new RegExp(`<${tag}\\b[^>]*\\s${name}="([^"]*)"`).exec(html)?.[1]

describe('fieldId', () => {
  it('makes an id out of any name', () => {
    expect(fieldId('email')).toBe('field-email')
    expect(fieldId('lines[0].quantity')).toBe('field-lines-0-quantity')
    expect(fieldId('notify[]')).toBe('field-notify')
  })
})

describe('a field', () => {
  it('ties its label, hint and error to the control', () => {
    const html = String(
      TextField({ label: 'Name', name: 'name', hint: 'As on the sign', error: 'Enter a name' }),
    )
    expect(attribute(html, 'label', 'for')).toBe('field-name')
    expect(attribute(html, 'input', 'id')).toBe('field-name')
    expect(attribute(html, 'input', 'aria-describedby')).toBe('field-name-error field-name-hint')
    expect(attribute(html, 'input', 'aria-invalid')).toBe('true')
    expect(html).toContain('id="field-name-hint"')
    expect(html).toMatch(/id="field-name-error".*Enter a name/)
  })

  it('claims no description and no error when there is none', () => {
    const html = String(TextField({ label: 'Name', name: 'name' }))
    expect(html).not.toContain('aria-describedby')
    expect(html).not.toContain('aria-invalid')
  })

  it('keeps a zero as a value', () => {
    expect(attribute(String(TextField({ label: 'n', name: 'n', value: 0 })), 'input', 'value')).toBe('0')
  })

  it('keeps a wrong amount as it was typed', () => {
    const html = String(
      MoneyField({ label: 'Price', name: 'price', currency: '$', value: 'twelve', error: 'No' }),
    )
    expect(attribute(html, 'input', 'value')).toBe('twelve')
    expect(attribute(html, 'input', 'inputmode')).toBe('decimal')
  })

  it('shows hostile text as text, wherever it comes in', () => {
    const props = { label: HOSTILE, name: HOSTILE, value: HOSTILE, hint: HOSTILE, error: HOSTILE }
    const choices = [{ value: HOSTILE, label: HOSTILE, hint: HOSTILE }]
    const all = [
      TextField(props),
      TextArea(props),
      SelectField({ ...props, options: choices }),
      RadioChoice({ ...props, choices }),
      Checkbox(props),
      ErrorSummary({ problems: [{ name: HOSTILE, message: HOSTILE }] }),
    ].map(String)
    for (const html of all) {
      expect(html).not.toContain('<script')
      expect(html).toContain('&lt;script&gt;')
    }
  })
})

describe('RadioChoice', () => {
  const choices = [
    { value: 'yes', label: 'Yes' },
    { value: 'no', label: 'No' },
  ]

  it('chooses nothing by itself', () => {
    expect(String(RadioChoice({ label: 'Send?', name: 'send', choices }))).not.toContain('checked')
  })

  it('leads from the error summary to its first choice', () => {
    const html = String(RadioChoice({ label: 'Send?', name: 'send', choices, error: 'Choose' }))
    const summary = String(ErrorSummary({ problems: [{ name: 'send', message: 'Choose' }] }))
    expect(attribute(summary, 'a', 'href')).toBe(`#${attribute(html, 'input', 'id')}`)
    expect(attribute(html, 'fieldset', 'aria-describedby')).toBe('field-send-error')
  })
})

describe('ErrorSummary', () => {
  it('is not there without problems', () => {
    expect(ErrorSummary({ problems: [] })).toBeNull()
  })
})
