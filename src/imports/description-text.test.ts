import { expect, it } from 'vitest'
import { descriptionText } from './description-text.ts'

it('keeps the paragraphs and lists of HTML', () => {
  const html =
    '<p>Thrown by <b>hand</b>, see <a href="https://x.example">how</a>.</p><h2>Sizes</h2><ul>\n<li>S &amp; M</li>\n<li>L</li></ul>'
  expect(descriptionText(html)).toBe('Thrown by hand, see how.\n\nSizes\n\n- S & M\n- L')
})

it('leaves other text as it is', () => {
  expect(descriptionText('  5" tall & <3 wide,\n\n  2 < 4 ')).toBe('5" tall & <3 wide,\n\n  2 < 4')
})

it('lets nothing run and nothing hide', () => {
  const hostile =
    '<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)></svg><style>p{}</style><!-- x --><p>Mug</p>'
  expect(descriptionText(hostile)).toBe('Mug')
  expect(descriptionText('&lt;script&gt;alert(1)&lt;/script&gt;')).toBe('<script>alert(1)</script>')
})

it('ends with HTML of any depth and size', () => {
  expect(descriptionText(`${'<div>'.repeat(39_000)}deep`).length).toBeLessThan(100)
  expect(descriptionText('<ul><li>'.repeat(20_000)).length).toBeLessThan(100_000)
  const tooLong = '<b>'.repeat(300_000)
  expect(descriptionText(tooLong)).toBe(tooLong)
})
