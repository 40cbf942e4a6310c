import { expect, it } from 'vitest'
import { asMinimum, asMoney, asNumber, asPicture, asRate, asText, asYesOrNo } from './value-words.ts'

it('writes each kind of value as people read it', () => {
  expect(asMoney('EUR')(127850, null)).toEqual(['€1,278.50', 'none'])
  expect(asMoney('JPY')(0, 500)).toEqual(['¥0', '¥500'])
  expect(asRate(5000, 4550)).toEqual(['50%', '45.5%'])
  expect(asYesOrNo(0, 1)).toEqual(['no', 'yes'])
  expect(asNumber(null, 1200)).toEqual(['none', '1,200'])
  expect(asMinimum('USD', 'as usual')(null, 0)).toEqual(['as usual', 'none'])
  expect(asPicture('', 'a1')).toEqual(['none', 'a picture'])
  expect(asPicture('a1', 'b2')).toEqual(['a picture', 'another one'])
  expect(asPicture('b2', '')).toEqual(['a picture', 'none'])
  expect(asText('', 'Mugs')).toEqual(['none', 'Mugs'])
})

it('cuts long texts around the place where they part', () => {
  const same = 'x'.repeat(200)
  expect(asText(`${same}old`, `${same}new${'y'.repeat(200)}`)).toEqual([
    `…${'x'.repeat(20)}old`,
    `…${'x'.repeat(20)}new${'y'.repeat(57)}…`,
  ])
  expect(asText(same, '')).toEqual([`${'x'.repeat(80)}…`, 'none'])
  expect(asText(same, `${same}!`)).toEqual([`…${'x'.repeat(20)}`, `…${'x'.repeat(20)}!`])
  expect(asText(`${same}!`, same)).toEqual([`…${'x'.repeat(20)}!`, `…${'x'.repeat(20)}`])
})

it('splits no character in two', () => {
  const [from] = asText('🏺'.repeat(100), '')
  expect(from).toBe(`${'🏺'.repeat(80)}…`)
})
