/** The margin ratio against the exchange's own liquidation price: there it is 1, and nowhere before (SPEC §4). */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { marginRatio } from '../../../src/core/governor/margin-ratio.ts'
import { bracketOf, liquidationPrice } from '../../../src/core/model/leverage.ts'
import { BTC } from '../../fixtures/guard.ts'

const { brackets } = BTC

describe('the margin ratio of an isolated position', () => {
  it('by hand: 0.1 BTC at 100 000, five times, 90 000 now', () => {
    // notional 9000 in the first bracket: maintenance 36; margin 2000 − loss 1000
    const terms = { quantity: 0.1, entry: 100_000, mark: 90_000, margin: 2000, brackets }
    expect(marginRatio({ side: 'LONG', ...terms })).toBeCloseTo(36 / 1000, 12)
    expect(marginRatio({ side: 'SHORT', ...terms })).toBeCloseTo(36 / 3000, 12)
  })

  it('by hand in the second bracket: 1 BTC, maintenance 0.5 % less 50', () => {
    const terms = { side: 'LONG', quantity: 1, entry: 100_000, mark: 95_000, margin: 10_000, brackets } as const
    expect(marginRatio(terms)).toBeCloseTo((95_000 * 0.005 - 50) / 5000, 12)
  })

  it('is 1 at the liquidation price, less before, and stays 1 beyond', () => {
    const position = fc.record({
      side: fc.constantFrom('LONG', 'SHORT'),
      quantity: fc.double({ min: 0.001, max: 0.3, noNaN: true }),
      leverage: fc.integer({ min: 2, max: 20 }),
    })
    fc.assert(
      fc.property(position, ({ side, quantity, leverage }) => {
        const entry = 100_000
        const bracket = bracketOf(brackets, quantity * entry)
        if (bracket === undefined) return
        const price = liquidationPrice({ side, entry, quantity, leverage, bracket })
        fc.pre(bracketOf(brackets, quantity * price) === bracket)
        const at = (mark: number): number =>
          marginRatio({ side, quantity, entry, mark, margin: (quantity * entry) / leverage, brackets })
        const away = side === 'LONG' ? 1 : -1
        expect(at(price)).toBeCloseTo(1, 6)
        expect(at(price * (1 + 0.001 * away))).toBeLessThan(1)
        expect(at(price * (1 - 0.001 * away))).toBe(1)
        expect(at(entry)).toBeLessThan(0.3)
      }),
    )
  })

  it('of a contract without brackets is not known to be any', () => {
    expect(marginRatio({ side: 'LONG', quantity: 1, entry: 1, mark: 0.5, margin: 1, brackets: [] })).toBe(0)
  })
})
