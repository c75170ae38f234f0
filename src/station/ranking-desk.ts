/**
 * Ranks the symbols every few minutes and on demand, never two at once, on a thread of its own; what comes out goes to
 * the policy and to whoever listens. A ranking asked for at T is in force at T plus a fixed delay of the station's clock,
 * and virtual time waits for it there: the same run twice ranks alike. When the thread fails the last ranking stays.
 */
import { traceIdOf, type TraceId } from '../core/model/ids.ts'
import type { Candle } from '../core/model/market.ts'
import type { Regime } from '../core/model/regime.ts'
import type { RankerRules } from '../core/policy/policy.ts'
import type { Cancel, HoldableClock } from '../core/ports/clock.ts'
import type { RankingRow, RankingShelf } from '../core/ports/ranking-shelf.ts'
import type { RankingEngine, TimedAnswer } from '../core/ranker/ranking-engine.ts'
import { RANKER_SETTINGS, type RankerSettings } from '../core/ranker/settings.ts'
import type { AlertDesk } from './alert-desk.ts'
import type { MarketBoard } from './market-board.ts'
import type { PolicyStore } from './policy-store.ts'
import { RankingCandles } from './ranking-candles.ts'
import type { RankingKeeper } from './ranking-keeper.ts'
import { type RankingInstant, rankingQuestion } from './ranking-question.ts'
import { rankingResult } from './ranking-result.ts'
import type { RankingSettings } from './ranking-settings.ts'
import { opportunitiesOf, type Ranking, reranked } from './ranking.ts'
import type { SymbolWins } from './symbol-wins.ts'

interface RankingDeskDeps {
  readonly clock: HoldableClock
  readonly engine: RankingEngine
  readonly market: MarketBoard
  readonly policy: PolicyStore
  readonly shelf: Pick<RankingShelf, 'lastAt'>
  readonly keeper: RankingKeeper
  readonly alerts: Pick<AlertDesk, 'raise' | 'clear'>
  readonly wins: SymbolWins
  /** of the whole market; null while unknown */
  readonly regime: () => Regime | null
  /** at mark, USDT; null while there is no account */
  readonly equity: () => number | null
  /** the market is being told: rankings are made */
  readonly isRunning: () => boolean
  /** a new ranking is in force */
  readonly told: (ranking: Ranking, traceId: TraceId) => void
  /** what was changed outside an input is told and made durable */
  readonly settle: () => void
  readonly settings: RankingSettings
  readonly ranker?: RankerSettings
}

/** One question under way. */
interface Asked {
  readonly instant: RankingInstant
  readonly promise: Promise<Ranking | null>
  readonly resolve: (ranking: Ranking | null) => void
  readonly reject: (problem: Error) => void
  /** what came of it, once it came; null: too few candles to rank by */
  outcome: { readonly ranking: Ranking | null } | Error | null
  isDue: boolean
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const FAILED = 'ranking_failed'

type Scores = Readonly<Record<string, number>>

function isSame(one: Scores, other: Scores): boolean {
  const symbols = Object.keys(one)
  return symbols.length === Object.keys(other).length && symbols.every((symbol) => one[symbol] === other[symbol])
}

/** Both in the order of their symbols. */
const areSameRows = (rows: readonly RankingRow[], others: readonly RankingRow[]): boolean =>
  rows.length === others.length &&
  rows.every(({ symbol, score, components }, index) => {
    const other = others[index]
    return (
      other !== undefined &&
      symbol === other.symbol &&
      score === other.score &&
      components.every((value, column) => value === other.components[column])
    )
  })

const bySymbol = (one: RankingRow, other: RankingRow): number => (one.symbol < other.symbol ? -1 : 1)

export class RankingDesk {
  readonly #deps: RankingDeskDeps
  readonly #ranker: RankerSettings
  readonly #candles: RankingCandles
  #last: Ranking | null = null
  #asked: Asked | null = null
  /** the last ranking that went to its shelf */
  #kept: { readonly at: number; readonly rows: readonly RankingRow[] } | null = null
  #nextAt: number | null = null
  #cancel: Cancel | null = null
  #isStarted = false

  constructor(deps: RankingDeskDeps) {
    this.#deps = deps
    this.#ranker = deps.ranker ?? RANKER_SETTINGS
    this.#candles = new RankingCandles(deps.engine)
  }

  /** The last ranking; null: none was made since the start. */
  get last(): Ranking | null {
    return this.#last
  }

  /** Epoch ms of the ranking in force, of an earlier start too; null: there is none. */
  get lastAt(): number | null {
    return this.isRanked ? (this.#last?.at ?? this.#deps.shelf.lastAt) : null
  }

  /** A ranking exists: what is not in it is no opportunity (SPEC §8). Switched off, one of an earlier start counts no more. */
  get isRanked(): boolean {
    const { settings, policy } = this.#deps
    return settings.enabled && (this.#last !== null || Object.keys(policy.current.oppRankings).length > 0)
  }

  get nextAt(): number | null {
    return this.#nextAt
  }

  get isUnderWay(): boolean {
    return this.#asked !== null
  }

  /** Before the candles of the past are told. */
  open(): void {
    if (this.#deps.settings.enabled) this.#deps.engine.start()
  }

  /** A closed 1 h candle. */
  onHour(candle: Candle): void {
    if (this.#deps.settings.enabled) this.#candles.add(candle)
  }

  /** From now on symbols are ranked. */
  start(): void {
    const { clock, settings } = this.#deps
    this.#isStarted = true
    if (settings.enabled) this.#wakeAt(clock.now() + settings.firstAfterMs)
  }

  stop(): void {
    this.#cancel?.()
    this.#isStarted = false
    const asked = this.#asked
    this.#asked = null
    asked?.reject(new Error('the station is stopping'))
    this.#deps.engine.close()
    this.flush()
  }

  /** Ranks now, or waits for the ranking that is under way. Rejects with what went wrong; null: too few candles yet. */
  rank(): Promise<Ranking | null> {
    const { settings, isRunning } = this.#deps
    if (!settings.enabled) return Promise.reject(new Error('the ranker is switched off'))
    if (!isRunning() || !this.#isStarted) return Promise.reject(new Error('the station is not running'))
    if (this.#candles.mostBars < this.#ranker.minBars) return Promise.resolve(null)
    this.#asked ??= this.#ask()
    return this.#asked.promise
  }

  /** Every ranking so far is on its shelf after this. */
  flush(): void {
    this.#deps.keeper.flush()
  }

  /** The last ranking as it would be under other rules; nothing is written. Null: there is none. */
  preview(rules: RankerRules): Ranking | null {
    return this.#last === null ? null : reranked(this.#last, rules)
  }

  #wakeAt(time: number): void {
    this.#nextAt = time
    this.#cancel = this.#deps.clock.at(time, () => {
      const { clock, settings } = this.#deps
      const intervalMs = settings.intervalMinutes * MINUTE_MS
      this.#wakeAt(Math.floor(clock.now() / intervalMs + 1) * intervalMs + settings.afterIntervalMs)
      // a failure is said where it is noticed
      this.rank().catch(() => undefined)
    })
  }

  #ask(): Asked {
    const { clock, market, policy, wins, settings } = this.#deps
    const { instant, question } = rankingQuestion({
      at: clock.now(),
      policy: policy.current,
      regime: this.#deps.regime(),
      equity: this.#deps.equity(),
      symbols: this.#symbolsTold(),
      market,
      winRateOf: (symbol) => wins.rateOf(symbol),
      settings: this.#ranker,
    })
    const asked: Asked = { instant, ...Promise.withResolvers<Ranking | null>(), outcome: null, isDue: false }
    const due = instant.at + settings.effectDelayMs
    const letGo = clock.holdAt(due)
    clock.at(due, () => {
      asked.isDue = true
      this.#conclude(asked)
    })
    const arrived = (outcome: NonNullable<Asked['outcome']>): void => {
      asked.outcome = outcome
      letGo()
      if (asked.isDue) clock.at(clock.now(), () => this.#conclude(asked))
    }
    const read = (answer: TimedAnswer) => ({
      ranking: rankingResult({ instant, answer, before: this.#last, settings: this.#ranker }),
    })
    this.#deps.engine.answer(question).then(read).then(arrived, arrived)
    return asked
  }

  /** The engine knows every symbol and every closed candle after this; symbols by slot. */
  #symbolsTold(): readonly string[] {
    const { engine, market } = this.#deps
    for (const { symbol } of market.desks) this.#candles.slotOf(symbol)
    if (engine.isUp) {
      this.#candles.flush()
    } else {
      engine.start()
      this.#candles.retell(market)
    }
    return this.#candles.symbols
  }

  /** Due and answered: in whichever order that came. */
  #conclude(asked: Asked): void {
    const { outcome } = asked
    if (this.#asked !== asked || outcome === null) return
    this.#asked = null
    try {
      if (outcome instanceof Error) throw outcome
      if (outcome.ranking !== null) this.#effect(outcome.ranking)
      asked.resolve(outcome.ranking)
      this.#deps.alerts.clear(FAILED)
    } catch (fault) {
      this.#failed(fault as Error)
      asked.reject(fault as Error)
    }
    this.#deps.settle()
  }

  #effect(ranking: Ranking): void {
    const { policy, settings } = this.#deps
    const grid = 10 ** settings.decimals
    const short = (value: number): number => Math.round(value * grid) / grid
    const traceId = traceIdOf('ranking', ranking.at)
    const scores: Record<string, number> = {}
    for (const { symbol, score } of opportunitiesOf(ranking)) scores[symbol] = short(score)
    // one like the ranking in force needs no version of its own: within an hour most are
    if (!isSame(scores, policy.current.oppRankings)) {
      const result = policy.setRankings(scores, { traceId })
      if (result.outcome !== 'accepted') throw new Error(`the policy did not take the ranking: ${result.outcome}`)
    }
    this.#last = ranking
    const rows = ranking.rows.map(({ symbol, score, components }) => ({
      symbol,
      score: short(score),
      components: components.map(short),
    }))
    this.#keep(ranking.at, rows.sort(bySymbol))
    this.#deps.told(ranking, traceId)
  }

  /** A ranking like the last one kept is kept once an hour: between candles most are. */
  #keep(at: number, rows: readonly RankingRow[]): void {
    const kept = this.#kept
    if (kept !== null && at - kept.at < HOUR_MS && areSameRows(rows, kept.rows)) return
    this.#kept = { at, rows }
    this.#deps.keeper.keep(at, rows)
  }

  #failed(problem: Error): void {
    const since = this.lastAt
    const age = since === null ? 'none was made yet' : `the last one is of ${new Date(since).toISOString()}`
    const message = `symbols could not be ranked: ${problem.message}; ${age}`
    this.#deps.alerts.raise({ severity: 'warning', code: FAILED, message, about: '' })
  }
}
