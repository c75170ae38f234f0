/** What every feed behind the port must keep; each adapter's test file runs it with its own make. */
import { afterEach, describe, expect, it } from 'vitest'

import { VirtualClock, type Speed } from '../../src/adapters/system/virtual-clock.ts'
import { intervalMs } from '../../src/core/model/interval.ts'
import type { Candle, FeedEvent } from '../../src/core/model/market.ts'
import type { Clock } from '../../src/core/ports/clock.ts'
import type { Feed } from '../../src/core/ports/feed.ts'

export interface FeedUnderTest {
  readonly name: string
  /** the same source each time; `clock` already stands at `startAt`, or at `resumeAt` after a restart */
  make(clock: Clock, resumeAt: number | null): Promise<Feed>
  /** where a fresh clock begins, epoch ms */
  readonly startAt: number
  /** how much is played, ms: at least an hour, with every kind of event in it */
  readonly playMs: number
  /** forgets what a run left behind, so that the next one starts afresh */
  reset(): void
}

/** Time of an event on the feed's clock; a candle is told when it closes. */
function eventTime(event: FeedEvent): number | null {
  switch (event.kind) {
    case 'candle':
      return event.candle.openAt + intervalMs(event.candle.interval)
    case 'ticker':
      return event.ticker.at
    case 'mark':
      return event.mark.at
    case 'funding':
      return event.funding.at
    case 'fault':
    case 'end':
      return event.at
    case 'instruments':
      return null
  }
}

export interface Told {
  readonly at: number
  readonly event: FeedEvent
}

/** Plays `feed` on `clock` until `until` and answers everything told, with the clock's time of telling. */
export async function play(
  feed: Feed,
  clock: VirtualClock,
  until: number,
  after: number | null = null,
): Promise<Told[]> {
  const told: Told[] = []
  await feed.start((event) => told.push({ at: clock.now(), event }), after)
  clock.advanceTo(until)
  await feed.stop()
  return told
}

function expectSaneCandle(candle: Candle): void {
  expect(candle.openAt % intervalMs(candle.interval)).toBe(0)
  expect(candle.low).toBeGreaterThan(0)
  expect(candle.high).toBeGreaterThanOrEqual(Math.max(candle.open, candle.close))
  expect(candle.low).toBeLessThanOrEqual(Math.min(candle.open, candle.close))
  expect(candle.volume).toBeGreaterThanOrEqual(0)
  expect(candle.quoteVolume).toBeGreaterThanOrEqual(0)
}

export function feedContract(under: FeedUnderTest): void {
  const end = under.startAt + under.playMs
  const fresh = async (speed: Speed = 'max') => {
    const clock = new VirtualClock({ startAt: under.startAt, speed })
    return { clock, feed: await under.make(clock, null) }
  }
  const playedOnce = async (): Promise<Told[]> => {
    under.reset()
    const { clock, feed } = await fresh()
    return play(feed, clock, end)
  }

  describe(`the feed contract: ${under.name}`, () => {
    afterEach(() => under.reset())

    it('tells every event at its own time, in order, nothing twice', async () => {
      const told = await playedOnce()
      const seen = new Set<string>()
      let last = 0
      for (const { at, event } of told) {
        const time = eventTime(event)
        if (time !== null) expect(time).toBe(at)
        expect(at).toBeGreaterThanOrEqual(last)
        last = at
        const key = JSON.stringify(event)
        expect(seen.has(key)).toBe(false)
        seen.add(key)
      }
      expect(told.filter(({ event }) => event.kind === 'candle').length).toBeGreaterThan(60)
    })

    it('tells sane candles of each symbol one after another, before the tickers of their close', async () => {
      const lastOpen = new Map<string, number>()
      let tickersAt = 0
      for (const { at, event } of await playedOnce()) {
        if (event.kind === 'ticker') tickersAt = at
        if (event.kind !== 'candle') continue
        expect(tickersAt).toBeLessThan(at)
        expectSaneCandle(event.candle)
        expect(event.candle.openAt).toBeGreaterThan(lastOpen.get(event.candle.symbol) ?? 0)
        lastOpen.set(event.candle.symbol, event.candle.openAt)
      }
    })

    it('opens each candle at the price its ticker told', async () => {
      const opens = new Map<string, number>()
      let compared = 0
      for (const { at, event } of await playedOnce()) {
        if (event.kind === 'ticker') opens.set(`${event.ticker.symbol} ${at}`, event.ticker.last)
        if (event.kind !== 'candle') continue
        const told = opens.get(`${event.candle.symbol} ${event.candle.openAt}`)
        if (told === undefined) continue
        expect(event.candle.open).toBe(told)
        compared++
      }
      expect(compared).toBeGreaterThan(50)
    })

    it('tells a book that does not cross, or none', async () => {
      const { feed } = await fresh()
      for (const { event } of await playedOnce()) {
        if (event.kind !== 'ticker') continue
        const { bid, ask, last, bidQuantity, askQuantity } = event.ticker
        expect(last).toBeGreaterThan(0)
        expect(
          [bid, ask, bidQuantity, askQuantity].every((value) => (value !== null) === feed.description.hasBook),
        ).toBe(true)
        if (bid !== null && ask !== null) expect(bid).toBeLessThan(ask)
      }
    })

    it('says the rules of every symbol it tells', async () => {
      const { feed } = await fresh()
      const known = new Map((await feed.instruments()).map((instrument) => [instrument.symbol, instrument]))
      for (const { event } of await playedOnce())
        if (event.kind === 'candle') expect(known.has(event.candle.symbol)).toBe(true)
      for (const { tickSize, stepSize, minNotional, brackets, onboardAt } of known.values()) {
        for (const text of [tickSize, stepSize, minNotional]) expect(Number(text)).toBeGreaterThan(0)
        expect(onboardAt).toBeLessThan(under.startAt - 30 * intervalMs('1d'))
        let floor = 0
        for (const bracket of brackets) {
          expect(bracket.notionalFloor).toBe(floor)
          expect(bracket.notionalCap).toBeGreaterThan(floor)
          floor = bracket.notionalCap
        }
      }
    })

    it('answers history strictly before, oldest first, no more than asked, equal to what it told', async () => {
      under.reset()
      const { clock, feed } = await fresh()
      const told = await play(feed, clock, end)
      const candles = told.flatMap(({ event }) => (event.kind === 'candle' ? [event.candle] : []))
      const [first] = candles
      if (first === undefined) throw new Error('nothing was told')
      const before = end - 7 * intervalMs('1m')
      const own = candles.filter(
        ({ symbol, openAt, interval }) => symbol === first.symbol && openAt + intervalMs(interval) <= before,
      )
      const minutes = await feed.history(first.symbol, first.interval, before, 5)
      expect(minutes.length).toBe(5)
      for (const [index, minute] of minutes.entries()) {
        const { volume, quoteVolume, ...prices } = own.at(index - 5) as Candle
        expect(minute).toMatchObject(prices)
        expect(Math.abs(minute.volume / volume - 1)).toBeLessThan(1e-6)
        expect(Math.abs(minute.quoteVolume / quoteVolume - 1)).toBeLessThan(0.01)
      }
      for (const interval of ['15m', '1h'] as const) {
        const bars = await feed.history(first.symbol, interval, before, 3)
        expect(bars.length).toBeLessThanOrEqual(3)
        for (const [index, bar] of bars.entries()) {
          expectSaneCandle(bar)
          expect(bar.openAt + intervalMs(interval)).toBeLessThanOrEqual(before)
          if (index > 0) expect(bar.openAt).toBeGreaterThan(bars[index - 1]?.openAt ?? Infinity)
        }
      }
      expect(await feed.history(first.symbol, '1h', under.startAt - 10 * 365 * intervalMs('1d'), 5)).toEqual([])
      expect(await feed.history('NOSUCHUSDT', '1h', end, 5)).toEqual([])
    })

    it('tells the same twice', async () => {
      expect(await playedOnce()).toEqual(await playedOnce())
    })

    const fullHour = Math.ceil((under.startAt + 0.4 * under.playMs) / intervalMs('1h')) * intervalMs('1h')
    it.each([
      ['in between', under.startAt + Math.floor(under.playMs * 0.6)],
      ['at a full hour', fullHour],
    ])('goes on after a restart %s where it stood: nothing twice, nothing left out', async (_, cut) => {
      const whole = await playedOnce()
      under.reset()
      const first = await fresh()
      const before = await play(first.feed, first.clock, cut)
      const clock = new VirtualClock({ startAt: cut })
      const after = await play(await under.make(clock, cut), clock, end, cut)
      expect([...before, ...after]).toEqual(whole)
    })

    it('goes on from an earlier time than it had told, when that is what was remembered', async () => {
      const whole = await playedOnce()
      under.reset()
      const remembered = under.startAt + Math.floor(under.playMs * 0.3)
      const first = await fresh()
      await play(first.feed, first.clock, under.startAt + Math.floor(under.playMs * 0.8))
      const clock = new VirtualClock({ startAt: remembered })
      const after = await play(await under.make(clock, remembered), clock, end, remembered)
      expect(after).toEqual(whole.filter(({ at }) => at > remembered))
    })

    it('is silent once stopped, even in the middle of a step', async () => {
      under.reset()
      const { clock, feed } = await fresh()
      let told = 0
      await feed.start(() => {
        if (++told === 10) void feed.stop()
      }, null)
      clock.advanceTo(end)
      expect(told).toBe(10)
    })

    it('refuses to be started twice', async () => {
      under.reset()
      const { feed } = await fresh()
      await feed.start(() => undefined, null)
      await expect(feed.start(() => undefined, null)).rejects.toThrow(/already/u)
      await feed.stop()
    })
  })
}
