/**
 * What the candles of all symbols leave behind, as typed-array columns: running averages and the last few bars of each.
 * A closed candle costs O(1) and leaves no garbage; averages are those of src/core/market to the last bit.
 */
import type { RankerSettings } from './settings.ts'

/** A higher high with a higher low, a lower low with a lower high. */
export const STEP_UP = 1
export const STEP_DOWN = 2

const FIRST_CAPACITY = 64

const powerOfTwoAbove = (count: number): number => 2 ** Math.ceil(Math.log2(count + 1))

function grown<Column extends Float64Array | Uint8Array>(column: Column, length: number): Column {
  const larger = new (column.constructor as new (length: number) => Column)(length)
  larger.set(column)
  return larger
}

export class BarColumns {
  /** values kept per symbol; bar `b` lies at `slot * ring + b % ring` */
  readonly ring: number
  bars = new Float64Array(FIRST_CAPACITY)
  /** epoch ms of the last candle's beginning */
  openAt = new Float64Array(FIRST_CAPACITY)
  close = new Float64Array(FIRST_CAPACITY)
  fastEma = new Float64Array(FIRST_CAPACITY)
  slowEma = new Float64Array(FIRST_CAPACITY)
  atr = new Float64Array(FIRST_CAPACITY)
  fastEmas: Float64Array
  atrs: Float64Array
  bodies: Float64Array
  ranges: Float64Array
  /** close ÷ close before − 1 */
  returns: Float64Array
  steps: Uint8Array
  #high = new Float64Array(FIRST_CAPACITY)
  #low = new Float64Array(FIRST_CAPACITY)
  readonly #settings: RankerSettings

  constructor(settings: RankerSettings) {
    this.#settings = settings
    this.ring = powerOfTwoAbove(settings.windowBars)
    const length = FIRST_CAPACITY * this.ring
    this.fastEmas = new Float64Array(length)
    this.atrs = new Float64Array(length)
    this.bodies = new Float64Array(length)
    this.ranges = new Float64Array(length)
    this.returns = new Float64Array(length)
    this.steps = new Uint8Array(length)
  }

  /** Room for `count` symbols. */
  reserve(count: number): void {
    if (count <= this.bars.length) return
    const capacity = powerOfTwoAbove(count)
    for (const name of PER_SYMBOL) this[name] = grown(this[name], capacity)
    this.#high = grown(this.#high, capacity)
    this.#low = grown(this.#low, capacity)
    for (const name of PER_BAR) this[name] = grown(this[name], capacity * this.ring)
    this.steps = grown(this.steps, capacity * this.ring)
  }

  /** A closed candle, sane and later than the last of its symbol. */
  next(slot: number, openAt: number, open: number, high: number, low: number, close: number): void {
    const { fastEmaBars, slowEmaBars, atrBars } = this.#settings
    const bar = this.bars[slot]!
    const at = slot * this.ring + (bar & (this.ring - 1))
    const previous = bar === 0 ? close : this.close[slot]!
    const trueRange = bar === 0 ? high - low : Math.max(high, previous) - Math.min(low, previous)
    const fast = smoothed(this.fastEma[slot]!, close, bar, fastEmaBars, 2 / (fastEmaBars + 1))
    const slow = smoothed(this.slowEma[slot]!, close, bar, slowEmaBars, 2 / (slowEmaBars + 1))
    const atr = smoothed(this.atr[slot]!, trueRange, bar, atrBars, 1 / atrBars)
    this.fastEma[slot] = fast
    this.slowEma[slot] = slow
    this.atr[slot] = atr
    this.fastEmas[at] = fast
    this.atrs[at] = atr
    this.bodies[at] = Math.abs(close - open)
    this.ranges[at] = high - low
    this.returns[at] = close / previous - 1
    this.steps[at] = stepOf(high - this.#high[slot]!, low - this.#low[slot]!)
    this.#high[slot] = high
    this.#low[slot] = low
    this.close[slot] = close
    this.openAt[slot] = openAt
    this.bars[slot] = bar + 1
  }
}

const PER_SYMBOL = ['bars', 'openAt', 'close', 'fastEma', 'slowEma', 'atr'] as const
const PER_BAR = ['fastEmas', 'atrs', 'bodies', 'ranges', 'returns'] as const

/** Until it has `length` values the average holds their sum; then the mean of these, then `+= weight × (x − value)`. */
function smoothed(value: number, x: number, seen: number, length: number, weight: number): number {
  if (seen >= length) return value + weight * (x - value)
  return seen === length - 1 ? (value + x) / length : value + x
}

function stepOf(rise: number, lift: number): number {
  if (rise > 0 && lift > 0) return STEP_UP
  return rise < 0 && lift < 0 ? STEP_DOWN : 0
}
