/** Confidence = 0.5 + 0.5 × quantile (SPEC §8). */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { confidenceOf } from '../../../src/core/strategy/confidence.ts'

const table = [10, 20, 40, 40, 100]

it.each([
  ['weaker than any setup so far', 3, 0.5],
  ['the weakest', 10, 0.5],
  ['a quarter of the way', 20, 0.5 + 0.5 * 0.25],
  ['between two quantiles', 30, 0.5 + 0.5 * 0.375],
  ['as strong as many', 40, 0.5 + 0.5 * 0.75],
  ['near the top', 70, 0.5 + 0.5 * 0.875],
  ['the strongest', 100, 1],
  ['stronger than any', 1e9, 1],
])('%s', (_, strength, confidence) => {
  expect(confidenceOf(table, strength)).toBeCloseTo(confidence, 12)
})

it('never falls when the strength rises, and stays within 0.5…1', () => {
  const strength = fc.double({ min: -50, max: 200, noNaN: true })
  const property = fc.property(strength, strength, (a, b) => {
    const [weak, strong] = [confidenceOf(table, Math.min(a, b)), confidenceOf(table, Math.max(a, b))]
    expect(weak).toBeLessThanOrEqual(strong)
    expect(weak).toBeGreaterThanOrEqual(0.5)
    expect(strong).toBeLessThanOrEqual(1)
  })
  fc.assert(property)
})

it('strengths drawn from the table’s own distribution reach 0.65 in 70 %, 0.75 in 50 % of cases', () => {
  const uniform = Array.from({ length: 21 }, (_, index) => index)
  const confidences = Array.from({ length: 2001 }, (_, index) => confidenceOf(uniform, index / 100))
  const share = (least: number): number => confidences.filter((confidence) => confidence >= least).length / 2001
  expect(share(0.65)).toBeCloseTo(0.7, 2)
  expect(share(0.75)).toBeCloseTo(0.5, 2)
})
