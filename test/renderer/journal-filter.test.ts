/** What a person types into the journal's filter, and what the station is asked for because of it. */
import { describe, expect, test } from 'vitest'

import { askOf, matchesFilter } from '../../src/renderer/screens/journal/filter/ask-of.ts'
import type { Vocabulary } from '../../src/renderer/screens/journal/filter/filter.ts'
import { nearMiss, slipsBetween } from '../../src/renderer/screens/journal/filter/near-miss.ts'
import { parseFilter } from '../../src/renderer/screens/journal/filter/parse-filter.ts'
import { parseMoment, parseSpan } from '../../src/renderer/screens/journal/filter/parse-time.ts'

const NOW = Date.parse('2026-11-20T12:00:00Z')
const HOUR = 3_600_000

const DECISIONS: Vocabulary = {
  rows: 'Decisions',
  keys: [
    { key: 'symbol', field: 'symbol' },
    { key: 'strategy', field: 'strategy' },
    { key: 'outcome', field: 'outcome', values: ['approved', 'dropped', 'denied'] },
    {
      key: 'denied',
      field: 'code',
      values: ['max_positions', 'max_leverage', 'heat'],
      also: { field: 'outcome', value: 'denied' },
    },
    { key: 'trace', field: 'trace', isWhole: true },
  ],
  foreign: ['severity'],
  symbols: ['BTCUSDT', 'BTCDOMUSDT', 'ETHUSDT', '币安人生USDT'],
  strategies: ['breakout_hunter', 'trend_following', 'manual'],
}
const PARAMETERS = {
  symbol: 'symbol',
  strategy: 'strategy_id',
  outcome: 'outcome',
  code: 'code',
  trace: 'trace_id',
}
const read = (text: string) => parseFilter(text, DECISIONS, NOW)
const asked = (text: string) => askOf(read(text), PARAMETERS)

describe('a filter that is understood', () => {
  test('everything at once becomes one question to the station', () => {
    expect(read('strategy:breakout denied:max_positions symbol:BTC outcome:denied last:2h trace:abc').faults).toEqual(
      [],
    )
    expect(asked('strategy:breakout denied:max_positions symbol:BTC outcome:denied last:2h trace:abc')).toEqual({
      strategy_id: 'breakout_hunter',
      outcome: 'denied',
      code: 'max_positions',
      symbol: 'BTCUSDT',
      trace_id: 'abc',
      from: '2026-11-20T10:00:00.000Z',
    })
  })
  test('a name that several contain is looked at row by row', () => {
    expect(asked('symbol:usdt')).toEqual({})
    const { fields } = read('symbol:btcd')
    expect(fields).toEqual([{ field: 'symbol', values: ['BTCDOMUSDT'], isExact: true }])
  })
  test('several values of one key: any of them will do', () => {
    const filter = read('symbol:BTC,ETH')
    expect(askOf(filter, PARAMETERS)).toEqual({})
    expect(matchesFilter(filter, { symbol: 'ETHUSDT' })).toBe(true)
    expect(matchesFilter(filter, { symbol: 'BTCDOMUSDT' })).toBe(false)
  })
  test('any denial at all', () => expect(asked('denied:any')).toEqual({ outcome: 'denied' }))
  test('a strategy that is gone is still found by a part of its name', () => {
    const filter = read('strategy:retired')
    expect(filter.faults).toEqual([])
    expect(askOf(filter, PARAMETERS)).toEqual({})
    expect(matchesFilter(filter, { strategy: 'retired_one' })).toBe(true)
  })
  test('words without a key must all occur somewhere in the row', () => {
    const filter = read('"free slots" btc')
    expect(matchesFilter(filter, { symbol: 'BTCUSDT', sentence: 'better ones take the 3 free slots' })).toBe(true)
    expect(matchesFilter(filter, { symbol: 'ETHUSDT', sentence: 'better ones take the 3 free slots' })).toBe(false)
  })
  test('a symbol in any script', () => expect(asked('symbol:币安人生')).toEqual({ symbol: '币安人生USDT' }))
  test('nothing typed asks for everything', () => expect(asked('   ')).toEqual({}))
})

describe('a filter that is not understood says so in one sentence each', () => {
  test.each([
    ['stratgy:x', 'There is no “stratgy:”. Did you mean “strategy:”?'],
    ['colour:red', 'There is no “colour:”. Known here: symbol, strategy, outcome, denied, trace, last, from, to.'],
    [
      'severity:info',
      'Decisions have no “severity”; they know symbol, strategy, outcome, denied, trace, last, from, to.',
    ],
    ['outcome:deneid', 'There is no outcome “deneid”. Did you mean “denied”?'],
    ['denied:positions', 'There is no denied “positions”. Did you mean “max_positions”?'],
    ['outcome:blue', 'There is no outcome “blue”. It is one of approved, dropped, denied.'],
    ['symbol:BTK', 'No symbol is called “BTK”. Did you mean “BTCUSDT”?'],
    ['last:2x', '“last:” must be a span like 30m, 2h or 7d, was “2x”.'],
    ['from:noon', '“from:” must be a time like 10:30 or 2026-11-20T10:30, was “noon”.'],
    ['strategy:', '“strategy:” needs a value, like strategy:breakout.'],
    ['outcome:approved denied:heat', 'Nothing is both approved and denied.'],
    ['from:2026-11-20 to:2026-11-19', 'The filter ends before it begins: “from” is later than “to”.'],
  ])('%s', (text, sentence) => expect(read(text).faults).toEqual([sentence]))

  test('all faults are told at once', () => expect(read('stratgy:x last:2x symbol:BTK').faults).toHaveLength(3))
})

test('spans and moments', () => {
  expect([parseSpan('90s'), parseSpan('2h'), parseSpan('7d'), parseSpan('0h'), parseSpan('h')]).toEqual([
    90_000,
    2 * HOUR,
    168 * HOUR,
    null,
    null,
  ])
  expect(parseMoment('2026-11-20T10:30Z', NOW)).toBe(NOW - 1.5 * HOUR)
  const clock = parseMoment('10:30', NOW) ?? Number.NaN
  expect(clock).toBeLessThanOrEqual(NOW)
  expect(NOW - clock).toBeLessThan(24 * HOUR)
  expect([new Date(clock).getHours(), new Date(clock).getMinutes()]).toEqual([10, 30])
  expect([parseMoment('25:00', NOW), parseMoment('2026-13-45', NOW)]).toEqual([null, null])
})

test('slips: one letter more, less, other, or two swapped', () => {
  expect(['stratgy', 'strategyy', 'stratagy', 'startegy'].map((typed) => slipsBetween(typed, 'strategy'))).toEqual([
    1, 1, 1, 1,
  ])
  expect(nearMiss('xyzzy', ['symbol', 'strategy'])).toBeNull()
})
