/** Connections: what is up in a sentence, what a place still needs, and the wish that goes there. */
import { describe, expect, test } from 'vitest'

import type { Connections } from '../../src/contract/connections.ts'
import type { Place } from '../../src/contract/places.ts'
import type { Position } from '../../src/contract/trading-shapes.ts'
import { severest } from '../../src/renderer/frame/conditions.ts'
import { distanceTo } from '../../src/renderer/screens/bridge/protection-words.ts'
import {
  ageText,
  msText,
  obstaclesOf,
  standingText,
  weightOf,
} from '../../src/renderer/screens/connections/connection-words.ts'
import { firstDraft, isMet, readAmount, wishOf } from '../../src/renderer/screens/connections/places/place-draft.ts'
import type { Places } from '../../src/renderer/screens/connections/use-connections.ts'
import { EMPTY_REPLICA } from '../../src/renderer/state/live-state.ts'

const AT = '2026-01-05T12:00:00.000Z'
const LINE: NonNullable<Connections['exchange']> = {
  is_up: true,
  latency_ms: 41.4,
  skew_ms: 3,
  weight_used: 312,
  weight_limit: 2400,
  orders_10s: 0,
  orders_1m: 2,
  silent_until: null,
  listen_key_at: AT,
  reconnects: 0,
  user_event_at: null,
}
const STREAM = { name: 'marks', symbols: 2, is_up: true, up_since: AT, last_at: AT, reconnects: 0, messages: 4 }
const LINES: Connections = {
  at: AT,
  environment: 'LIVE',
  account: 'live',
  place: 'live',
  feed: 'live prices',
  venue: 'binance',
  exchange: LINE,
  streams: [STREAM, { ...STREAM, name: 'candles 1' }],
  back_filled: 0,
  is_reconciling: false,
  reconciliation: null,
  foreign_orders: 0,
  canary: null,
  dead_mans_switch: { state: 'idle', symbols: [], renewed_at: null },
  simulated_prices: null,
}

test('the gravest of what is down is said first', () => {
  const down = { ...STREAM, is_up: false }
  const madeUp = { since: AT, reason: 'no network', answers_since: null }
  expect(standingText(LINES)).toBe('Every line is up')
  expect(standingText({ ...LINES, streams: [STREAM, down] })).toBe('1 of 2 streams down')
  expect(standingText({ ...LINES, streams: [down], simulated_prices: madeUp })).toContain('the simulator makes them up')
  expect(standingText({ ...LINES, exchange: { ...LINE, is_up: false }, simulated_prices: madeUp })).toContain(
    'The line to the account is down',
  )
})

test('the weight of the minute is high from four fifths on, and never more than all', () => {
  expect(weightOf(LINE)).toEqual({ share: 0.13, level: undefined })
  expect(weightOf({ ...LINE, weight_used: 1920 })).toEqual({ share: 0.8, level: 'high' })
  expect(weightOf({ ...LINE, weight_used: 9000 }).share).toBe(1)
  expect(weightOf({ ...LINE, weight_limit: 0 }).share).toBe(0)
})

test('ages are held against the clock of the answer; what never was is said so', () => {
  expect(ageText('2026-01-05T11:59:55.000Z', AT)).toBe('5.0\u202Fs ago')
  expect(ageText(null, AT)).toBe('never')
  expect([msText(41.4), msText(3, true), msText(null)]).toEqual(['41\u202Fms', '+3\u202Fms', 'not known'])
})

const need = (name: Place['needs'][number]['need'], met = false): Place['needs'][number] => ({
  need: name,
  is_met: met,
  sentence: `${name}.`,
})
const LIVE: Place = {
  place: 'live',
  environment: 'LIVE',
  title: 'Live account',
  sentence: 'Real money.',
  is_here: false,
  is_offered: true,
  has_journal: false,
  needs: [
    need('keys', true),
    need('max_order_notional_usd'),
    need('max_daily_loss_usd', true),
    need('words'),
    need('leave_open'),
  ],
}
const PLACES: Places = {
  here: 'paper',
  going_to: null,
  cannot_move: null,
  open_positions: 1,
  working_orders: 0,
  leave_open_sentence: 'One position is open.',
  words: 'TRADE REAL MONEY',
  live_limits: { max_order_notional_usd: null, max_daily_loss_usd: 40 },
  items: [LIVE],
  next: null,
  last_move: null,
}

describe('going to another place', () => {
  const full = { ...firstDraft(PLACES), order: '1 500', words: 'TRADE REAL MONEY', leavesOpen: true }

  test('limits that are set already are typed already; amounts may have spaces and must be above 0', () => {
    expect(firstDraft(PLACES)).toEqual({ words: '', order: '', loss: '40', leavesOpen: false })
    expect([readAmount('1 500'), readAmount('0.5'), readAmount('0'), readAmount('-1'), readAmount('1e3')]).toEqual([
      1500,
      0.5,
      null,
      null,
      null,
    ])
  })

  test('with everything given the wish names all that the place asks for', () => {
    expect(wishOf(LIVE, full, PLACES)).toEqual({
      place: 'live',
      words: 'TRADE REAL MONEY',
      leave_open: true,
      max_order_notional_usd: 1500,
      max_daily_loss_usd: 40,
    })
  })

  test.each([
    ['the words in small letters', { words: 'trade real money' }],
    ['no largest order', { order: '' }],
    ['a loss of nothing', { loss: '0' }],
    ['open positions not left', { leavesOpen: false }],
  ])('%s: no wish', (_what, changes) => {
    expect(wishOf(LIVE, { ...full, ...changes }, PLACES)).toBeNull()
  })

  test('a missing key is an obstacle that nothing typed can take away', () => {
    const without = { ...LIVE, needs: [need('keys'), ...LIVE.needs.slice(1)] }
    expect(obstaclesOf(without).map((each) => each.need)).toEqual(['keys'])
    expect(wishOf(without, full, PLACES)).toBeNull()
    expect(obstaclesOf(LIVE)).toEqual([])
  })

  test('where one is, and from a station that cannot be moved, there is nowhere to go', () => {
    expect(wishOf({ ...LIVE, is_here: true }, full, PLACES)).toBeNull()
    expect(wishOf(LIVE, full, { ...PLACES, cannot_move: 'started with an exchange of its own' })).toBeNull()
  })

  test('words are held letter by letter', () => {
    const words = need('words')
    expect(isMet(words, { ...full, words: 'TRADE REAL MONEY ' }, PLACES.words)).toBe(false)
    expect(isMet(words, full, PLACES.words)).toBe(true)
  })
})

describe('bands', () => {
  const lost = { ...EMPTY_REPLICA, link: { phase: 'lost', since: 0, attempt: 1, retryAt: 0 } } as const

  test('a link that is cut because the station changes its place says where it goes', () => {
    const moving = { to: 'live', title: 'Live account', since: 1000, lastMoveAt: null }
    expect(severest(lost, 5000)?.id).toBe('lost')
    const condition = severest({ ...lost, moving }, 5000)
    expect(`${condition?.what ?? ''}${condition?.rest ?? ''}`).toContain(
      'changing place… It goes to Live account, for 4.0\u202Fs',
    )
    expect(condition?.verb).toBeUndefined()
  })

  test('a bare position that is not ours is to be looked at; ours is to be closed, and comes first', () => {
    const foreign = { symbol: 'SOLUSDT', is_protected: false, is_foreign: true, unprotected_since: null } as Position
    const ours = { ...foreign, symbol: 'BTCUSDT', is_foreign: false }
    const replica = { ...EMPTY_REPLICA, link: { phase: 'live', since: 0 } } as const
    expect(severest({ ...replica, positions: new Map([['SOLUSDT', foreign]]) }, 0)?.verb).toEqual({
      label: 'See SOLUSDT',
      action: 'see',
      symbol: 'SOLUSDT',
    })
    const both = new Map([
      ['SOLUSDT', foreign],
      ['BTCUSDT', ours],
    ])
    expect(severest({ ...replica, positions: both }, 0)?.verb).toMatchObject({ action: 'close', symbol: 'BTCUSDT' })
  })
})

test('a stop lies below the mark, a target above', () => {
  expect(distanceTo('97', 100)).toBeCloseTo(-0.03, 12)
  expect(distanceTo('120', 100)).toBeCloseTo(0.2, 12)
  expect(distanceTo('97', 0)).toBeNaN()
})
