/** The worst margin ratio among the open positions, with the margins the venue last showed. */
import { describe, expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import type { Position } from '../../src/core/model/position.ts'
import type { VenueSnapshot } from '../../src/core/ports/venue.ts'
import { MarginWatch } from '../../src/station/margin-watch.ts'
import type { MarketBoard } from '../../src/station/market-board.ts'
import { POSITION } from '../fixtures/facade-rows.ts'
import { BTC } from '../fixtures/guard.ts'

const held = (symbol: string, leverage: number): Position => ({
  ...POSITION,
  symbol,
  side: 'LONG',
  quantity: exact('0.1'),
  entryPrice: exact(100_000),
  leverage,
})

function watch(marks: Readonly<Record<string, number>>, ...positions: readonly Position[]): MarginWatch {
  const market = { desk: () => ({ instrument: BTC }), markOf: (symbol: string) => marks[symbol] ?? null }
  const books = { positions: new Map(positions.map((position) => [position.symbol, position])) }
  return new MarginWatch(books, market as unknown as MarketBoard)
}

const snapshot = (symbol: string, quantity: string, isolatedMargin: number): VenueSnapshot =>
  ({
    positions: [{ symbol, quantity: exact(quantity), isolatedMargin: exact(isolatedMargin) }],
  }) as unknown as VenueSnapshot

describe('the worst margin ratio', () => {
  it('is none while nothing is held', () => {
    expect(watch({}).worst()).toBeNull()
  })

  it('is of the position nearest to its liquidation', () => {
    const seen = watch({ A: 95_000, B: 95_000 }, held('A', 5), held('B', 15))
    // B: margin 666.67 − loss 500 = 166.67; maintenance 9500 × 0.4 % = 38
    expect(seen.worst()?.symbol).toBe('B')
    expect(seen.worst()?.ratio).toBeCloseTo(38 / (10_000 / 15 - 500), 9)
  })

  it('takes the margin the venue shows, while it is of the same position', () => {
    const seen = watch({ A: 95_000 }, held('A', 5))
    seen.onSnapshot(snapshot('A', '0.1', 600))
    expect(seen.worst()?.ratio).toBeCloseTo(38 / 100, 9)
    seen.onSnapshot(snapshot('A', '0.05', 600))
    expect(seen.worst()?.ratio).toBeCloseTo(38 / 1500, 9)
  })

  it('counts a position without a mark at its entry', () => {
    expect(watch({}, held('A', 5)).worst()?.ratio).toBeCloseTo(40 / 2000, 9)
  })
})
