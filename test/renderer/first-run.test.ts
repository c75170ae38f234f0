/** The first steps: the exact amount that moves an account to a size, and the command that starts another source. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { decimalDifference } from '../../src/renderer/screens/first-run/decimal-difference.ts'
import { commandFor, sourceAt } from '../../src/renderer/screens/first-run/sources.ts'

describe('the amount that is paid in or out', () => {
  test('is exact where floats are not', () => {
    expect(decimalDifference('0.3', '0.10000000')).toBe('0.2')
    expect(decimalDifference('2500.5', '10000.00000000')).toBe('-7499.5')
    expect(decimalDifference('500', '500.00000000')).toBe('0')
    expect(decimalDifference('1', '-0.00000001')).toBe('1.00000001')
    expect(decimalDifference('much', '1')).toBeNull()
  })

  test('brings any account to any size', () => {
    const units = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n })
    const text = (value: bigint): string => {
      const digits = String(value < 0n ? -value : value).padStart(9, '0')
      return `${value < 0n ? '-' : ''}${digits.slice(0, -8)}.${digits.slice(-8)}`
    }
    fc.assert(
      fc.property(units, units, (wanted, have) => {
        expect(decimalDifference(text(wanted - have), '0')).toBe(decimalDifference(text(wanted), text(have)))
      }),
    )
  })
})

test('another source starts in a data folder of its own', () => {
  expect(commandFor('recorded', '/home/me/box/')).toBe(
    'signalbox start --replay recorded-candles --data /home/me/box-recorded',
  )
  expect(commandFor('simulated', 'C:\\My Box')).toBe('signalbox start --data "C:\\My Box-simulated"')
  expect(commandFor('live', '/home/me/box')).toBe(
    'signalbox start --set market.source=binance --data /home/me/box-live',
  )
  expect([sourceAt('simulated'), sourceAt('replay'), sourceAt('paper')]).toEqual(['simulated', 'recorded', 'live'])
})
