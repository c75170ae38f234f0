/** What a ranking of 500 symbols takes of the station's own thread: asking for it, and putting it into force. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openDatabase } from '../../src/adapters/sqlite/open-database.ts'
import { storeOf } from '../../src/adapters/sqlite/store.ts'
import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import type { Candle } from '../../src/core/model/market.ts'
import { INITIAL_POLICY } from '../../src/core/policy/initial-policy.ts'
import { MarketBoard } from '../../src/station/market-board.ts'
import { PolicyStore } from '../../src/station/policy-store.ts'
import { RankingDesk } from '../../src/station/ranking-desk.ts'
import { RankingKeeper } from '../../src/station/ranking-keeper.ts'
import { RANKING_SETTINGS } from '../../src/station/ranking-settings.ts'
import { SymbolWins } from '../../src/station/symbol-wins.ts'
import { RankThread } from '../../src/workers/rank-thread.ts'
import { randomWalk } from '../fixtures/candles.ts'
import { BTC } from '../fixtures/guard.ts'
import { type BenchRow, median, printRows } from './bench-row.ts'

const SYMBOLS = 500
const BARS = 240
const ROUNDS = 60
const WARM_ROUNDS = 20
const LIMIT_MS = 2
const HOUR_MS = 3_600_000
const START = 1_000 * HOUR_MS

const now = (): number => performance.now()

const rethrown = (problem: unknown): never => {
  throw problem
}

/** Turns in which rows are kept: each holds the loop by itself. */
const turns: number[] = []

const timed = (work: () => void) => (): void => {
  const started = now()
  work()
  turns.push(now() - started)
}

/** A virtual clock that says how long its longest wake took. */
class TimedClock extends VirtualClock {
  longest = 0

  override at(time: number, wake: () => void) {
    return super.at(time, () => {
      const started = now()
      wake()
      this.longest = Math.max(this.longest, now() - started)
    })
  }
}

/** Virtual time goes there as soon as nothing holds it. */
async function advanced(clock: VirtualClock, time: number): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve))
    try {
      clock.advanceTo(time)
      return
    } catch (problem) {
      if (!(problem as Error).message.includes('held')) throw problem
    }
  }
}

function marketOf(series: readonly (readonly Candle[])[]): MarketBoard {
  const market = new MarketBoard({ baseInterval: '1h', higherIntervals: [], keptBars: BARS, onBar: () => undefined })
  market.list(series.map((candles) => ({ ...BTC, symbol: candles[0]?.symbol ?? '' })))
  for (const candle of series.flatMap((candles) => candles.slice(0, BARS))) market.desk(candle.symbol)?.onCandle(candle)
  return market
}

async function measure(folder: string): Promise<Readonly<Record<'ask' | 'effect' | 'keep', number>>> {
  const count = BARS + ROUNDS
  const series = Array.from({ length: SYMBOLS }, (_, n) =>
    randomWalk({ symbol: `S${n}USDT`, interval: '1h', count, seed: n + 1, sigma: 0.01, startAt: START, volume: 1e5 }),
  )
  const database = openDatabase(folder)
  const store = storeOf(database)
  const clock = new TimedClock({ startAt: START + BARS * HOUR_MS })
  const market = marketOf(series)
  const policy = new PolicyStore({
    shelf: store.policies,
    now: () => clock.now(),
    initial: INITIAL_POLICY,
    exposed: () => false,
  })
  const desk = new RankingDesk({
    clock,
    market,
    policy,
    engine: new RankThread(),
    shelf: store.rankings,
    keeper: new RankingKeeper({
      shelf: store.rankings,
      afterTurn: (work) => void setImmediate(timed(work)),
      failed: rethrown,
    }),
    wins: new SymbolWins(200),
    alerts: {
      raise: ({ message }) => rethrown(new Error(message)),
      clear: () => undefined,
    },
    regime: () => 'RANGING',
    equity: () => 10_000,
    isRunning: () => true,
    told: () => undefined,
    settle: () => undefined,
    settings: { ...RANKING_SETTINGS, firstAfterMs: 1e9 },
  })
  desk.open()
  for (const candle of series.flatMap((candles) => candles.slice(0, BARS))) desk.onHour(candle)
  desk.start()
  const [asks, effects]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    for (const candles of series) {
      const candle = candles[BARS + round] as Candle
      market.desk(candle.symbol)?.onCandle(candle)
      desk.onHour(candle)
    }
    const started = now()
    const ranking = desk.rank()
    asks.push(now() - started)
    clock.longest = 0
    await advanced(clock, clock.now() + RANKING_SETTINGS.effectDelayMs)
    if ((await ranking)?.rows.length !== SYMBOLS) throw new Error('not all symbols were ranked')
    effects.push(clock.longest)
  }
  desk.stop()
  database.close()
  const [ask = NaN, effect = NaN, keep = NaN] = [asks, effects, turns].map((times) => median(times.slice(WARM_ROUNDS)))
  return { ask, effect, keep }
}

export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-ranking-'))
  try {
    const { ask, effect, keep } = await measure(folder)
    const row = (name: string, measured: number): BenchRow => ({
      name: `ranking 500 symbols, pause to ${name}`,
      measured,
      unit: 'ms',
      against: LIMIT_MS,
      ratio: measured / LIMIT_MS,
      limit: `≤ ${LIMIT_MS} ms`,
      ok: measured <= LIMIT_MS,
    })
    return [row('ask', ask), row('put it into force', effect), row('keep a part of it', keep)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) printRows(await run())
