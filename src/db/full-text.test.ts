import { expect, it } from 'vitest'
import { matchExpression } from './full-text.ts'

it.each([
  ['speckled mug', '"speckled" * "mug" *'],
  ['  MUG-SEA ', '"MUG-SEA" *'],
  ['mug OR NOT', '"mug" * "OR" * "NOT" *'],
  ['12" plate', '"12""" * "plate" *'],
  ['name:mug*', '"name:mug*" *'],
  ['mug & bowl', '"mug" * "bowl" *'],
  ['a\0b', '"a" * "b" *'],
])('quotes %j as words to begin with', (typed, expression) => {
  expect(matchExpression(typed)).toBe(expression)
})

it.each(['', '   ', '***', '"', '( )', "';--"])('finds nothing to look for in %j', (typed) => {
  expect(matchExpression(typed)).toBeNull()
})

it('looks for the first words of an endless text', () => {
  expect(matchExpression('x'.repeat(100_000))).toHaveLength(104)
  expect(matchExpression('a b c d e f g h i j k')).toBe('"a" * "b" * "c" * "d" * "e" * "f" * "g" * "h" *')
})
