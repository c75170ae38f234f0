/** Statistics of closed trades, whole and by group, against figures computed by hand and by the slow, obvious way. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { dailySharpe } from '../../../src/core/analytics/daily-sharpe.ts'
import {
  groupStatistics,
  slippageBp,
  statisticsOfGroups,
  TRADE_GROUPS,
  type AnalysedTrade,
} from '../../../src/core/analytics/trade-groups.ts'
import { exact } from '../../../src/core/model/decimal.ts'
import type { Trade } from '../../../src/core/model/position.ts'
import { tradeOf } from '../../fixtures/facade-rows.ts'

const MONDAY = Date.UTC(2025, 0, 6)
const HOUR = 3_600_000
const DAY = 86_400_000

interface Fields extends Partial<Omit<Trade, 'profit' | 'entryPrice' | 'fees'>> {
  readonly profit?: number
  readonly entryPrice?: number
  readonly fees?: number
}

function analysed({ profit = 1, entryPrice = 100, fees = 0.1, ...fields }: Fields = {}, beginning = {}): AnalysedTrade {
  const money = { profit: exact(profit), entryPrice: exact(entryPrice), fees: exact(fees), funding: exact(0) }
  const trade = { ...tradeOf('t'), openedAt: MONDAY, closedAt: MONDAY + HOUR, ...fields, ...money }
  return { trade, signalPrice: null, modelVersion: null, regime: null, ...beginning }
}

const closedOn = (day: number, profit: number): Pick<Trade, 'closedAt' | 'profit'> => ({
  closedAt: MONDAY + day * DAY,
  profit: exact(profit),
})

describe('the Sharpe ratio of trades', () => {
  it('is that of the profit per day, idle days included', () => {
    // days: 3, 0, 0, 5 → mean 2, deviations 1, 4, 4, 9 → variance 18 ÷ 3 = 6
    const trades = [closedOn(0, 1), closedOn(0, 2), closedOn(3, 5)]
    expect(dailySharpe(trades)).toBeCloseTo((2 / Math.sqrt(6)) * Math.sqrt(365), 12)
  })

  it('is unknown for one day, for none, and for days all alike', () => {
    expect(dailySharpe([])).toBeNull()
    expect(dailySharpe([closedOn(2, 7), closedOn(2, -3)])).toBeNull()
    expect(dailySharpe([closedOn(0, 4), closedOn(1, 4)])).toBeNull()
  })
})

describe('slippage of an entry', () => {
  it.each([
    ['LONG', 100, 100.1, 10],
    ['LONG', 100, 99.9, -10],
    ['SHORT', 100, 99.9, 10],
    ['SHORT', 100, 100.1, -10],
  ] as const)('%s seen at %d, filled at %d: %d bp', (side, signalPrice, entryPrice, bp) => {
    expect(slippageBp(analysed({ side, entryPrice }, { signalPrice }))).toBeCloseTo(bp, 9)
  })

  it('is unknown for what no strategy has seen', () => {
    expect(slippageBp(analysed())).toBeNull()
    expect(groupStatistics([analysed()]).meanSlippageBp).toBeNull()
    const seen = { signalPrice: 100 }
    const both = [analysed(), analysed({ side: 'LONG', entryPrice: 100.2 }, seen), analysed({ side: 'LONG' }, seen)]
    expect(groupStatistics(both).meanSlippageBp).toBeCloseTo(10, 9)
  })
})

describe('groups of trades', () => {
  const four = [
    analysed({ strategyId: 'b', profit: 4, openedAt: MONDAY + 9 * HOUR, rMultiple: 2 }),
    analysed({ strategyId: 'a', profit: -2, openedAt: MONDAY + 9.5 * HOUR, rMultiple: -1 }),
    analysed({ strategyId: 'b', profit: -1, openedAt: MONDAY + 23 * HOUR, rMultiple: -0.5 }, { regime: 'CHOPPY' }),
    analysed({ strategyId: 'a', profit: 3, closedAt: MONDAY + DAY, rMultiple: 1.5 }, { modelVersion: 'v2' }),
  ]

  it('are in order of name, each with its own figures', () => {
    expect(statisticsOfGroups(four, 'strategy')).toMatchObject([
      { key: 'a', trades: 2, wins: 1, profit: 1, profitFactor: 1.5, expectancy: 0.5, meanR: 0.25, maxDrawdown: 2 },
      { key: 'b', trades: 2, wins: 1, profit: 3, profitFactor: 4, expectancy: 1.5, meanR: 0.75, maxDrawdown: 1 },
    ])
  })

  it('go by the hour of the entry, the day of the exit, and say what is not known', () => {
    const keys = (group: (typeof TRADE_GROUPS)[number]) => statisticsOfGroups(four, group).map(({ key }) => key)
    expect(keys('hour')).toEqual(['00', '09', '23'])
    expect(keys('day')).toEqual(['2025-01-06', '2025-01-07'])
    expect(keys('regime')).toEqual(['CHOPPY', 'UNKNOWN'])
    expect(keys('model')).toEqual(['none', 'v2'])
  })

  it('together are the whole, whatever they go by', () => {
    const trade = fc.record({
      strategyId: fc.constantFrom('a', 'b', 'c'),
      symbol: fc.constantFrom('X', 'Y'),
      side: fc.constantFrom('LONG' as const, 'SHORT' as const),
      riskMode: fc.constantFrom('NORMAL', 'DEFENSIVE'),
      profit: fc.integer({ min: -500, max: 500 }),
      fees: fc.integer({ min: 0, max: 9 }),
      openedAt: fc.integer({ min: MONDAY, max: MONDAY + 9 * DAY }),
      closedAt: fc.integer({ min: MONDAY, max: MONDAY + 9 * DAY }),
    })
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 40 }), fc.constantFrom(...TRADE_GROUPS), (fields, group) => {
        const trades = fields.map((each) => analysed(each)).sort((a, b) => a.trade.closedAt - b.trade.closedAt)
        const rows = statisticsOfGroups(trades, group)
        const whole = groupStatistics(trades)
        for (const figure of ['trades', 'wins', 'profit', 'fees'] as const)
          expect(rows.reduce((sum, row) => sum + row[figure], 0)).toBeCloseTo(whole[figure], 9)
        expect(rows.map(({ key }) => key)).toEqual(rows.map(({ key }) => key).toSorted())
        expect(whole.wins).toBe(fields.filter(({ profit }) => profit > 0).length)
      }),
      { numRuns: 60 },
    )
  })
})
