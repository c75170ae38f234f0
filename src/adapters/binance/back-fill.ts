/** Closed candles that no stream told: after a lost line, a sleep, or where a stream forgot one. */
import { type Interval, intervalMs } from '../../core/model/interval.ts'
import type { Candle } from '../../core/model/market.ts'
import type { Clock } from '../../core/ports/clock.ts'
import { readCandles } from './candles.ts'
import { faultOf } from './faults.ts'
import type { MarketTrack } from './market-track.ts'
import type { Rest } from './rest.ts'
import type { BinanceSettings } from './settings.ts'

interface BackFillDeps {
  readonly rest: Rest
  readonly clock: Clock
  readonly settings: BinanceSettings
  readonly interval: Interval
  readonly tracks: ReadonlyMap<string, MarketTrack>
  readonly tell: (candle: Candle) => void
  readonly failed: (symbol: string, message: string) => void
}

export class BackFill {
  readonly #deps: BackFillDeps
  readonly #length: number
  /** candles told since the start */
  count = 0
  #sweep: Promise<void> | null = null

  constructor(deps: BackFillDeps) {
    this.#deps = deps
    this.#length = intervalMs(deps.interval)
  }

  /** Every symbol that lacks a candle, a few at once; who asks while it is under way shares it. */
  all(): Promise<void> {
    this.#sweep ??= this.#all().finally(() => {
      this.#sweep = null
    })
    return this.#sweep
  }

  /** false: it could not be fetched */
  async one(track: MarketTrack): Promise<boolean> {
    if (track.isFilling) return true
    track.isFilling = true
    const { rest, clock, interval, tell, failed } = this.#deps
    const { symbol, lastOpenAt } = track
    const span = { symbol, interval, from: lastOpenAt + this.#length, before: clock.now() }
    try {
      for (const candle of await readCandles(rest, span, clock.now())) {
        track.lastOpenAt = candle.openAt
        this.count++
        tell(candle)
      }
      return true
    } catch (problem) {
      failed(symbol, `missing candles could not be fetched: ${faultOf(problem).message}`)
      return false
    } finally {
      track.isFilling = false
    }
  }

  async #all(): Promise<void> {
    const { clock, settings, tracks } = this.#deps
    const due = Math.floor((clock.now() - settings.lateBarMs) / this.#length) * this.#length - this.#length
    const behind = [...tracks.values()].filter(({ lastOpenAt }) => lastOpenAt < due).values()
    await Promise.all(Array.from({ length: settings.fillsAtOnce }, () => this.#each(behind)))
  }

  /** One failure ends it: the others would fail likewise, and the next minute tries again. */
  async #each(behind: IterableIterator<MarketTrack>): Promise<void> {
    for (const track of behind) if (!(await this.one(track))) return
  }
}
