/** Rankings come when they are due, one at a time, at the same instant in every run; a failure leaves the last one standing. */
import { describe, expect, it } from 'vitest'

import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import { exact } from '../../src/core/model/decimal.ts'
import type { Candle, Instrument } from '../../src/core/model/market.ts'
import type { Regime } from '../../src/core/model/regime.ts'
import { INITIAL_POLICY } from '../../src/core/policy/initial-policy.ts'
import type { RankingRow } from '../../src/core/ports/ranking-shelf.ts'
import type { Alarm } from '../../src/station/alert-desk.ts'
import { MarketBoard } from '../../src/station/market-board.ts'
import { PolicyStore } from '../../src/station/policy-store.ts'
import { RankingDesk } from '../../src/station/ranking-desk.ts'
import { rankingFacade } from '../../src/station/ranking-front.ts'
import { RankingKeeper } from '../../src/station/ranking-keeper.ts'
import { RANKING_SETTINGS, type RankingSettings } from '../../src/station/ranking-settings.ts'
import { opportunitiesOf, type Ranking } from '../../src/station/ranking.ts'
import { SymbolWins } from '../../src/station/symbol-wins.ts'
import { randomWalk } from '../fixtures/candles.ts'
import { BTC } from '../fixtures/guard.ts'
import { NearEngine, settled } from '../fixtures/near-engine.ts'
import { memoryPolicyShelf } from '../fixtures/shelves.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** answers come between two steps */
const STEP_MS = 500
const BARS = 220
const FIRST = 480_000 * HOUR_MS
const START = FIRST + BARS * HOUR_MS + 90_000
const { effectDelayMs, firstAfterMs, afterIntervalMs } = RANKING_SETTINGS

interface StageOptions {
  readonly bars?: number
  readonly settings?: Partial<RankingSettings>
  readonly instruments?: Readonly<Record<string, Partial<Instrument>>>
  readonly volumes?: Readonly<Record<string, number>>
  readonly equity?: number | null
}

const NAMES = ['AAAUSDT', 'BBBUSDT', 'CCCUSDT']

function stage({ bars = BARS, settings = {}, instruments = {}, volumes = {}, equity = 10_000 }: StageOptions = {}) {
  const clock = new VirtualClock({ startAt: START })
  const engine = new NearEngine()
  const market = new MarketBoard({ baseInterval: '1h', higherIntervals: [], keptBars: 240, onBar: () => undefined })
  market.list(NAMES.map((symbol) => ({ ...BTC, symbol, ...instruments[symbol] })))
  const policy = new PolicyStore({
    shelf: memoryPolicyShelf(),
    now: () => clock.now(),
    initial: INITIAL_POLICY,
    exposed: () => false,
  })
  const alarms: Alarm[] = []
  const told: Ranking[] = []
  const kept: { at: number; rows: readonly RankingRow[] }[] = []
  const wins = new SymbolWins(200)
  const shelf = {
    lastAt: null,
    put: (at: number, rows: readonly RankingRow[]) => void kept.push({ at, rows }),
    history: () => [],
  }
  let regime: Regime | null = 'RANGING'
  const all = { ...RANKING_SETTINGS, ...settings }
  const desk = new RankingDesk({
    clock,
    engine,
    market,
    policy,
    shelf,
    keeper: new RankingKeeper({ shelf, afterTurn: (work) => void setImmediate(work), failed: () => undefined }),
    wins,
    alerts: { raise: (alarm) => void alarms.push(alarm), clear: () => void alarms.splice(0) },
    regime: () => regime,
    equity: () => equity,
    isRunning: () => true,
    told: (ranking) => void told.push(ranking),
    settle: () => undefined,
    settings: all,
  })
  const hour = (candle: Candle): void => {
    market.desk(candle.symbol)?.onCandle(candle)
    desk.onHour(candle)
  }
  desk.open()
  for (const [index, symbol] of NAMES.entries()) {
    const volume = volumes[symbol] ?? 100_000
    for (const candle of randomWalk({ symbol, interval: '1h', count: bars, seed: index + 1, startAt: FIRST, volume }))
      hour(candle)
  }
  const facade = rankingFacade({ ranking: desk, policy, market, shelf, settings: all, isPaused: () => false })
  const to = async (time: number): Promise<void> => {
    await settled()
    for (let at = clock.now(); at < time; await settled()) {
      at = Math.min(at + STEP_MS, time)
      clock.advanceTo(at)
    }
  }
  const turnTo = (next: Regime): void => {
    regime = next
  }
  return { clock, engine, market, policy, alarms, told, kept, wins, desk, facade, hour, to, turnTo }
}

describe('a ranking', () => {
  it('is asked for shortly after the start, is in force a fixed moment later, and then after each interval', async () => {
    const { desk, policy, told, kept, to } = stage()
    desk.start()
    expect(desk.nextAt).toBe(START + firstAfterMs)
    await to(START + firstAfterMs)
    expect(desk.isUnderWay).toBe(true)
    await to(START + firstAfterMs + effectDelayMs - 1)
    expect(policy.current.oppRankings).toEqual({})
    await to(START + firstAfterMs + effectDelayMs)
    expect(desk.isUnderWay).toBe(false)
    expect(Object.keys(policy.current.oppRankings).sort()).toEqual(NAMES)
    expect(policy.current.updatedBy).toBe('ranker')
    const next = FIRST + BARS * HOUR_MS + 5 * MINUTE_MS + afterIntervalMs
    expect(desk.nextAt).toBe(next)
    await to(next)
    await to(next + effectDelayMs)
    expect(told.map(({ at }) => at)).toEqual([START + firstAfterMs, next])
    // the second was like the first
    expect(kept.map(({ at }) => at)).toEqual([START + firstAfterMs])
    expect(told[1]?.rows.map(({ rankBefore }) => rankBefore)).toEqual([1, 2, 3])
  })

  it('like the one kept last is kept once an hour', async () => {
    const { desk, kept, to } = stage()
    desk.start()
    for (let minute = 1; minute <= 130; minute++) await to(START + minute * MINUTE_MS)
    const [first, second, third] = kept.map(({ at }) => at)
    expect(kept).toHaveLength(3)
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(HOUR_MS)
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(HOUR_MS)
  })

  it('like the one before writes no version of the policy, and is the newer one all the same', async () => {
    const { desk, policy, told, to } = stage()
    desk.start()
    await to(START + firstAfterMs + effectDelayMs)
    const { version } = policy.current
    await to(START + 10 * MINUTE_MS)
    expect(told.length).toBeGreaterThan(1)
    expect(policy.current.version).toBe(version)
    expect(desk.lastAt).toBe(told.at(-1)?.at)
  })

  it('waits for its answer: virtual time does not pass the instant it is due at', async () => {
    const { clock, desk, engine, policy, to } = stage()
    engine.hold()
    desk.start()
    await to(START + firstAfterMs)
    const due = START + firstAfterMs + effectDelayMs
    expect(() => clock.advanceTo(due)).toThrow(/held/u)
    await to(due - 1)
    await engine.release()
    await to(due)
    expect(Object.keys(policy.current.oppRankings).length).toBe(3)
    expect(policy.current.updatedAt).toBe(due)
  })

  it('is of the instant it was asked at, whatever happens before it is in force', async () => {
    const asIs = stage()
    const later = stage()
    for (const { desk, to } of [asIs, later]) {
      desk.start()
      await to(START + firstAfterMs)
    }
    later.turnTo('BULL_TRENDING')
    const changed = later.policy.changeRules({ ranker: { minScore: 0.9 } }, { actor: 'user' })
    expect(changed.outcome).toBe('accepted')
    for (const { market } of [later])
      market
        .desk('AAAUSDT')
        ?.onTicker({ symbol: 'AAAUSDT', at: START, last: 1e6, bid: 1, ask: 9, bidQuantity: 1, askQuantity: 1 })
    for (const { to } of [asIs, later]) await to(START + firstAfterMs + effectDelayMs)
    expect(later.desk.last).toEqual(asIs.desk.last)
    expect(later.policy.current.oppRankings).toEqual(asIs.policy.current.oppRankings)
  })

  it('is never made twice at once: who asks meanwhile gets the one under way', async () => {
    const { desk, engine, facade, to } = stage()
    engine.hold()
    desk.start()
    const [first, second] = [facade.rank(), facade.rank()]
    await to(START + effectDelayMs - 1)
    expect(engine.questions).toBe(1)
    await engine.release()
    await to(START + effectDelayMs)
    const made = await first
    expect(made.outcome).toBe('ranked')
    expect(await second).toEqual(made)
    expect(facade.state()).toMatchObject({ enabled: true, intervalMinutes: 5, isUnderWay: false })
  })

  it('takes in every closed candle since the last one', async () => {
    const { desk, hour, told, to } = stage()
    desk.start()
    await to(START + firstAfterMs + effectDelayMs)
    const more = NAMES.map((symbol) =>
      randomWalk({ symbol, interval: '1h', count: 1, startAt: FIRST + BARS * HOUR_MS, price: 500 }),
    )
    for (const [candle] of more) hour(candle as Candle)
    await to(START + 10 * MINUTE_MS)
    expect(told.at(-1)?.rows[0]?.components).not.toEqual(told[0]?.rows[0]?.components)
  })
})

describe('what is left out', () => {
  it('by a filter has a score and its numbers, and does not go to the policy', async () => {
    const { desk, policy, to } = stage({
      volumes: { AAAUSDT: 100 },
      instruments: { BBBUSDT: { minNotional: '5000' } },
    })
    desk.start()
    await to(START + firstAfterMs + effectDelayMs)
    const filters = Object.fromEntries(desk.last?.rows.map(({ symbol, filtered }) => [symbol, filtered?.filter]) ?? [])
    expect(filters).toEqual({ AAAUSDT: 'quote_volume', BBBUSDT: 'minimum_order', CCCUSDT: undefined })
    expect(Object.keys(policy.current.oppRankings)).toEqual(['CCCUSDT'])
    expect(opportunitiesOf(desk.last as Ranking).map(({ symbol }) => symbol)).toEqual(['CCCUSDT'])
  })

  it('because nobody trades it is not asked for', async () => {
    const { desk, to } = stage({
      instruments: { AAAUSDT: { status: 'BREAK' }, BBBUSDT: { contractType: 'CURRENT_QUARTER' } },
    })
    desk.start()
    await to(START + firstAfterMs + effectDelayMs)
    expect(desk.last?.rows.map(({ symbol }) => symbol)).toEqual(['CCCUSDT'])
    expect(desk.last?.skipped).toEqual([])
  })

  it('may be everything: then a ranking exists and names nothing', async () => {
    const { desk, policy, to } = stage({ volumes: Object.fromEntries(NAMES.map((name) => [name, 100])) })
    desk.start()
    expect(desk.isRanked).toBe(false)
    await to(START + firstAfterMs + effectDelayMs)
    expect(policy.current.oppRankings).toEqual({})
    expect(desk.isRanked).toBe(true)
  })

  it('by the account is nothing while there is no account', async () => {
    const { desk, to } = stage({ equity: null, instruments: { BBBUSDT: { minNotional: '5000' } } })
    desk.start()
    await to(START + firstAfterMs + effectDelayMs)
    expect(desk.last?.rows.every(({ filtered }) => filtered === null)).toBe(true)
  })
})

describe('before there are enough candles', () => {
  it('nothing is ranked, and nobody is asked; the ranking comes with the candle that makes it possible', async () => {
    const { desk, engine, facade, hour, policy, to } = stage({ bars: 199 })
    desk.start()
    await to(START + 20 * MINUTE_MS)
    expect(engine.questions).toBe(0)
    expect(desk.isRanked).toBe(false)
    expect(await facade.rank()).toEqual({ outcome: 'refused', reason: expect.stringContaining('enough closed') })
    const last = randomWalk({
      symbol: 'AAAUSDT',
      interval: '1h',
      count: 22,
      startAt: FIRST + 199 * HOUR_MS,
      volume: 1e5,
    })
    for (const candle of last) hour(candle)
    await to(START + 40 * MINUTE_MS)
    expect(Object.keys(policy.current.oppRankings)).toEqual(['AAAUSDT'])
    expect(desk.last?.skipped.map(({ symbol, reason }) => `${symbol}: ${reason}`)).toEqual([
      'BBBUSDT: 199 closed 1 h candles, 200 needed',
      'CCCUSDT: 199 closed 1 h candles, 200 needed',
    ])
  })
})

describe('a ranking engine that fails', () => {
  it('leaves the last ranking in force, is reported, and starts again with everything that is kept', async () => {
    const { desk, engine, facade, policy, alarms, told, to } = stage()
    desk.start()
    await to(START + firstAfterMs + effectDelayMs)
    const before = { rankings: policy.current.oppRankings, at: desk.lastAt }
    engine.breakAtNext('it fell over')
    const failed = facade.rank()
    await to(START + firstAfterMs + 2 * effectDelayMs)
    expect(await failed).toEqual({ outcome: 'refused', reason: 'it fell over' })
    expect({ rankings: policy.current.oppRankings, at: desk.lastAt }).toEqual(before)
    expect(alarms).toEqual([
      {
        severity: 'warning',
        code: 'ranking_failed',
        about: '',
        message: expect.stringMatching(/it fell over; the last one is of 20/u),
      },
    ])
    const again = facade.rank()
    await to(START + firstAfterMs + 3 * effectDelayMs)
    expect((await again).outcome).toBe('ranked')
    expect(engine.starts).toBe(2)
    expect(alarms).toEqual([])
    expect(told[1]?.rows.map(({ symbol, score }) => [symbol, score])).toEqual(
      told[0]?.rows.map(({ symbol, score }) => [symbol, score]),
    )
  })

  it('on the first ranking says that there is none yet', async () => {
    const { desk, engine, alarms, to } = stage()
    engine.breakAtNext('it fell over')
    desk.start()
    await to(START + firstAfterMs + effectDelayMs)
    expect(alarms[0]?.message).toMatch(/none was made yet/u)
    expect(desk.isRanked).toBe(false)
  })

  it('and answers too late takes effect when it comes', async () => {
    const { clock, desk, engine, policy, to } = stage()
    engine.hold()
    // as in real time, which cannot be held
    clock.holdAt = () => () => undefined
    desk.start()
    await to(START + firstAfterMs + effectDelayMs + 700)
    expect(policy.current.oppRankings).toEqual({})
    await engine.release()
    await to(START + firstAfterMs + effectDelayMs + 701)
    expect(Object.keys(policy.current.oppRankings).length).toBe(3)
  })

  it('does not keep a station from stopping', async () => {
    const { desk, engine, facade, to } = stage()
    engine.hold()
    desk.start()
    const asked = facade.rank()
    await settled()
    desk.stop()
    expect(await asked).toEqual({ outcome: 'refused', reason: 'the station is stopping' })
    await engine.release()
    await to(START + HOUR_MS)
    expect(desk.last).toBeNull()
    expect(await facade.rank()).toMatchObject({ outcome: 'refused' })
  })
})

describe('the ranker switched off', () => {
  it('ranks nothing, lets an earlier ranking count no more, and says so when asked', async () => {
    const { desk, engine, policy, facade, to } = stage({ settings: { enabled: false } })
    policy.setRankings({ AAAUSDT: 0.8 })
    desk.start()
    await to(START + HOUR_MS)
    expect(engine.starts).toBe(0)
    expect(desk.isRanked).toBe(false)
    expect(desk.lastAt).toBeNull()
    expect(await facade.rank()).toEqual({ outcome: 'refused', reason: 'the ranker is switched off' })
    expect(facade.preview({ minScore: 0.5 })).toEqual({ outcome: 'refused', reason: 'there is no ranking yet' })
  })
})

describe('a preview', () => {
  it('ranks by other weights and filters what was measured, as the ranker itself would, and writes nothing', async () => {
    const { desk, facade, policy, told, to } = stage()
    desk.start()
    await to(START + firstAfterMs + effectDelayMs)
    const { version } = policy.current
    const weights = { ...policy.current.rules.ranker.weights, trendStrength: 0.05, lowNoise: 0.15, costToHold: 0.1 }
    const seen = facade.preview({ weights, minScore: 0.55 })
    expect(policy.current.version).toBe(version)
    policy.changeRules({ ranker: { weights, minScore: 0.55 } }, { actor: 'user' })
    await to(START + 5 * MINUTE_MS + effectDelayMs)
    const [before, real] = told
    if (seen.outcome !== 'ranked') throw new Error(seen.outcome)
    const figures = (ranking: Ranking | undefined) =>
      ranking?.rows.map(({ symbol, score, filtered }) => [symbol, score, filtered?.filter ?? null])
    expect(figures(seen.ranking)).toEqual(figures(real))
    for (const { symbol, rankBefore } of seen.ranking.rows)
      expect(before?.rows[(rankBefore ?? 0) - 1]?.symbol).toBe(symbol)
  })

  it.each([
    ['weights that do not sum to 1', { weights: { trendStrength: 0.9 } }, /sum to 1/u],
    ['a weight of something else', { weights: { luck: 0.1 } }, /.*/u],
    ['a filter out of bounds', { minScore: 2 }, /.*/u],
  ])('of %s is refused, naming it', async (_what, change, says) => {
    const { desk, facade, to } = stage()
    desk.start()
    await to(START + firstAfterMs + effectDelayMs)
    const answer = facade.preview(change)
    expect(answer.outcome).toBe('invalid')
    expect(answer.outcome === 'invalid' && answer.fields[0]?.message).toMatch(says)
  })
})

describe('the win rate of a symbol', () => {
  const trade = (profit: number, strategyId = 'trend_following') => ({
    symbol: 'AAAUSDT',
    strategyId,
    profit: exact(profit),
  })

  it('is of the last own trades on it; break-even is no win, foreign positions are no trades', () => {
    const wins = new SymbolWins(4)
    expect(wins.rateOf('AAAUSDT')).toBeNull()
    for (const profit of [1, 0, -1]) wins.remember(trade(profit))
    wins.remember(trade(5, 'foreign'))
    expect(wins.rateOf('AAAUSDT')).toBeCloseTo(1 / 3)
    for (const profit of [2, 2]) wins.remember(trade(profit))
    expect(wins.rateOf('AAAUSDT')).toBe(0.5)
    expect(wins.rateOf('BBBUSDT')).toBeNull()
  })

  it('is a component of the ranking, 0.5 with none', async () => {
    const { desk, wins, to } = stage()
    for (const profit of [1, 1, 1, -1]) wins.remember(trade(profit))
    desk.start()
    await to(START + firstAfterMs + effectDelayMs)
    const rates = Object.fromEntries(desk.last?.rows.map(({ symbol, components }) => [symbol, components[4]]) ?? [])
    expect(rates).toEqual({ AAAUSDT: 0.75, BBBUSDT: 0.5, CCCUSDT: 0.5 })
  })
})
