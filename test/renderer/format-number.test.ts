/** Numbers as text: no digit is lost, invented or moved. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  formatNumber,
  formatPercent,
  formatTimes,
  MINUS,
  THIN_SPACE,
} from '../../src/renderer/widgets/format-number.ts'

const plain = (text: string): string => text.replaceAll(THIN_SPACE, '').replace(MINUS, '-').replace('+', '')

describe('figures', () => {
  test.each([
    [10412.36, { decimals: 2 }, `10${THIN_SPACE}412.36`],
    [-1234567.891, { decimals: 2 }, `${MINUS}1${THIN_SPACE}234${THIN_SPACE}567.89`],
    [0.00000001, { decimals: 8 }, '0.00000001'],
    [1e9, { decimals: 1 }, `1${THIN_SPACE}000${THIN_SPACE}000${THIN_SPACE}000.0`],
    [1e21, {}, `1${(THIN_SPACE + '000').repeat(7)}`],
    [30.64, { decimals: 2, isSigned: true }, '+30.64'],
    [0, { decimals: 2, isSigned: true }, '0.00'],
    [-0.001, { decimals: 2, isSigned: true }, '0.00'],
    [Number.NaN, {}, '–'],
    [Infinity, {}, '–'],
  ])('%s as %o is %s', (value, format, text) => {
    expect(formatNumber(value, format)).toBe(text)
  })

  test('decimal text keeps digits that a float would lose', () => {
    expect(formatNumber('12345678901234567.123456789', { decimals: 9 })).toBe(
      ['12', '345', '678', '901', '234', '567.123456789'].join(THIN_SPACE),
    )
    expect(formatNumber('0.10', {})).toBe('0.10')
    expect(formatNumber('100000.10000000', { decimals: 1 })).toBe(`100${THIN_SPACE}000.1`)
  })

  test('read back, it is the same number, at most half of the last digit away', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, min: -1e12, max: 1e12 }),
        fc.integer({ min: 0, max: 8 }),
        (value, decimals) => {
          const shown = Number(plain(formatNumber(value, { decimals })))
          expect(Math.abs(shown - value)).toBeLessThanOrEqual(0.5 * 10 ** -decimals + Math.abs(value) * 1e-12)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('a column never jumps: the same count of decimals for every number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), (value) => {
        expect(formatNumber(value, { decimals: 3 }).split('.')[1]).toHaveLength(3)
      }),
    )
  })
})

test('fractions become percent, factors get their cross', () => {
  expect(formatPercent(0.0075)).toBe(`0.75${THIN_SPACE}%`)
  expect(formatPercent(-0.0131, { decimals: 1, isSigned: true })).toBe(`${MINUS}1.3${THIN_SPACE}%`)
  expect(formatTimes(5)).toBe('5×')
  expect(formatTimes(0.524, 2)).toBe('0.52×')
})
