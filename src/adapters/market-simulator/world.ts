/** The simulated world in time: the path, the candles it has left behind, and where it stands. */
import { intervalMs } from '../../core/model/interval.ts'
import { BarArchive } from './bar-archive.ts'
import type { Listing } from './listing.ts'
import { barColumns, MarketPath, stepsPerMinute } from './market-path.ts'
import { PastMinutes } from './past-minutes.ts'
import { plantedDrift } from './scenario.ts'
import type { MarketSimulatorSettings } from './settings.ts'

export const MINUTE_MS = intervalMs('1m')
const QUARTER_MS = intervalMs('15m')
export const HOUR_MS = intervalMs('1h')
const QUARTER_MINUTES = QUARTER_MS / MINUTE_MS
/** Minutes kept: the hour under way and the one before it. */
const MINUTES_KEPT = 120
const QUARTERS_PER_HOUR = 4

export class World {
  readonly path: MarketPath
  readonly minutes: BarArchive
  readonly quarters: BarArchive
  /** the minutes of all hours that the quarters reach back to */
  readonly pastMinutes: PastMinutes
  readonly stepMs: number
  /** price of the current minute's open, ticks */
  readonly opens: Int32Array
  time: number
  private readonly settings: MarketSimulatorSettings
  private readonly startAt: number
  private readonly quarter = { bars: barColumns(0), filled: 0 }

  /** Stands at the full hour of `startAt` with `historyHours` of coarse candles behind it. */
  constructor(listings: readonly Listing[], settings: MarketSimulatorSettings, startAt: number) {
    const count = listings.length
    this.settings = settings
    this.startAt = startAt
    this.path = new MarketPath(listings, settings)
    this.minutes = new BarArchive(MINUTE_MS, count, MINUTES_KEPT)
    this.quarters = new BarArchive(QUARTER_MS, count, settings.historyHours * QUARTERS_PER_HOUR)
    this.pastMinutes = new PastMinutes(this.minutes, this.quarters)
    this.stepMs = MINUTE_MS / stepsPerMinute(settings)
    this.opens = new Int32Array(count)
    this.quarter.bars = barColumns(count)
    this.time = Math.floor(startAt / HOUR_MS) * HOUR_MS
    this.makeHistory()
    this.open()
  }

  /** One step; true when it ended a minute, whose candles are in `path.bar` then: `open` must follow. */
  step(): boolean {
    this.path.step()
    this.time += this.stepMs
    if (this.time % MINUTE_MS !== 0) return false
    this.path.closeMinute(this.opens)
    this.minutes.push(this.time, this.path.bar)
    this.addToQuarter()
    return true
  }

  /** Begins the next minute. */
  open(): void {
    this.path.openMinute(plantedDrift(this.settings, this.startAt, this.time))
    for (let index = 0; index < this.opens.length; index++) this.opens[index] = this.path.ticks(index)
  }

  /** Goes on without telling anyone. */
  advanceTo(time: number): void {
    while (this.time + this.stepMs <= time) if (this.step()) this.open()
  }

  /** Puts the world at a full hour whose last minute has just closed. */
  restore(time: number, snapshot: Float64Array): void {
    this.path.restore(snapshot)
    this.time = time
    this.open()
  }

  private makeHistory(): void {
    const begin = this.time - this.settings.historyHours * HOUR_MS
    for (let closeAt = begin + QUARTER_MS; closeAt <= this.time; closeAt += QUARTER_MS) {
      this.path.coarseBar(QUARTER_MINUTES)
      this.quarters.push(closeAt, this.path.bar)
    }
  }

  private addToQuarter(): void {
    const { bars } = this.quarter
    const { bar } = this.path
    const isFirst = (this.time - MINUTE_MS) % QUARTER_MS === 0
    for (let index = 0; index < this.opens.length; index++) {
      if (isFirst) bars.open[index] = bar.open[index] as number
      bars.high[index] = isFirst
        ? (bar.high[index] as number)
        : Math.max(bars.high[index] as number, bar.high[index] as number)
      bars.low[index] = isFirst
        ? (bar.low[index] as number)
        : Math.min(bars.low[index] as number, bar.low[index] as number)
      bars.close[index] = bar.close[index] as number
      bars.volume[index] = (isFirst ? 0 : (bars.volume[index] as number)) + (bar.volume[index] as number)
    }
    if (this.time % QUARTER_MS === 0) this.quarters.push(this.time, bars)
  }
}
