/** The ranking on the page: rows, where “allowed” ends, what a typed filter means, weights that always add up. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { COMPONENTS, type RankingColumns } from '../../src/contract/opportunities.ts'
import { componentsOf } from '../../src/renderer/screens/opportunities/component-words.ts'
import { parseRankingFilter } from '../../src/renderer/screens/opportunities/ranking-filter.ts'
import {
  contributionsOf,
  cutOf,
  cutText,
  filteredText,
  rankingRows,
  ranksOf,
} from '../../src/renderer/screens/opportunities/ranking-rows.ts'
import { pathOf } from '../../src/renderer/screens/opportunities/sparkline.tsx'
import {
  draftOf,
  sharedOut,
  WEIGHED,
  weightsOf,
  WHOLE,
  withWeight,
} from '../../src/renderer/screens/opportunities/weights-draft.ts'

const plain = (text: string): string => text.replaceAll('\u202F', ' ')
const same = (value: number): number[] => [value, value, value, value]

const columns: RankingColumns = {
  symbol: ['BTCUSDT', 'SOLUSDT', 'ETHUSDT', 'DUSTUSDT'],
  score: [0.95, 0.9, 0.7, 0.2],
  rank_before: [1, 3, null, 4],
  trend_strength: [0.9, 0.84, 0.5, 0.1],
  volatility_quality: same(0.5),
  liquidity: same(1),
  regime_fit: same(1),
  symbol_win_rate: same(0.5),
  spread: same(1),
  low_noise: same(0.9),
  cost_to_hold: [null, null, null, null],
  regime: ['BULL_TRENDING', 'BULL_TRENDING', 'RANGING', null],
  quote_volume_24h: [12e9, 3e9, 8e8, 4e5],
  filtered: [null, null, null, { filter: 'quote_volume', actual: 4e5, limit: 1e6 }],
}
const ranking = { columns }

describe('rows', () => {
  test('carry their rank and how far they moved', () => {
    const rows = rankingRows(ranking, null)
    expect(rows.map(({ symbol, rank, moved }) => [symbol, rank, moved])).toEqual([
      ['BTCUSDT', 1, 0],
      ['SOLUSDT', 2, 1],
      ['ETHUSDT', 3, null],
      ['DUSTUSDT', 4, 0],
    ])
  })

  test('are compared with the ranking in force while weights are tried', () => {
    const now = ranksOf({ columns: { ...columns, symbol: ['ETHUSDT', 'BTCUSDT', 'SOLUSDT', 'DUSTUSDT'] } })
    expect(rankingRows(ranking, null, now).map(({ moved }) => moved)).toEqual([1, 1, -2, 0])
  })

  test('say why they are no opportunity', () => {
    expect(plain(filteredText({ filter: 'quote_volume', actual: 4e5, limit: 1e6 }))).toBe('volume 0.40 M, needs 1.00 M')
    expect(plain(filteredText({ filter: 'minimum_order', actual: 1234, limit: 300 }))).toBe(
      'smallest order 1 234 USDT, this account’s largest is 300 USDT',
    )
    expect(filteredText({ filter: 'score', actual: null, limit: 0.3 })).toBe('score not known, needs 0.30')
  })

  test('a score is the sum of component × weight', () => {
    const weights = { trend_strength: 0.25, spread: 0.1 }
    const parts = contributionsOf(rankingRows(ranking, null)[1]!, weights, ['trend_strength', 'spread'])
    expect(parts.map(({ product }) => product)).toEqual([0.21, 0.1])
  })

  test('the cost to hold is a column only where it has weight', () => {
    expect(componentsOf({ trend_strength: 1 })).toEqual(COMPONENTS)
    expect(componentsOf({ cost_to_hold: 0.1 })).toHaveLength(8)
  })
})

describe('where “allowed” ends', () => {
  test('without a list there is no line', () => {
    expect(cutOf(rankingRows(ranking, null), null)).toBeNull()
  })

  test('under the lowest symbol of the list, with those above that are not on it', () => {
    const list = ['BTCUSDT', 'ETHUSDT']
    const cut = cutOf(rankingRows(ranking, list), list)
    expect(cut).toEqual({ under: 'ETHUSDT', count: 2, from: 0.7, gaps: 1 })
    expect(cut === null ? '' : cutText(cut, 'MSC in policy 214')).toBe(
      'Allowed from 0.70 up: 2 symbols, set by MSC in policy 214. Below this line nothing new opens. 1 hatched above is not on the list.',
    )
  })

  test('a list of which nothing is ranked draws no line', () => {
    expect(cutOf(rankingRows(ranking, ['XUSDT']), ['XUSDT'])).toBeNull()
  })
})

describe('a typed filter', () => {
  const rows = rankingRows(ranking, ['BTCUSDT'])
  const found = (text: string): string[] => {
    const filter = parseRankingFilter(text)
    expect(filter.faults).toEqual([])
    return rows.filter((row) => filter.holds(row, row.symbol === 'BTCUSDT' ? 'long' : null)).map(({ symbol }) => symbol)
  }

  test.each([
    ['', 4],
    ['score:>0.9', 1],
    ['score:>=0.9', 2],
    ['score:0.9', 2],
    ['score:0.6..0.92', 2],
    ['score:<0.5', 1],
    ['volume:>1b', 2],
    ['volume:<1m', 1],
    ['trend:>0.8', 2],
    ['regime:bull', 2],
    ['regime:bull,ranging', 3],
    ['held:no', 3],
    ['held:long', 1],
    ['allowed:yes', 1],
    ['filtered:yes', 1],
    ['moved:up', 1],
    ['moved:new', 1],
    ['usdt', 4],
    ['sol', 1],
    ['symbol:eth score:>0.5', 1],
  ])('%s', (text, count) => {
    expect(found(text)).toHaveLength(count)
  })

  test.each([
    ['scor:>0.5', 'Did you mean “score:”?'],
    ['score:high', 'must be a figure'],
    ['regime:bul', 'Did you mean “bull”?'],
    ['score:', 'needs a value'],
  ])('%s is told what is wrong', (text, sentence) => {
    expect(parseRankingFilter(text).faults.join(' ')).toContain(sentence)
  })
})

describe('weights while they are tried', () => {
  const usual = {
    trend_strength: 0.25,
    volatility_quality: 0.2,
    liquidity: 0.15,
    regime_fit: 0.15,
    symbol_win_rate: 0.1,
    spread: 0.1,
    low_noise: 0.05,
  }

  test('one that moves takes from the others in proportion', () => {
    const draft = withWeight(draftOf(usual), 'trend_strength', 500)
    expect(weightsOf(draft)).toEqual({
      trend_strength: 0.5,
      volatility_quality: 0.133,
      liquidity: 0.1,
      regime_fit: 0.1,
      symbol_win_rate: 0.067,
      spread: 0.067,
      low_noise: 0.033,
    })
  })

  test('the cost to hold joins only when it is set', () => {
    const draft = draftOf(usual)
    expect(draft.cost_to_hold).toBe(0)
    expect(weightsOf(withWeight(draft, 'trend_strength', 100))).not.toHaveProperty('cost_to_hold')
    expect(weightsOf(withWeight(draft, 'cost_to_hold', 100))['cost_to_hold']).toBe(0.1)
  })

  test('always add up to 1, whatever is moved', () => {
    const move = fc.tuple(fc.constantFrom(...WEIGHED), fc.integer({ min: -50, max: 1100 }))
    fc.assert(
      fc.property(fc.array(move, { maxLength: 20 }), (moves) => {
        const draft = moves.reduce((now, [component, value]) => withWeight(now, component, value), draftOf(usual))
        const values = Object.values(draft)
        expect(values.reduce((a, b) => a + b, 0)).toBe(WHOLE)
        expect(values.every((value) => Number.isInteger(value) && value >= 0)).toBe(true)
      }),
    )
  })

  test('sharing out loses nothing', () => {
    expect(sharedOut(10, [1, 1, 1])).toEqual([4, 3, 3])
    expect(sharedOut(10, [0, 0])).toEqual([5, 5])
    expect(sharedOut(0, [3, 7])).toEqual([0, 0])
  })
})

describe('a sparkline', () => {
  test('scales to its own high and low; a flat or single close does not break it', () => {
    expect(pathOf([1, 3, 2], 10, 10)).toBe('M0.0 9.0L5.0 1.0L10.0 5.0')
    expect(pathOf([5, 5], 10, 10)).toBe('M0.0 9.0L10.0 9.0')
    expect(pathOf([5], 10, 10)).toBe('')
  })
})
