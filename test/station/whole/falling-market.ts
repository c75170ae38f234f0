/** A market that falls minute by minute, and a station full of longs in it: for stories of the governor. */
import { expect } from 'vitest'

import type { Candle } from '../../../src/core/model/market.ts'
import type { PolicyRules } from '../../../src/core/policy/policy.ts'
import type { ManualOrder } from '../../../src/station/station-values.ts'
import { MADE_UP_START, writeMinutes } from '../../fixtures/candle-files.ts'
import {
  DAY_MS,
  goOnTo,
  HOUR_MS,
  MINUTE_MS,
  openStation,
  pausedAt,
  temporaryFolder,
  type WholeStation,
} from '../../fixtures/whole-station.ts'

const SYMBOLS = ['AAAUSDT', 'BBBUSDT', 'CCCUSDT', 'DDDUSDT', 'EEEUSDT', 'FFFUSDT']
/** held; the last symbol is what new orders are tried on */
export const HELD = SYMBOLS.slice(0, 5)
/** more than a day before the fall: what it cost to open is in no high of 24 h */
const OPENED_AT = MADE_UP_START + 3 * HOUR_MS
export const MIDNIGHT = MADE_UP_START + DAY_MS
export const FALL_AT = MIDNIGHT + 6 * HOUR_MS
const FALL_MINUTES = 420
/** two days, and the first hours of the third */
const MINUTES = 2 * 1440 + 180
const PRICE = 400
/** a minute, from 06:00 of the second day */
const STEP = 0.08
const STOP_DISTANCE = 0.14

/** Restless for two hours, then still until it falls. */
export function priceAt(minute: number): number {
  const at = MADE_UP_START + minute * MINUTE_MS
  if (at < MADE_UP_START + 2 * HOUR_MS) return PRICE + (minute % 2 === 0 ? 0.1 : -0.1)
  const fallen = Math.floor((at - FALL_AT) / MINUTE_MS) + 1
  return Number((PRICE - STEP * Math.min(FALL_MINUTES, Math.max(0, fallen))).toFixed(2))
}

function fallingMarket(): string {
  const folder = temporaryFolder()
  for (const symbol of SYMBOLS) {
    const candles = Array.from({ length: MINUTES }, (_none, minute): Candle => {
      const [open, close] = [priceAt(Math.max(0, minute - 1)), priceAt(minute)]
      const prices = { open, close, high: Math.max(open, close), low: Math.min(open, close) }
      const openAt = MADE_UP_START + minute * MINUTE_MS
      return { symbol, interval: '1m', openAt, ...prices, volume: 20_000, quoteVolume: 20_000 * close }
    })
    writeMinutes(folder, symbol, candles)
  }
  return folder
}

export const replay = fallingMarket()
export const BY_HAND_ONLY = {
  'policy.blocked_strategies': 'trend_following,momentum_scalping,breakout_hunter,mean_reversion',
  'msc.enabled': 'false',
  'ranker.enabled': 'false',
}

export const buy = (symbol: string, price: number, notionalUsd: number): ManualOrder => ({
  symbol,
  side: 'LONG',
  quantity: null,
  notionalUsd,
  limitPrice: null,
  stopPrice: price * (1 - STOP_DISTANCE),
  takeProfitPrice: null,
  leverage: null,
})

/** What a person would have to allow to hold so much at once. */
function allowMuch({ facade }: WholeStation): PolicyRules {
  const { policy } = facade
  const before = policy.current.rules
  const roomy = { maxDailyDrawdown: 0.5, maxRiskPerTrade: 0.05, positionSizeCapFraction: 0.3 }
  const profiles = { NORMAL: roomy, AGGRESSIVE: roomy }
  const write = { actor: 'user', reason: 'to hold much' } as const
  expect(policy.changeRules({ profiles, guard: { maxHeat: 1, maxHeatOneDirection: 1 } }, write).outcome).toBe(
    'accepted',
  )
  expect(policy.change({ maxRiskPerTrade: 0.05 }, write).outcome).toBe('accepted')
  return before
}

/** Five longs of a quarter of the account each, opened the day before under wide limits; then NORMAL's own are back. */
export async function fullOfLongs(rules: Record<string, unknown> = {}): Promise<WholeStation> {
  const station = await openStation({ replay, ...BY_HAND_ONLY })
  await pausedAt(station, OPENED_AT)
  const { facade } = station
  const before = allowMuch(station)
  for (const symbol of HELD) {
    expect(facade.placeManual(buy(symbol, PRICE, 2500), 'user', false)).toMatchObject({ outcome: 'approved' })
  }
  await goOnTo(station, OPENED_AT + MINUTE_MS)
  expect(facade.positions().map(({ isProtected }) => isProtected)).toEqual(HELD.map(() => true))
  const { profiles } = before
  const write = { actor: 'user', reason: 'as before' } as const
  const back = { profiles: { NORMAL: profiles.NORMAL, AGGRESSIVE: profiles.AGGRESSIVE }, governor: rules }
  expect(facade.policy.changeRules(back, write).outcome).toBe('accepted')
  await goOnTo(station, MIDNIGHT + HOUR_MS)
  return station
}

/** The account's fall from its high of the second day, from prices and positions alone. */
export function fallByHand({ facade }: WholeStation): (at: number) => number {
  const balance = facade.account()?.balance.toNumber() ?? Number.NaN
  const held = facade
    .positions()
    .map(({ quantity, entryPrice }) => [quantity.toNumber(), entryPrice.toNumber()] as const)
  const equityAt = (price: number): number =>
    held.reduce((sum, [quantity, entry]) => sum + quantity * (price - entry), balance)
  const high = equityAt(PRICE)
  return (at) => {
    const lastClosed = Math.floor((at - MADE_UP_START) / MINUTE_MS) - 1
    return 1 - equityAt(priceAt(lastClosed)) / high
  }
}

export function unpaused(station: WholeStation): WholeStation {
  station.facade.setPaused(false)
  return station
}

/** Stands still once the governor has taken the level. */
export function goOnUntilLevel(station: WholeStation, level: string): Promise<void> {
  const { rooms, facade } = station
  if (facade.governor().level === level) return Promise.resolve()
  return new Promise((resolve) => {
    const leave = rooms.bus.subscribe('governor.changed', ({ state }) => {
      if (state.level !== level) return
      leave()
      rooms.clock.at(rooms.clock.now(), () => {
        facade.setPaused(true)
        resolve()
      })
    })
    facade.setPaused(false)
  })
}
