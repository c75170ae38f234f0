/**
 * The path of every price: log prices in steps, one common factor and one of each symbol's own.
 * Each step's expected simple return is zero whatever the variance: x += σz − σ²/2 (and the same for gaps), so nothing but costs can be earned.
 */
import { Interruptions } from './interruptions.ts'
import type { Listing } from './listing.ts'
import { Random } from './random.ts'
import type { MarketSimulatorSettings } from './settings.ts'
import { VarianceModel } from './variance.ts'

const MINUTES_PER_DAY = 1440
const MINUTES_PER_HOUR = 60

/** The last closed bar of every symbol; prices in ticks. */
export interface BarColumns {
  readonly open: Int32Array
  readonly high: Int32Array
  readonly low: Int32Array
  readonly close: Int32Array
  /** base asset; 0 only in an outage */
  readonly volume: Float64Array
}

export const barColumns = (count: number): BarColumns => ({
  open: new Int32Array(count),
  high: new Int32Array(count),
  low: new Int32Array(count),
  close: new Int32Array(count),
  volume: new Float64Array(count),
})

export class MarketPath {
  readonly listings: readonly Listing[]
  /** filled by `closeMinute` (and `coarseBar`) */
  readonly bar: BarColumns
  /** log price, now */
  readonly x: Float64Array
  /** half the spread now, as a share of the price */
  readonly halfSpread: Float64Array
  private readonly settings: MarketSimulatorSettings
  private readonly random: Random
  private readonly variance: VarianceModel
  private readonly count: number
  private readonly high: Float64Array
  private readonly low: Float64Array
  /** per step: weight of the common factor, own deviation, drift */
  private readonly commonStep: Float64Array
  private readonly ownStep: Float64Array
  private readonly driftStep: Float64Array
  private readonly minuteVariance: Float64Array
  /** standard deviation now as a multiple of the usual one */
  private readonly roughness: Float64Array
  private readonly commonShare: Float64Array
  private readonly interruptions: Interruptions
  private readonly steps: number

  constructor(listings: readonly Listing[], settings: MarketSimulatorSettings) {
    const count = listings.length
    this.listings = listings
    this.settings = settings
    this.count = count
    this.random = Random.seeded(settings.seed)
    this.variance = new VarianceModel(count, settings, this.random)
    this.steps = stepsPerMinute(settings)
    this.bar = barColumns(count)
    this.x = Float64Array.from(listings, ({ referencePrice }) => Math.log(referencePrice))
    this.high = Float64Array.from(this.x)
    this.low = Float64Array.from(this.x)
    this.halfSpread = new Float64Array(count)
    this.commonStep = new Float64Array(count)
    this.ownStep = new Float64Array(count)
    this.driftStep = new Float64Array(count)
    this.roughness = new Float64Array(count)
    this.minuteVariance = Float64Array.from(listings, ({ hourlyDeviation }) => hourlyDeviation ** 2 / MINUTES_PER_HOUR)
    this.commonShare = Float64Array.from(listings, ({ commonShare }) => commonShare)
    this.interruptions = new Interruptions(listings, settings, this.random)
  }

  isOut(index: number): boolean {
    return this.interruptions.isOut(index)
  }

  /** What `restore` needs to go on from the close of a minute, before the next one is opened. */
  snapshot(): Float64Array {
    const parts = this.parts()
    const values = new Float64Array(parts.reduce((sum, part) => sum + part.length, 4))
    values.set(this.random.state)
    let at = 4
    for (const part of parts) {
      values.set(part, at)
      at += part.length
    }
    return values
  }

  /** Throws when the snapshot is of another market. */
  restore(values: Float64Array): void {
    const parts = this.parts()
    const expected = parts.reduce((sum, part) => sum + part.length, 4)
    if (values.length !== expected)
      throw new RangeError(`a snapshot of ${expected} numbers was expected, this has ${values.length}`)
    this.random.restore([values[0] as number, values[1] as number, values[2] as number, values[3] as number])
    let at = 4
    for (const part of parts) {
      part.set(values.subarray(at, at + part.length))
      at += part.length
    }
  }

  /** Begins a minute: how rough it will be, gaps, outages. `drift`: planted log return of the minute. */
  openMinute(drift: number): void {
    this.variance.advance(1, true)
    this.setSteps(1 / this.steps, drift / this.steps)
    const { x, high, low, interruptions } = this
    interruptions.beginMinute()
    for (let index = 0; index < this.count; index++) {
      interruptions.passOutage(index, this.inTicks(index, x[index] as number))
      high[index] = low[index] = x[index] = (x[index] as number) + interruptions.jump(index)
    }
  }

  /** One step of every symbol: the hot loop. */
  step(): void {
    const { random, x, high, low, commonStep, ownStep, driftStep } = this
    const common = random.normal()
    for (let index = 0; index < x.length; index++) {
      const next =
        (x[index] as number) +
        (commonStep[index] as number) * common +
        (ownStep[index] as number) * random.normal() +
        (driftStep[index] as number)
      x[index] = next
      if (next > (high[index] as number)) high[index] = next
      else if (next < (low[index] as number)) low[index] = next
    }
  }

  /** Ends a minute; its candles are in `bar` then. `opens`: price of each symbol's open, ticks. */
  closeMinute(opens: Int32Array): void {
    const { bar, x, high, low } = this
    for (let index = 0; index < this.count; index++) {
      const volume = this.volumeOf(index, 1)
      bar.open[index] = opens[index] as number
      if (this.isOut(index)) {
        bar.high[index] = bar.low[index] = bar.close[index] = opens[index] as number
        bar.volume[index] = 0
        continue
      }
      bar.high[index] = this.inTicks(index, high[index] as number)
      bar.low[index] = this.inTicks(index, low[index] as number)
      bar.close[index] = this.inTicks(index, x[index] as number)
      bar.volume[index] = volume
    }
  }

  /** A whole bar of some minutes at once, for history: the extremes are drawn from the law of a bridge between open and close. */
  coarseBar(minutes: number): void {
    const { bar, x, random, commonStep, ownStep, driftStep } = this
    this.variance.advance(minutes, false)
    this.setSteps(minutes, 0)
    const common = random.normal()
    for (let index = 0; index < this.count; index++) {
      const open = x[index] as number
      const variance = -2 * (driftStep[index] as number)
      const change =
        (commonStep[index] as number) * common + (ownStep[index] as number) * random.normal() - variance / 2
      const above = (change + Math.sqrt(change * change - 2 * variance * Math.log(random.uniform()))) / 2
      const below = (change - Math.sqrt(change * change - 2 * variance * Math.log(random.uniform()))) / 2
      x[index] = open + change
      bar.open[index] = this.inTicks(index, open)
      bar.high[index] = this.inTicks(index, open + above)
      bar.low[index] = this.inTicks(index, open + below)
      bar.close[index] = this.inTicks(index, open + change)
      bar.volume[index] = this.volumeOf(index, minutes)
    }
  }

  /** Last price now, ticks: frozen during an outage. */
  ticks(index: number): number {
    return this.isOut(index) ? this.interruptions.frozenTicks(index) : this.inTicks(index, this.x[index] as number)
  }

  private inTicks(index: number, logPrice: number): number {
    return Math.max(1, Math.round(Math.exp(logPrice) * (this.listings[index] as Listing).ticksPerUnit))
  }

  private parts(): readonly Float64Array[] {
    return [this.x, ...this.interruptions.parts, ...this.variance.parts]
  }

  /** Weights of a step that lasts `minutes` (also a part of one). */
  private setSteps(minutes: number, drift: number): void {
    const { multiple } = this.variance
    const commonMultiple = multiple[0] as number
    for (let index = 0; index < this.count; index++) {
      const variance = (this.minuteVariance[index] as number) * minutes
      const share = this.commonShare[index] as number
      const common = variance * share * commonMultiple
      const own = variance * (1 - share) * (multiple[index + 1] as number)
      this.commonStep[index] = Math.sqrt(common)
      this.ownStep[index] = Math.sqrt(own)
      this.driftStep[index] = drift - (common + own) / 2
      const rough = Math.sqrt(share * commonMultiple + (1 - share) * (multiple[index + 1] as number))
      this.roughness[index] = rough
      this.halfSpread[index] =
        ((this.listings[index] as Listing).spread / 2) * Math.min(2.5, Math.max(0.7, Math.sqrt(rough)))
    }
  }

  /** Much is traded when prices move much. */
  private volumeOf(index: number, minutes: number): number {
    const { settings, random } = this
    const listing = this.listings[index] as Listing
    const deviation = settings.volumeDeviation / Math.sqrt(minutes)
    const noise = Math.exp(deviation * random.normal() - (deviation * deviation) / 2)
    const quote = (listing.volume24h / MINUTES_PER_DAY) * minutes * (this.roughness[index] as number) * noise
    const steps = Math.round((quote / Math.exp(this.x[index] as number)) * listing.stepsPerUnit)
    return Math.max(1, steps) / listing.stepsPerUnit
  }
}

/** How many steps the path takes in a minute: as many as ticks are told, or as set. */
export function stepsPerMinute(settings: MarketSimulatorSettings): number {
  return settings.tickSeconds > 0 ? 60 / settings.tickSeconds : settings.stepsPerMinute
}
