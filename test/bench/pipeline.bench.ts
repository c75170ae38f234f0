/** One closed candle of each of 500 symbols through the station: signals, orchestrator, guard, decisions journaled, orders sent. */
import { PaperExchange } from '../../src/adapters/paper/paper-exchange.ts'
import { PAPER_SETTINGS } from '../../src/adapters/paper/settings.ts'
import { openInMemory } from '../../src/adapters/sqlite/open-database.ts'
import { storeOf } from '../../src/adapters/sqlite/store.ts'
import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import { intervalMs } from '../../src/core/model/interval.ts'
import type { Candle, FeedEvent } from '../../src/core/model/market.ts'
import { MSC_WATCH_SETTINGS } from '../../src/core/msc/settings.ts'
import { ORCHESTRATOR_SETTINGS } from '../../src/core/orchestrator/settings.ts'
import { INITIAL_POLICY } from '../../src/core/policy/initial-policy.ts'
import type { Feed } from '../../src/core/ports/feed.ts'
import { UNCOUNTED } from '../../src/core/ports/metrics.ts'
import { BUILT_IN_STRATEGIES } from '../../src/core/strategy/built-in.ts'
import { EXECUTOR_SETTINGS } from '../../src/station/executor-settings.ts'
import { PolicyStore } from '../../src/station/policy-store.ts'
import { RANKING_SETTINGS } from '../../src/station/ranking-settings.ts'
import { buildRooms } from '../../src/station/rooms.ts'
import { SAFETY_SETTINGS } from '../../src/station/safety.ts'
import { Station } from '../../src/station/station.ts'
import { RankThread } from '../../src/workers/rank-thread.ts'
import { randomWalk } from '../fixtures/candles.ts'
import { BTC } from '../fixtures/guard.ts'
import { IDLE_MACHINE } from '../fixtures/machine.ts'
import { type BenchRow, median, printRows } from './bench-row.ts'

const SYMBOLS = 500
const WARM_BARS = 300
const MEASURED_BARS = 700
const LIMIT_MS = 5
const BAR_MS = intervalMs('15m')

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** A feed that tells what it is handed. */
function handFeed(): Feed & { tell: (event: FeedEvent) => void } {
  const instruments = Array.from({ length: SYMBOLS }, (_, n) => ({ ...BTC, symbol: `S${n}USDT`, baseAsset: `S${n}` }))
  const feed = {
    description: { environment: 'SIMULATED', label: 'bench', interval: '15m', priceEveryMs: BAR_MS, hasBook: false },
    instruments: () => Promise.resolve(instruments),
    history: () => Promise.resolve([]),
    start: (tell: (event: FeedEvent) => void) => {
      feed.tell = tell
      return Promise.resolve()
    },
    stop: () => Promise.resolve(),
    tell: (_event: FeedEvent) => {},
  }
  return feed as Feed & { tell: (event: FeedEvent) => void }
}

export async function run(): Promise<BenchRow[]> {
  const walks = Array.from({ length: SYMBOLS }, (_, n) =>
    randomWalk({ symbol: `S${n}USDT`, count: WARM_BARS + MEASURED_BARS, seed: n, sigma: 0.005, volume: 50_000 }),
  )
  const first = walks[0]?.[0]?.openAt ?? 0
  const clock = new VirtualClock({ startAt: first })
  const store = storeOf(openInMemory())
  const feed = handFeed()
  const instruments = await feed.instruments()
  const paper = new PaperExchange({ clock, shelf: store.paper, instruments, settings: PAPER_SETTINGS, seed: 1 })
  const policy = new PolicyStore({
    shelf: store.policies,
    now: () => clock.now(),
    initial: INITIAL_POLICY,
    exposed: () => false,
  })
  const rooms = buildRooms({
    clock,
    feed,
    venue: paper,
    journal: store.journal,
    records: store.records,
    rankings: store.rankings,
    rankingEngine: new RankThread(),
    policy,
    log: silent,
    metrics: UNCOUNTED,
    machine: IDLE_MACHINE,
    isLive: false,
    isDurable: false,
    strategies: BUILT_IN_STRATEGIES,
    afterTurn: () => {},
    onEnd: () => {},
    settings: {
      executor: EXECUTOR_SETTINGS,
      orchestrator: ORCHESTRATOR_SETTINGS,
      safety: SAFETY_SETTINGS,
      ranking: { ...RANKING_SETTINGS, enabled: false },
      msc: { enabled: false, autoAdjust: true, intervalMinutes: 30 },
      mscWatch: MSC_WATCH_SETTINGS,
      equitySampleMs: 60_000,
      warmUpHours: 0,
      keptBars: 240,
      rememberedTrades: 0,
      decisionInterval: null,
    },
  })
  await new Station(rooms).start()

  const times: number[] = []
  let candles: readonly (Candle | undefined)[] = []
  for (let bar = 0; bar < WARM_BARS + MEASURED_BARS; bar++) {
    const closeAt = first + (bar + 1) * BAR_MS
    candles = walks.map((walk) => walk[bar])
    // what the exchange and its reports do is not the pipeline's
    clock.advanceTo(closeAt)
    for (const candle of candles) if (candle) paper.onMarket({ kind: 'candle', candle })
    clock.advanceTo(closeAt)
    const started = process.hrtime.bigint()
    for (const candle of candles) if (candle) feed.tell({ kind: 'candle', candle })
    rooms.pipeline.decide()
    times.push(Number(process.hrtime.bigint() - started) / 1e6)
    rooms.commits.all()
  }
  const measured = times.slice(WARM_BARS).sort((a, b) => a - b)
  const p99 = measured[Math.floor(measured.length * 0.99)] ?? Number.NaN
  const row = { unit: 'ms', against: LIMIT_MS, limit: '', ok: true }
  const decisions = store.records.counts()['decisions'] ?? 0
  if (decisions === 0) throw new Error('nothing was decided')
  return [
    {
      ...row,
      name: 'one candle of 500 symbols, median',
      measured: median(measured),
      ratio: median(measured) / LIMIT_MS,
    },
    {
      ...row,
      name: `the same, p99 (${decisions} decisions)`,
      measured: p99,
      ratio: p99 / LIMIT_MS,
      limit: `≤ ${LIMIT_MS} ms`,
      ok: p99 <= LIMIT_MS,
    },
  ]
}

if (import.meta.main) printRows(await run())
