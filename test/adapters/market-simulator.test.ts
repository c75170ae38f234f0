/** The made-up market: as rough, as fat-tailed and as correlated as the recorded one, with nothing in it to be earned, and always the same. */
import { join } from 'node:path'

import { describe, expect, it, vi } from 'vitest'

import { listings } from '../../src/adapters/market-simulator/listing.ts'
import { Random } from '../../src/adapters/market-simulator/random.ts'
import {
  MARKET_SIMULATOR_SETTINGS,
  type MarketSimulatorSettings,
} from '../../src/adapters/market-simulator/settings.ts'
import { SimulatedFeed } from '../../src/adapters/market-simulator/simulated-feed.ts'
import type { WorldShelf } from '../../src/adapters/market-simulator/world-memory.ts'
import { HOUR_MS, MINUTE_MS, World } from '../../src/adapters/market-simulator/world.ts'
import { loadRecording } from '../../src/adapters/recorded/recording.ts'
import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import { intervalMs } from '../../src/core/model/interval.ts'
import type { Candle, FeedEvent, Ticker } from '../../src/core/model/market.ts'
import type { PaperDocument } from '../../src/core/ports/paper-shelf.ts'
import { RECORDED_DATA_ABSENT, recordedData } from '../fixtures/recorded-data.ts'
import { feedContract, play } from './feed-contract.ts'

/** A few seconds before a quarter of an hour, as a station starts. */
const START = Date.UTC(2026, 0, 5, 10, 14, 56)

const SMALL: MarketSimulatorSettings = {
  ...MARKET_SIMULATOR_SETTINGS,
  seed: 7,
  symbols: 12,
  tickSeconds: 10,
  historyHours: 60,
  jumpEveryDays: 0.1,
  outageEveryDays: 0.2,
  commonJumpEveryDays: 0.2,
}

function memoryShelf(): WorldShelf {
  const kept = new Map<string, PaperDocument>()
  return {
    load: (kind) => [...kept.values()].filter((each) => each.kind === kind).sort((a, b) => a.at - b.at),
    commit: (puts, removals) => {
      for (const { kind, key } of removals) kept.delete(`${kind} ${key}`)
      for (const document of puts) kept.set(`${document.kind} ${document.key}`, document)
    },
  }
}

const playedFeed = async (settings: MarketSimulatorSettings, hours: number): Promise<FeedEvent[]> => {
  const clock = new VirtualClock({ startAt: START })
  const told = await play(new SimulatedFeed({ clock, settings }), clock, START + hours * HOUR_MS)
  return told.map(({ event }) => event)
}

let shelf = memoryShelf()
feedContract({
  name: 'the simulated market with ticks, gaps and outages',
  startAt: START,
  playMs: 3.3 * HOUR_MS,
  make: (clock, resumeAt) => Promise.resolve(new SimulatedFeed({ clock, settings: SMALL, shelf, resumeAt })),
  reset: () => {
    shelf = memoryShelf()
  },
})

feedContract({
  name: 'the simulated market without ticks',
  startAt: START,
  playMs: 3.3 * HOUR_MS,
  make: (clock, resumeAt) =>
    Promise.resolve(new SimulatedFeed({ clock, settings: { ...SMALL, tickSeconds: 0 }, shelf, resumeAt })),
  reset: () => {
    shelf = memoryShelf()
  },
})

describe('randomness', () => {
  it('is normal: moments and tails of a million draws', () => {
    const random = Random.seeded(3)
    const draws = Float64Array.from({ length: 1_000_000 }, () => random.normal())
    const moment = (power: number): number => draws.reduce((sum, z) => sum + z ** power, 0) / draws.length
    const beyond = (limit: number): number =>
      draws.reduce((sum, z) => sum + (Math.abs(z) > limit ? 1 : 0), 0) / draws.length
    expect(Math.abs(moment(1))).toBeLessThan(0.004)
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.006)
    expect(Math.abs(moment(3))).toBeLessThan(0.012)
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.05)
    expect(Math.abs(beyond(1) - 0.317_311)).toBeLessThan(0.0015)
    expect(Math.abs(beyond(3) - 0.0027)).toBeLessThan(0.0002)
    expect(Math.abs(beyond(3.6) - 0.000_318)).toBeLessThan(0.000_06)
  })
})

describe('the market', () => {
  it('lists as many contracts as asked, each with its own name, calm and cheap to trade at the top', () => {
    for (const symbols of [200, 500]) {
      const all = listings({ ...MARKET_SIMULATOR_SETTINGS, symbols })
      expect(new Set(all.map(({ symbol }) => symbol)).size).toBe(symbols)
      for (const { instrument, referencePrice } of all) {
        const tick = Number(instrument.tickSize) / referencePrice
        expect(tick).toBeLessThanOrEqual(1.0001e-4)
        expect(Number(instrument.stepSize) * referencePrice).toBeLessThan(150)
        expect(Number(instrument.maxMarketQuantity)).toBeLessThanOrEqual(Number(instrument.maxQuantity))
      }
    }
    const [bitcoin, ...others] = listings(MARKET_SIMULATOR_SETTINGS)
    expect(bitcoin?.symbol).toBe('BTCUSDT')
    expect(
      others.every(
        ({ spread, hourlyDeviation }) =>
          spread > (bitcoin?.spread ?? 1) && hourlyDeviation > (bitcoin?.hourlyDeviation ?? 1),
      ),
    ).toBe(true)
    const intervals = new Set(others.map(({ fundingIntervalHours }) => fundingIntervalHours))
    expect(intervals).toEqual(new Set([4, 8]))
  })

  it('refuses settings that make no market', () => {
    const clock = new VirtualClock({ startAt: START })
    const made = (part: Partial<MarketSimulatorSettings>) => () =>
      new SimulatedFeed({ clock, settings: { ...SMALL, ...part } })
    expect(made({ symbols: 0 })).toThrow('symbols must be 1…1000, was 0')
    expect(made({ tickSeconds: 7 })).toThrow('tickSeconds must be 0 or a whole divisor of 60, was 7')
    expect(made({ stepsPerMinute: 0 })).toThrow('stepsPerMinute must be a whole divisor of 60, was 0')
  })

  it('has 499 hours and the quarters behind its start, and in the hour under way minutes that go on from them', async () => {
    const clock = new VirtualClock({ startAt: START })
    const feed = new SimulatedFeed({ clock })
    const hours = await feed.history('ETHUSDT', '1h', START, 499)
    expect(hours.length).toBe(499)
    expect(hours.at(-1)?.openAt).toBe(Date.UTC(2026, 0, 5, 9))
    const quarters = await feed.history('ETHUSDT', '15m', START, 4)
    expect(quarters.at(-1)?.close).toBe(hours.at(-1)?.close)
    expect(Math.max(...quarters.map(({ high }) => high))).toBe(hours.at(-1)?.high)
    const minutes = await feed.history('ETHUSDT', '1m', START, 100)
    expect(minutes.length).toBe(100)
    expect(minutes.at(-14)?.open).toBe(hours.at(-1)?.close)
    expect(minutes.at(-14)?.openAt).toBe(Date.UTC(2026, 0, 5, 10))
  })

  it('has minutes of every hour behind its start: each quarter’s make up its candle, and are always the same', async () => {
    const clock = new VirtualClock({ startAt: START })
    const feed = new SimulatedFeed({ clock, settings: SMALL })
    const [symbol, before] = ['BTCUSDT', Date.UTC(2026, 0, 5, 10)]
    const quarters = await feed.history(symbol, '15m', before, 100)
    const minutes = await feed.history(symbol, '1m', before, 1500)
    expect(minutes.length).toBe(1500)
    expect(await feed.history(symbol, '1m', before, 1500)).toEqual(minutes)
    minutes.forEach((minute, place) => {
      expect(minute.openAt).toBe(before - (1500 - place) * MINUTE_MS)
      expect(minute.high).toBeGreaterThanOrEqual(Math.max(minute.open, minute.close))
      expect(minute.low).toBeLessThanOrEqual(Math.min(minute.open, minute.close))
      expect(minute.volume).toBeGreaterThan(0)
    })
    for (const quarter of quarters) {
      const parts = minutes.filter(
        ({ openAt }) => Math.floor(openAt / (15 * MINUTE_MS)) * 15 * MINUTE_MS === quarter.openAt,
      )
      expect(parts.length).toBe(15)
      expect(parts[0]?.open).toBe(quarter.open)
      expect(parts.at(-1)?.close).toBe(quarter.close)
      expect(Math.max(...parts.map(({ high }) => high))).toBe(quarter.high)
      expect(Math.min(...parts.map(({ low }) => low))).toBe(quarter.low)
      expect(parts.reduce((sum, { volume }) => sum + volume, 0) / quarter.volume).toBeCloseTo(1, 6)
      parts.slice(1).forEach(({ open }, place) => expect(open).toBe(parts[place]?.close))
    }
    const fives = await feed.history(symbol, '5m', before, 300)
    expect(fives.length).toBe(300)
    const last = minutes.slice(-5)
    expect(fives.at(-1)).toMatchObject({
      open: last[0]?.open,
      close: last.at(-1)?.close,
      high: Math.max(...last.map(({ high }) => high)),
    })
  })

  it('makes each candle of exactly the ticks that were told in it', async () => {
    const events = await playedFeed({ ...SMALL, outageEveryDays: 1000 }, 2)
    const ticks = new Map<string, Ticker[]>()
    let compared = 0
    for (const event of events) {
      if (event.kind === 'ticker')
        ticks.set(event.ticker.symbol, [...(ticks.get(event.ticker.symbol) ?? []), event.ticker])
      if (event.kind !== 'candle') continue
      const { symbol, openAt, open, high, low, close } = event.candle
      const inside = (ticks.get(symbol) ?? []).filter(({ at }) => at >= openAt).map(({ last }) => last)
      if (inside.length < 6) continue
      expect(inside[0]).toBe(open)
      expect(high).toBe(Math.max(...inside, close))
      expect(low).toBe(Math.min(...inside, close))
      ticks.set(symbol, [])
      compared++
    }
    expect(compared).toBeGreaterThan(1000)
  })

  it('opens where it closed, but for gaps; an outage is bars of volume 0 without tickers', async () => {
    const calm = { ...SMALL, jumpEveryDays: 1000, commonJumpEveryDays: 1000 }
    const candles = new Map<string, Candle[]>()
    const tickers = new Set<string>()
    for (const event of await playedFeed(calm, 12)) {
      if (event.kind === 'candle')
        candles.set(event.candle.symbol, [...(candles.get(event.candle.symbol) ?? []), event.candle])
      if (event.kind === 'ticker') tickers.add(`${event.ticker.symbol} ${event.ticker.at}`)
    }
    let outages = 0
    let reopened = 0
    for (const [symbol, bars] of candles) {
      for (const [index, bar] of bars.entries()) {
        const before = bars[index - 1]
        if (before === undefined) continue
        if (bar.volume === 0) {
          outages++
          expect(new Set([bar.open, bar.high, bar.low, bar.close, before.close]).size).toBe(1)
          expect(tickers.has(`${symbol} ${bar.openAt + 20_000}`)).toBe(false)
        } else if (before.volume === 0) reopened += bar.open === before.close ? 0 : 1
        else expect(bar.open).toBe(before.close)
      }
    }
    expect(outages).toBeGreaterThan(20)
    expect(reopened).toBeGreaterThan(3)
    const gaps = new Set<string>()
    const last = new Map<string, Candle>()
    for (const event of await playedFeed({ ...calm, outageEveryDays: 1000, jumpEveryDays: 0.2 }, 4)) {
      if (event.kind !== 'candle') continue
      const { symbol, open } = event.candle
      if (open !== (last.get(symbol)?.close ?? open)) gaps.add(symbol)
      last.set(symbol, event.candle)
    }
    expect(gaps.size).toBeGreaterThan(3)
  })

  it('settles funding at each symbol’s own interval', async () => {
    const events = await playedFeed({ ...SMALL, symbols: 60, tickSeconds: 0 }, 24)
    const settled = new Map<string, number[]>()
    for (const event of events) {
      if (event.kind !== 'funding') continue
      const { symbol, at, rate, intervalHours, mark } = event.funding
      expect(at % (intervalHours * HOUR_MS)).toBe(0)
      expect(Math.abs(rate)).toBeLessThan(SMALL.fundingCap)
      expect(mark).toBeGreaterThan(0)
      settled.set(symbol, [...(settled.get(symbol) ?? []), intervalHours])
    }
    expect(settled.get('BTCUSDT')).toEqual([8, 8, 8])
    expect([...settled.values()].some((hours) => hours.length === 6 && hours[0] === 4)).toBe(true)
    expect(settled.size).toBe(60)
  })
})

describe('always the same', () => {
  it('for one seed, whatever the speed; another for another seed', async () => {
    const settings = { ...SMALL, symbols: 5 }
    const first = await playedFeed(settings, 0.2)
    expect(await playedFeed({ ...settings, seed: 8 }, 0.2)).not.toEqual(first)
    vi.useFakeTimers()
    try {
      const clock = new VirtualClock({ startAt: START, speed: 100 })
      const told: FeedEvent[] = []
      const feed = new SimulatedFeed({ clock, settings })
      await feed.start((event) => told.push(event), null)
      const run = clock.run()
      await vi.advanceTimersByTimeAsync(9000)
      clock.stop()
      await run
      expect(told.length).toBeGreaterThan(first.length)
      expect(told.slice(0, first.length)).toEqual(first)
    } finally {
      vi.useRealTimers()
    }
  })

  it('begins a new world, and says so, when the one to go on with is another or none', async () => {
    const kept = memoryShelf()
    const clock = new VirtualClock({ startAt: START })
    await play(new SimulatedFeed({ clock, settings: SMALL, shelf: kept }), clock, START + HOUR_MS)
    const later = new VirtualClock({ startAt: START + HOUR_MS })
    const other = new SimulatedFeed({
      clock: later,
      settings: { ...SMALL, seed: 8 },
      shelf: kept,
      resumeAt: START + HOUR_MS,
    })
    const told = await play(other, later, START + HOUR_MS + MINUTE_MS, START + HOUR_MS)
    expect(told[0]?.event).toMatchObject({ kind: 'fault', at: START + HOUR_MS })
    expect(told.filter(({ event }) => event.kind === 'fault').length).toBe(1)
  })

  it('goes on after days as if never stopped, history included', async () => {
    const settings = { ...SMALL, tickSeconds: 0, symbols: 4 }
    const end = START + 80 * HOUR_MS
    const whole = new VirtualClock({ startAt: START })
    const undisturbed = new SimulatedFeed({ clock: whole, settings, shelf: memoryShelf() })
    const expected = await play(undisturbed, whole, end)
    const kept = memoryShelf()
    const told = []
    for (let from = START, until = 0; from < end; from = until) {
      until = Math.min(end, from + 13.7 * HOUR_MS)
      const clock = new VirtualClock({ startAt: from })
      const resumeAt = from === START ? null : from
      told.push(...(await play(new SimulatedFeed({ clock, settings, shelf: kept, resumeAt }), clock, until, resumeAt)))
    }
    expect(told).toEqual(expected)
    const clock = new VirtualClock({ startAt: end })
    const last = new SimulatedFeed({ clock, settings, shelf: kept, resumeAt: end })
    for (const [interval, limit] of [
      ['1m', 14],
      ['15m', 200],
      ['1h', 48],
    ] as const) {
      const history = await last.history('BTCUSDT', interval, end, limit)
      expect(history.length).toBe(limit)
      expect(history).toEqual(await undisturbed.history('BTCUSDT', interval, end, limit))
    }
  })
})

describe('scenarios', () => {
  it('carry a label and do what it says', async () => {
    const clock = new VirtualClock({ startAt: START })
    const labelled = (scenario: MarketSimulatorSettings['scenario']): string =>
      new SimulatedFeed({ clock, settings: { ...SMALL, scenario } }).description.label
    expect(labelled('none')).toBe('simulated market, 12 symbols, seed 7')
    expect(labelled('crash')).toContain('planted crash of −15 %')
    expect(labelled('trend')).toContain('planted trends of 8 % a day')

    const settings = {
      ...SMALL,
      tickSeconds: 0,
      jumpEveryDays: 1000,
      commonJumpEveryDays: 1000,
      scenario: 'crash',
    } as const
    const closes = (events: readonly FeedEvent[]): Map<string, number> =>
      new Map(
        events.flatMap((event) =>
          event.kind === 'candle' ? [[`${event.candle.symbol} ${event.candle.openAt}`, event.candle.close]] : [],
        ),
      )
    const crashed = closes(await playedFeed(settings, 3))
    const calm = closes(await playedFeed({ ...settings, scenario: 'none' }, 3))
    const last = Math.floor(START / MINUTE_MS) * MINUTE_MS + 179 * MINUTE_MS
    for (const { symbol } of listings(settings)) {
      const ratio = (crashed.get(`${symbol} ${last}`) ?? 0) / (calm.get(`${symbol} ${last}`) ?? 1)
      expect(ratio).toBeCloseTo(0.85, 3)
    }
  })
})

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length
const kurtosis = (values: readonly number[]): number => {
  const centre = mean(values)
  const variance = mean(values.map((each) => (each - centre) ** 2))
  return mean(values.map((each) => (each - centre) ** 4)) / variance ** 2
}
const correlation = (a: readonly number[], b: readonly number[]): number => {
  const [centreA, centreB] = [mean(a), mean(b)]
  const covariance = mean(a.map((each, index) => (each - centreA) * ((b[index] ?? 0) - centreB)))
  const deviation = (values: readonly number[], centre: number): number =>
    Math.sqrt(mean(values.map((each) => (each - centre) ** 2)))
  return covariance / (deviation(a, centreA) * deviation(b, centreB))
}
const clustering = (values: readonly number[], lag: number): number => {
  const sizes = values.map((each) => Math.abs(each))
  return correlation(sizes.slice(lag), sizes.slice(0, -lag))
}
const meanPairCorrelation = (series: readonly (readonly number[])[]): number =>
  mean(series.flatMap((a, index) => series.slice(0, index).map((b) => correlation(a, b))))

describe('statistics', () => {
  const DAYS = 30
  const SEEDS = [1, 2, 3, 4]

  /** 1 h log returns of 40 symbols over 30 days. */
  function hourlyReturns(seed: number): number[][] {
    const settings = { ...MARKET_SIMULATOR_SETTINGS, seed, symbols: 40, tickSeconds: 0, historyHours: 1 }
    const world = new World(listings(settings), settings, Date.UTC(2026, 0, 5))
    const last = Float64Array.from(world.path.x)
    const returns: number[][] = Array.from({ length: settings.symbols }, () => [])
    const end = world.time + DAYS * intervalMs('1d')
    while (world.time < end) {
      if (!world.step()) continue
      if (world.time % HOUR_MS === 0) {
        for (const [index, row] of returns.entries())
          row.push((world.path.x[index] as number) - (last[index] as number))
        last.set(world.path.x)
      }
      world.open()
    }
    return returns
  }
  const worlds = new Map<number, number[][]>()
  const world = (seed: number): number[][] => {
    const known = worlds.get(seed) ?? hourlyReturns(seed)
    worlds.set(seed, known)
    return known
  }

  it('1 h returns are correlated 0.6 to 0.8 on average', () => {
    for (const seed of SEEDS) {
      const correlated = meanPairCorrelation(world(seed))
      expect(correlated).toBeGreaterThan(0.6)
      expect(correlated).toBeLessThan(0.8)
    }
  })

  it('large moves follow large moves, for hours', () => {
    for (const lag of [1, 2]) {
      const clustered = mean(SEEDS.map((seed) => mean(world(seed).map((returns) => clustering(returns, lag)))))
      expect(clustered).toBeGreaterThan(0.05)
    }
  })

  it('simple returns are zero on average: nothing is to be earned by holding, long or short', () => {
    const perHour = SEEDS.flatMap((seed) => {
      const returns = world(seed)
      return Array.from({ length: DAYS * 24 }, (_, hour) => mean(returns.map((row) => Math.expm1(row[hour] ?? 0))))
    })
    const average = mean(perHour)
    const standardError = Math.sqrt(mean(perHour.map((each) => (each - average) ** 2)) / perHour.length)
    expect(Math.abs(average)).toBeLessThan(2 * standardError)
  })

  it('nor in a market so rough that a forgotten half variance would show', () => {
    const settings = {
      ...MARKET_SIMULATOR_SETTINGS,
      symbols: 200,
      tickSeconds: 0,
      historyHours: 10,
      calmestHourly: 0.2,
      roughestHourly: 0.2,
      commonShare: 0,
      commonShareSpread: 0,
      jumpEveryDays: 0.1,
      jumpDeviation: 1,
    }
    const rough = new World(listings(settings), settings, START)
    const returns: number[] = []
    for (let hour = 0; hour < 100; hour++) {
      const before = Float64Array.from(rough.path.x)
      rough.advanceTo(rough.time + HOUR_MS)
      for (const [index, x] of rough.path.x.entries()) returns.push(Math.expm1(x - (before[index] as number)))
    }
    const average = mean(returns)
    const standardError = Math.sqrt(mean(returns.map((each) => (each - average) ** 2)) / returns.length)
    expect(standardError).toBeLessThan(0.003)
    expect(Math.abs(average)).toBeLessThan(2 * standardError)
  })

  it('random entries lose exactly the spread they pay', async () => {
    const settings = {
      ...SMALL,
      symbols: 40,
      tickSeconds: 0,
      outageEveryDays: 1000,
      jumpEveryDays: 10,
      commonJumpEveryDays: 20,
    }
    const random = Random.seeded(11)
    const open = new Map<string, { side: number; entry: number; spread: number }>()
    const surplus: number[] = []
    for (const event of await playedFeed(settings, 5 * 24)) {
      if (event.kind !== 'ticker' || event.ticker.at % (15 * MINUTE_MS) !== 0) continue
      const { symbol, bid, ask } = event.ticker
      if (bid === null || ask === null) continue
      const middle = (bid + ask) / 2
      const held = open.get(symbol)
      if (held !== undefined) {
        const exit = held.side > 0 ? bid : ask
        const cost = held.spread / 2 + (ask - bid) / 2
        surplus.push((held.side * (exit - held.entry) + cost) / middle)
      }
      const side = random.uniform() < 0.5 ? -1 : 1
      open.set(symbol, { side, entry: side > 0 ? ask : bid, spread: ask - bid })
    }
    const average = mean(surplus)
    const standardError = Math.sqrt(mean(surplus.map((each) => (each - average) ** 2)) / surplus.length)
    expect(surplus.length).toBeGreaterThan(15_000)
    expect(standardError).toBeLessThan(0.0001)
    expect(Math.abs(average)).toBeLessThan(2 * standardError)
  })

  const data = recordedData()
  it.skipIf(data === null)(
    `tails are within 30 % of the recorded set’s (${data === null ? RECORDED_DATA_ABSENT : 'present'})`,
    async () => {
      const { symbols } = await loadRecording(join(data ?? '', 'candles-2025'))
      const recorded = symbols.map(({ bars }) => {
        const returns: number[] = []
        let last = 0
        for (let row = 0; row < bars.length; row++) {
          if (((bars.openAt[row] as number) + MINUTE_MS) % HOUR_MS !== 0) continue
          const close = Math.log(bars.close[row] as number)
          if (last !== 0) returns.push(close - last)
          last = close
        }
        return returns
      })
      const target = mean(recorded.map((returns) => kurtosis(returns)))
      const made = mean(SEEDS.map((seed) => mean(world(seed).map((returns) => kurtosis(returns)))))
      expect(made).toBeGreaterThan(0.7 * target)
      expect(made).toBeLessThan(1.3 * target)
      const clustered = mean(recorded.map((returns) => clustering(returns, 1)))
      expect(clustered).toBeGreaterThan(0.05)
    },
  )
})
