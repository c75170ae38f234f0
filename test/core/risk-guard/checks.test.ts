import { describe, expect, test } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import { type IntentId, intentIdOf } from '../../../src/core/model/ids.ts'
import type { EntryIntent } from '../../../src/core/model/intent.ts'
import type { Instrument } from '../../../src/core/model/market.ts'
import { CALM_GOVERNOR, type GlobalPolicy, type GuardRules } from '../../../src/core/policy/policy.ts'
import type { GuardContext } from '../../../src/core/risk-guard/context.ts'
import { Reservations } from '../../../src/core/risk-guard/reservations.ts'
import { check } from '../../../src/core/risk-guard/risk-guard.ts'
import { accountOf, BTC, contextOf, DAY_MS, entryOf, heldOf, NOON, policyOf, type World } from '../../fixtures/guard.ts'

const verdictOf = (entry: Partial<EntryIntent>, fields: GuardContext = {}, world: World = {}) =>
  check(entryOf(entry), contextOf(fields, world))

/** `approved`, or the code of the denial. */
function outcome(entry: Partial<EntryIntent>, fields: GuardContext = {}, world: World = {}): string {
  const verdict = verdictOf(entry, fields, world)
  return verdict.outcome === 'approved' ? 'approved' : `${verdict.check} ${verdict.code}`
}

const withContract = (fields: Partial<Instrument>): GuardContext => ({ instrument: { ...BTC, ...fields } })
const withPolicy = (fields: Partial<GlobalPolicy>): World => ({ policy: policyOf('NORMAL', fields) })
const withRules = (rules: Partial<GuardRules>): World => ({ policy: policyOf('NORMAL', {}, rules) })
const priceAt = (price: number, at = NOON) => ({ price, at })
const MINUTE_MS = 60_000

describe('check 1: the kill switch', () => {
  test('nothing opens while it is engaged, and the denial says by whom and why', () => {
    const emergency = { id: 'e1', engagedAt: NOON, by: 'user' as const, reason: 'news' }
    expect(verdictOf({}, {}, withPolicy({ emergency }))).toMatchObject({
      check: 1,
      code: 'emergency',
      sentence: 'kill switch engaged by user: news',
    })
  })
})

describe('check 2: the symbol', () => {
  test('must be a trading USDT perpetual', () => {
    for (const wrong of [
      { status: 'SETTLING' },
      { contractType: 'CURRENT_QUARTER' },
      { quoteAsset: 'USDC' },
      { marginAsset: 'BTC' },
    ]) {
      expect(outcome({}, withContract(wrong))).toBe('2 symbol_not_allowed')
    }
  })

  test('must be listed for 30 days and not be delivered within 7', () => {
    expect(outcome({}, withContract({ onboardAt: NOON - 30 * DAY_MS }))).toBe('approved')
    expect(outcome({}, withContract({ onboardAt: NOON - 30 * DAY_MS + 1 }))).toBe('2 symbol_not_allowed')
    expect(outcome({}, withContract({ deliveryAt: NOON + 7 * DAY_MS }))).toBe('approved')
    expect(outcome({}, withContract({ deliveryAt: NOON + 7 * DAY_MS - 1 }))).toBe('2 symbol_not_allowed')
  })

  test('must be in the allowed symbols, unless there is no such list', () => {
    expect(outcome({}, {}, withPolicy({ allowedSymbols: ['BTCUSDT'] }))).toBe('approved')
    expect(outcome({}, {}, withPolicy({ allowedSymbols: ['ETHUSDT'] }))).toBe('2 symbol_not_allowed')
    expect(outcome({}, {}, withPolicy({ allowedSymbols: [] }))).toBe('2 symbol_not_allowed')
  })

  test('rests after a liquidation or ADL until its time has come', () => {
    expect(outcome({}, { symbolRestsUntil: NOON })).toBe('approved')
    expect(outcome({}, { symbolRestsUntil: NOON + 1 })).toBe('2 symbol_not_allowed')
  })
})

describe('check 3: prices', () => {
  test('are finite and above 0', () => {
    for (const price of [0, -1, Number.NaN, Infinity]) {
      expect(outcome({ price: exact(price) })).toBe('3 price_invalid')
      expect(outcome({}, { lastPrice: priceAt(price) })).toBe('3 price_invalid')
      expect(outcome({}, { markPrice: priceAt(price) })).toBe('3 price_invalid')
    }
  })

  test('one that is not there is said in words', () => {
    const none = exact(Number.NaN)
    const said = (fields: GuardContext) => verdictOf({ price: none }, fields)
    for (const fields of [{ lastPrice: priceAt(Number.NaN) }, { markPrice: priceAt(Number.NaN) }]) {
      expect(said(fields)).toMatchObject({ actual: 'none', sentence: 'BTCUSDT has no price yet' })
    }
    expect(said({})).toMatchObject({ actual: 'none', sentence: 'the entry price is missing' })
  })

  test('a limit lies within 1 % of the mark', () => {
    expect(outcome({ price: exact(101_000) })).toBe('approved')
    expect(outcome({ price: exact('101000.1') })).toBe('3 entry_too_far')
    expect(outcome({ price: exact(99_000) })).toBe('approved')
    expect(outcome({ price: exact('98999.9') })).toBe('3 entry_too_far')
  })

  test('1 % is 1 % whatever float makes of it', () => {
    const small = {
      lastPrice: priceAt(1.1),
      markPrice: priceAt(1.1),
      instrument: { ...BTC, tickSize: '0.001', stepSize: '1', minNotional: '5' },
    }
    const entry = { quantity: exact(100), stopPrice: exact('1.08') }
    // 1.111 ÷ 1.1 − 1 is 0.010000000000000009 in float64
    expect(outcome({ ...entry, price: exact('1.111') }, small)).toBe('approved')
    expect(outcome({ ...entry, price: exact('1.112') }, small)).toBe('3 entry_too_far')
  })

  test('mark and last price are within 1 % of each other', () => {
    expect(outcome({}, { lastPrice: priceAt(101_000) })).toBe('approved')
    expect(outcome({}, { lastPrice: priceAt(101_000.1) })).toBe('3 entry_too_far')
  })
})

describe('check 4: the age of prices', () => {
  test('is 5 s at most from a fast feed, counted on the feed’s clock', () => {
    const aged = (ms: number): GuardContext => ({ feedNow: NOON + ms, now: NOON + 10 * DAY_MS })
    expect(outcome({}, aged(5000))).toBe('approved')
    expect(outcome({}, aged(5001))).toBe('4 price_stale')
  })

  test('is 1.5 intervals at most from a slow one', () => {
    expect(outcome({}, { priceEveryMs: MINUTE_MS, lastPrice: priceAt(100_000, NOON - 90_000) })).toBe('approved')
    expect(outcome({}, { priceEveryMs: MINUTE_MS, lastPrice: priceAt(100_000, NOON - 90_001) })).toBe('4 price_stale')
    expect(outcome({}, { priceEveryMs: MINUTE_MS, markPrice: priceAt(100_000, NOON - 90_001) })).toBe('4 price_stale')
  })
})

describe('check 5: new positions', () => {
  test('are what the governor, the profile and the station must want', () => {
    expect(outcome({}, {}, { governor: { ...CALM_GOVERNOR, allowNewPositions: false } })).toBe(
      '5 new_positions_disabled',
    )
    expect(verdictOf({}, { entriesOff: 'not reconciled yet' })).toMatchObject({
      code: 'new_positions_disabled',
      sentence: 'entries are off: not reconciled yet',
    })
  })

  test('wait while equity jumped more than 5 % for no reason', () => {
    expect(outcome({}, { equityJump: 0.05 })).toBe('approved')
    expect(outcome({}, { equityJump: -0.05 })).toBe('approved')
    expect(outcome({}, { equityJump: 0.0501 })).toBe('5 new_positions_disabled')
    expect(outcome({}, { equityJump: -0.0501 })).toBe('5 new_positions_disabled')
  })
})

describe('check 6: the strategy', () => {
  test('must be allowed and not blocked; blocked wins', () => {
    expect(outcome({}, {}, withPolicy({ allowedStrategies: ['trend_following'] }))).toBe('approved')
    expect(outcome({}, {}, withPolicy({ allowedStrategies: ['mean_reversion'] }))).toBe('6 strategy_not_allowed')
    const both = { allowedStrategies: ['trend_following'], blockedStrategies: ['trend_following'] }
    expect(outcome({}, {}, withPolicy(both))).toBe('6 strategy_not_allowed')
  })

  test('manual needs no permission but can be blocked', () => {
    expect(outcome({ strategyId: 'manual' }, {}, withPolicy({ allowedStrategies: [] }))).toBe('approved')
    expect(outcome({ strategyId: 'manual' }, {}, withPolicy({ blockedStrategies: ['manual'] }))).toBe(
      '6 strategy_not_allowed',
    )
  })
})

describe('check 7: confidence', () => {
  test('NORMAL asks 0.65: its profile is stricter than its target of 0.60', () => {
    expect(outcome({ confidence: 0.65 })).toBe('approved')
    expect(outcome({ confidence: 0.6499 })).toBe('7 confidence_below_threshold')
  })
})

describe('check 8: leverage', () => {
  const far = { stopPrice: exact(85_000), quantity: exact('0.002') }

  test('is a whole number of 1 to 5 in NORMAL', () => {
    expect(outcome({ leverage: 5 })).toBe('approved')
    for (const leverage of [6, 2.5, 0, -1, Number.NaN]) expect(outcome({ leverage })).toBe('8 max_leverage')
  })

  test('the guard chooses what a stop 15 % away bears: ⌊1 ÷ (0.225 + 0.004 + 0.0125 + 0.005)⌋ = 4', () => {
    expect(verdictOf(far)).toMatchObject({ outcome: 'approved', leverage: 4 })
  })

  test('liquidation stays 1.5 stop distances away: 5× liquidates at 19.7 %, a stop at 15 % needs 22.5 %', () => {
    expect(outcome({ ...far, leverage: 4 })).toBe('approved')
    expect(verdictOf({ ...far, leverage: 5 })).toMatchObject({
      code: 'liquidation_buffer',
      sentence: 'liquidation 19.7 % away at 5×, at least 22.5 % needed (rules, policy 1)',
    })
  })

  test('the exchange’s own bracket binds too', () => {
    expect(outcome({}, withContract({ brackets: [] }))).toBe('8 max_leverage')
    const low = [{ notionalFloor: 0, notionalCap: 1000, maintenanceRate: 0.004, cum: 0, maxLeverage: 2 }]
    expect(verdictOf({}, withContract({ brackets: low }))).toMatchObject({ outcome: 'approved', leverage: 2 })
    expect(outcome({ leverage: 3 }, withContract({ brackets: low }))).toBe('8 max_leverage')
    expect(outcome({ quantity: exact('0.011') }, withContract({ brackets: low }))).toBe('8 max_leverage')
  })
})

describe('check 9: stop, risk and cost', () => {
  test('a stop is there and on the losing side of entry and mark', () => {
    for (const stop of [0, -1, Number.NaN, 100_000, 100_001]) {
      expect(outcome({ stopPrice: exact(stop) })).toBe('9 stop_invalid')
    }
    expect(outcome({ side: 'SHORT', stopPrice: exact(98_000) })).toBe('9 stop_invalid')
    expect(outcome({ side: 'SHORT', stopPrice: exact(102_000) })).toBe('approved')
    // below the entry, but the mark has fallen to it already
    expect(outcome({ price: exact(100_500), stopPrice: exact(100_100) })).toBe('9 stop_invalid')
  })

  test('a stop is 0.3 % to 15 % away', () => {
    expect(outcome({ stopPrice: exact('99700.1') })).toBe('9 stop_invalid')
    expect(outcome({ stopPrice: exact(99_700) })).toBe('9 cost_too_high')
    const small = { quantity: exact('0.002') }
    expect(outcome({ ...small, stopPrice: exact(85_000) })).toBe('approved')
    expect(outcome({ ...small, stopPrice: exact('84999.9') })).toBe('9 stop_invalid')
  })

  test('the loss at the stop, costs included, stays within the risk limit: 22 USDT of 10 000 are 0.22 %', () => {
    expect(outcome({}, {}, withPolicy({ maxRiskPerTrade: 0.0022 }))).toBe('approved')
    expect(outcome({}, {}, withPolicy({ maxRiskPerTrade: 0.002199 }))).toBe('9 max_risk_per_trade')
    // paid funding of 0.01 % adds 0.1 USDT
    const funding = { rate: 0.0001, at: NOON + DAY_MS, intervalHours: 8 }
    expect(outcome({}, { funding }, withPolicy({ maxRiskPerTrade: 0.0022 }))).toBe('9 max_risk_per_trade')
    expect(outcome({}, { funding }, withPolicy({ maxRiskPerTrade: 0.00221 }))).toBe('approved')
    expect(outcome({}, { funding: { ...funding, rate: -0.0001 } }, withPolicy({ maxRiskPerTrade: 0.0022 }))).toBe(
      'approved',
    )
  })

  test('what a first step has filled counts into the risk of the second', () => {
    const intentId = entryOf().id
    const filled = heldOf({ intentId, quantity: exact('0.01') })
    expect(outcome({}, { positions: [filled] }, withPolicy({ maxRiskPerTrade: 0.0044 }))).toBe('approved')
    expect(outcome({}, { positions: [filled] }, withPolicy({ maxRiskPerTrade: 0.0043 }))).toBe('9 max_risk_per_trade')
  })

  test('costs eat at most 30 % of the stop distance: 0.1 % fees, 0.1 % slippage and 0.4 % spread of 2 %', () => {
    expect(outcome({}, { spread: 0.004 })).toBe('approved')
    expect(outcome({}, { spread: 0.00401 })).toBe('9 cost_too_high')
  })

  test('funding counts as often as it is settled during the expected hold', () => {
    const paid = { rate: 0.001, at: NOON + 60 * MINUTE_MS, intervalHours: 8 }
    const held = (minutes: number, spread: number) =>
      outcome({ expectedHoldMs: minutes * MINUTE_MS }, { funding: paid, spread })
    expect(held(59, 0.004)).toBe('approved')
    expect(held(60, 0.003)).toBe('approved')
    expect(held(60, 0.0031)).toBe('9 cost_too_high')
    expect(held(60 + 8 * 60, 0.002)).toBe('approved')
    expect(held(60 + 8 * 60, 0.0021)).toBe('9 cost_too_high')
  })
})

describe('check 10: the size of position and order', () => {
  test('a position is at most 20 % of equity in NORMAL', () => {
    expect(outcome({ quantity: exact('0.02') })).toBe('approved')
    expect(outcome({ quantity: exact('0.021') })).toBe('10 position_cap')
  })

  test('a sale may fill above its limit: it counts at the mark', () => {
    const sale = { side: 'SHORT' as const, price: exact(99_500), stopPrice: exact(102_000), quantity: exact('0.02') }
    expect(outcome(sale)).toBe('approved')
    expect(outcome(sale, { markPrice: priceAt(100_000.1) })).toBe('10 position_cap')
  })

  test('the cap in dollars binds up to the account it was drawn for, 1000 USDT', () => {
    const base = policyOf()
    const profiles = { ...base.rules.profiles, NORMAL: { ...base.rules.profiles.NORMAL, positionSizeCapUsd: 150 } }
    const policy = { ...base, rules: { ...base.rules, profiles } }
    expect(outcome({ quantity: exact('0.001') }, {}, { policy, equity: 1000 })).toBe('approved')
    expect(outcome({ quantity: exact('0.002') }, {}, { policy, equity: 1000 })).toBe('10 position_cap')
    expect(outcome({ quantity: exact('0.002') }, {}, { policy, equity: 1000.01 })).toBe('approved')
  })

  test('an order is at most maxOrderNotionalUsd, which real money must have', () => {
    expect(outcome({}, {}, withRules({ maxOrderNotionalUsd: 1000 }))).toBe('approved')
    expect(outcome({}, {}, withRules({ maxOrderNotionalUsd: 999.99 }))).toBe('10 max_order_notional')
    expect(outcome({}, { isLive: true })).toBe('10 max_order_notional')
  })
})

describe('check 11: positions', () => {
  const others = (count: number) =>
    Array.from({ length: count }, (_, index) => heldOf({ symbol: `X${index}USDT`, notional: 1, lossAtStop: 0 }))

  test('NORMAL has 10: its target is stricter than its profile’s 30', () => {
    expect(outcome({}, { positions: others(9) })).toBe('approved')
    expect(outcome({}, { positions: others(10) })).toBe('11 max_positions')
  })

  test('a resting entry takes a slot too, a symbol only one', () => {
    const reservations = new Reservations()
    const claim = { side: 'LONG' as const, quantity: 1, notional: 1, lossAtStop: 0, margin: 0 }
    reservations.restore({ ...claim, intentId: 'a' as IntentId, symbol: 'X0USDT' })
    expect(outcome({}, { positions: others(9), reservations })).toBe('approved')
    reservations.restore({ ...claim, intentId: 'b' as IntentId, symbol: 'YUSDT' })
    expect(outcome({}, { positions: others(9), reservations })).toBe('11 max_positions')
    expect(outcome({}, { positions: others(8), reservations })).toBe('approved')
  })

  test('one net position per symbol: position, resting entry or UNKNOWN order keep it', () => {
    expect(outcome({}, { unknownOrder: true })).toBe('11 max_positions')
    expect(outcome({}, { positions: [heldOf({ side: 'SHORT' })] })).toBe('11 max_positions')
    const reservations = new Reservations()
    const claim = { symbol: 'BTCUSDT', side: 'LONG' as const, quantity: 1, notional: 1, lossAtStop: 0, margin: 0 }
    reservations.restore({ ...claim, intentId: 'a' as IntentId })
    expect(outcome({}, { reservations })).toBe('11 max_positions')
  })

  test('an intent’s own first step does not stand in the way of its second', () => {
    const intentId = entryOf().id
    const reservations = new Reservations()
    reservations.restore({
      intentId,
      symbol: 'BTCUSDT',
      side: 'LONG',
      quantity: 0.01,
      notional: 1000,
      lossAtStop: 22,
      margin: 200,
    })
    expect(outcome({}, { reservations, positions: [heldOf({ intentId, quantity: exact('0.001') })] })).toBe('approved')
  })
})

describe('check 12: pace', () => {
  const ids = (count: number) => new Set(Array.from({ length: count }, (_, index) => `other${index}`))
  const recent = (count: number, at: number) =>
    Array.from({ length: count }, (_, index) => ({ intentId: `other${index}` as IntentId, at }))

  test('NORMAL has 30 entries a day, reserved ones included, the intent itself once', () => {
    expect(outcome({}, { entriesFilledToday: ids(29) })).toBe('approved')
    expect(outcome({}, { entriesFilledToday: ids(30) })).toBe('12 max_daily_trades')
    expect(outcome({}, { entriesFilledToday: new Set([...ids(29), entryOf().id]) })).toBe('approved')
    const reservations = new Reservations()
    const claim = { symbol: 'XUSDT', side: 'LONG' as const, quantity: 1, notional: 1, lossAtStop: 0, margin: 0 }
    reservations.restore({ ...claim, intentId: 'other0' as IntentId })
    expect(outcome({}, { entriesFilledToday: ids(29), reservations })).toBe('approved')
    reservations.restore({ ...claim, intentId: 'new' as IntentId })
    expect(outcome({}, { entriesFilledToday: ids(29), reservations })).toBe('12 max_daily_trades')
  })

  test('10 entries a minute', () => {
    expect(outcome({}, { recentEntries: recent(9, NOON) })).toBe('approved')
    expect(outcome({}, { recentEntries: recent(10, NOON - MINUTE_MS + 1) })).toBe('12 order_rate')
    expect(outcome({}, { recentEntries: recent(10, NOON - MINUTE_MS) })).toBe('approved')
    const own = [...recent(9, NOON), { intentId: entryOf().id, at: NOON }]
    expect(outcome({}, { recentEntries: own })).toBe('approved')
  })

  test('one entry per symbol and bar', () => {
    const { bar, id } = entryOf()
    const other = intentIdOf('mean_reversion', 'BTCUSDT', 'LONG', bar)
    expect(outcome({}, { lastEntryOnSymbol: { intentId: other, bar } })).toBe('12 order_rate')
    expect(outcome({}, { lastEntryOnSymbol: { intentId: other, bar: bar - 900_000 } })).toBe('approved')
    expect(outcome({}, { lastEntryOnSymbol: { intentId: id, bar } })).toBe('approved')
  })

  test('three rejections of the venue in a row rest the symbol for an hour', () => {
    const rejected = (inARow: number, minutesAgo: number) => ({
      symbolRejections: { inARow, lastAt: NOON - minutesAgo * MINUTE_MS },
    })
    expect(outcome({}, rejected(2, 0))).toBe('approved')
    expect(outcome({}, rejected(3, 59))).toBe('12 order_rate')
    expect(outcome({}, rejected(3, 60))).toBe('approved')
  })

  test('ten rejections within ten minutes stop all entries', () => {
    const times = (count: number, minutesAgo: number) => ({
      rejectionTimes: Array.from({ length: count }, () => NOON - minutesAgo * MINUTE_MS),
    })
    expect(outcome({}, times(9, 1))).toBe('approved')
    expect(outcome({}, times(10, 9))).toBe('12 order_rate')
    expect(outcome({}, times(10, 10))).toBe('approved')
  })
})

describe('check 13: the day’s loss', () => {
  const down = (drawdown: number): GuardContext => ({ account: accountOf(10_000, { drawdown }) })

  test('reaching the drawdown limit of 5 % is too much', () => {
    expect(outcome({}, down(0.05))).toBe('13 daily_drawdown')
    expect(outcome({}, down(0.06))).toBe('13 daily_drawdown')
    // just below it the drawdown is fine, but no heat is left
    expect(outcome({}, down(0.0499))).toBe('14 heat')
  })

  test('reaching maxDailyLossUsd is too much, and real money must have it', () => {
    expect(outcome({}, { dayLossUsd: 99.99 }, withRules({ maxDailyLossUsd: 100 }))).toBe('approved')
    expect(outcome({}, { dayLossUsd: 100 }, withRules({ maxDailyLossUsd: 100 }))).toBe('13 max_daily_loss')
    expect(outcome({}, { isLive: true }, withRules({ maxOrderNotionalUsd: 1000 }))).toBe('13 max_daily_loss')
  })
})

describe('check 14: exposure', () => {
  const eth = (fields: Parameters<typeof heldOf>[0]) => heldOf({ symbol: 'ETHUSDT', lossAtStop: 0, ...fields })

  test('gross is at most 3 × equity', () => {
    expect(outcome({}, { positions: [eth({ notional: 29_000 })] })).toBe('approved')
    expect(outcome({}, { positions: [eth({ notional: 29_000.1 })] })).toBe('14 gross_exposure')
    const reservations = new Reservations()
    reservations.restore({
      intentId: 'a' as IntentId,
      symbol: 'SOLUSDT',
      side: 'SHORT',
      quantity: 1,
      notional: 9000,
      lossAtStop: 0,
      margin: 0,
    })
    expect(outcome({}, { reservations, positions: [eth({ notional: 20_000 })] })).toBe('approved')
    expect(outcome({}, { reservations, positions: [eth({ notional: 20_000.1 })] })).toBe('14 gross_exposure')
  })

  test('one symbol is at most 1 × equity', () => {
    const own = (notional: number) => ({
      positions: [heldOf({ intentId: entryOf().id, notional, entryNotional: 500, entryLoss: 11, lossAtStop: 0 })],
    })
    expect(outcome({}, own(9000))).toBe('approved')
    expect(outcome({}, own(9000.1))).toBe('14 symbol_exposure')
  })

  test('all stops together lose at most 5 % in NORMAL, less what the day has lost', () => {
    const short = (lossAtStop: number) => ({ positions: [eth({ side: 'SHORT', lossAtStop })] })
    expect(outcome({}, short(478))).toBe('approved')
    expect(outcome({}, short(478.1))).toBe('14 heat')
    const account = accountOf(10_000, { drawdown: 0.01 })
    expect(outcome({}, { ...short(378), account })).toBe('approved')
    expect(outcome({}, { ...short(378.1), account })).toBe('14 heat')
  })

  test('at most 70 % of it in one direction, reservations included', () => {
    const long = (lossAtStop: number) => ({ positions: [eth({ side: 'LONG', lossAtStop })] })
    expect(outcome({}, long(328))).toBe('approved')
    expect(outcome({}, long(328.1))).toBe('14 heat')
    const reservations = new Reservations()
    reservations.restore({
      intentId: 'a' as IntentId,
      symbol: 'SOLUSDT',
      side: 'LONG',
      quantity: 1,
      notional: 1,
      lossAtStop: 28,
      margin: 0,
    })
    expect(outcome({}, { ...long(300), reservations })).toBe('approved')
    expect(outcome({}, { ...long(300.1), reservations })).toBe('14 heat')
  })

  test('correlation is capped only where a person set it', () => {
    expect(outcome({}, { correlation: 1 })).toBe('approved')
    expect(outcome({}, { correlation: 0.8 }, withRules({ maxCorrelation: 0.8 }))).toBe('approved')
    expect(outcome({}, { correlation: 0.81 }, withRules({ maxCorrelation: 0.8 }))).toBe('14 correlation_cap')
  })
})

describe('check 15: the exchange’s filters', () => {
  test('quantities are rounded down to the step, prices never to a worse tick', () => {
    expect(verdictOf({ quantity: exact('0.010999'), price: exact('100000.19') })).toMatchObject({
      quantity: exact('0.01'),
      price: exact('100000.1'),
    })
    const sale = { side: 'SHORT' as const, stopPrice: exact(102_000), price: exact('99999.91') }
    expect(verdictOf(sale)).toMatchObject({ price: exact('100000') })
  })

  test('below the minimum the equity that would do is named, and nothing is rounded up', () => {
    expect(outcome({ quantity: exact('0.001') })).toBe('approved')
    // 0.0004 of equity 10 000 would have to be 0.001
    expect(verdictOf({ quantity: exact('0.0004') })).toMatchObject({
      check: 15,
      code: 'below_minimum',
      limit: 100,
      actual: 0,
      sentence: '0 BTC is 0 USDT, the exchange takes 100 USDT or more: about 25000 USDT of equity would do',
    })
    // 0.001 × 99 900 is below 100 USDT: 0.002 are needed
    expect(verdictOf({ quantity: exact('0.001'), price: exact(99_900) })).toMatchObject({
      code: 'below_minimum',
      limit: 199.8,
      actual: 99.9,
    })
  })

  test('nor more than the exchange takes', () => {
    expect(outcome({}, withContract({ maxQuantity: '0.01' }))).toBe('approved')
    expect(outcome({}, withContract({ maxQuantity: '0.009' }))).toBe('15 exchange_filter')
  })

  test('the price lies in the exchange’s band around the mark', () => {
    const band = withContract({ percentPrice: 0.005 })
    expect(outcome({ price: exact(100_500) }, band)).toBe('approved')
    expect(outcome({ price: exact('100500.1') }, band)).toBe('15 exchange_filter')
  })

  test('margin and entry fee are free: 1000 ÷ 5 + 0.5, reservations deducted', () => {
    const free = (freeMargin: number): GuardContext => ({ account: accountOf(10_000, { freeMargin }) })
    expect(outcome({}, free(200.5))).toBe('approved')
    expect(outcome({}, free(200.49))).toBe('15 exchange_filter')
    const reservations = new Reservations()
    reservations.restore({
      intentId: 'a' as IntentId,
      symbol: 'SOLUSDT',
      side: 'LONG',
      quantity: 1,
      notional: 1,
      lossAtStop: 0,
      margin: 100,
    })
    expect(outcome({}, { ...free(300.5), reservations })).toBe('approved')
    expect(outcome({}, { ...free(300.49), reservations })).toBe('15 exchange_filter')
  })
})
