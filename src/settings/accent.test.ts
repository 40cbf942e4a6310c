import fc from 'fast-check'
import { expect, it } from 'vitest'
import { accentOf, PAPER } from './accent.ts'

/** The contrast of two colours, written down from WCAG 2.2 ("relative luminance", "contrast ratio"). */
function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
  }
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light! + 0.05) / (dark! + 0.05)
}

const aColor = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

it('can be read as text and below text, by day and by night, whatever was chosen', () => {
  fc.assert(
    fc.property(fc.oneof(aColor, fc.string()), (color) => {
      const { light, dark } = accentOf(color)
      for (const { accent, onAccent } of [light, dark]) {
        expect(accent).toMatch(/^#[0-9a-f]{6}$/)
        expect(contrast(accent, onAccent)).toBeGreaterThanOrEqual(4.5)
      }
      expect(contrast(light.accent, PAPER.light)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(dark.accent, PAPER.dark)).toBeGreaterThanOrEqual(4.5)
    }),
    { numRuns: 2000 },
  )
})

it('leaves a colour as it was chosen where it can be read', () => {
  expect(accentOf('#7A1F5C').light.accent).toBe('#7a1f5c')
  expect(accentOf('#FFB347').dark.accent).toBe('#ffb347')
})

it.each(['', 'red', '#fff', '#12345g', '#123456;}body{display:none'])(
  'takes the default for “%s”',
  (color) => {
    expect(accentOf(color).light.accent).toBe('#0b5d56')
    expect(accentOf(color).dark.accent).toBe('#62c8ba')
  },
)
