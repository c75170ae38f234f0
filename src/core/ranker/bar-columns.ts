/**
 * What the candles of all symbols leave behind, as typed-array columns: running averages and a window of each symbol's
 * last bars. A closed candle costs O(1) and leaves no garbage; averages are those of src/core/market to the last bit.
 */
import { trueRange } from '../market/true-range.ts'
import { CANDLE_FIELDS } from './question.ts'
import type { RankerSettings } from './settings.ts'

const FIRST_CAPACITY = 64

export class BarColumns {
  bars = new Float64Array(FIRST_CAPACITY)
  /** epoch ms of the last candle's beginning */
  openAt = new Float64Array(FIRST_CAPACITY)
  close = new Float64Array(FIRST_CAPACITY)
  fastEma = new Float64Array(FIRST_CAPACITY)
  /** the fast average a window of bars ago */
  fastEmaBefore = new Float64Array(FIRST_CAPACITY)
  slowEma = new Float64Array(FIRST_CAPACITY)
  atr = new Float64Array(FIRST_CAPACITY)
  /** one bit per bar, the last bar lowest: a higher high with a higher low; a lower high with a lower low */
  upSteps = new Int32Array(FIRST_CAPACITY)
  downSteps = new Int32Array(FIRST_CAPACITY)
  /** windows: bar `b` of a symbol lies at `slot * windowBars + b % windowBars` */
  atrs: Float64Array
  bodies: Float64Array
  ranges: Float64Array
  /** close ÷ close before − 1 */
  returns: Float64Array
  #fastEmas: Float64Array
  #high = new Float64Array(FIRST_CAPACITY)
  #low = new Float64Array(FIRST_CAPACITY)
  readonly #settings: RankerSettings

  constructor(settings: RankerSettings) {
    if (settings.windowBars > MOST_WINDOW_BARS) {
      throw new RangeError(`the window must be at most ${MOST_WINDOW_BARS} bars, was ${settings.windowBars}`)
    }
    this.#settings = settings
    const length = FIRST_CAPACITY * settings.windowBars
    this.atrs = new Float64Array(length)
    this.bodies = new Float64Array(length)
    this.ranges = new Float64Array(length)
    this.returns = new Float64Array(length)
    this.#fastEmas = new Float64Array(length)
  }

  /** Room for `count` symbols. */
  reserve(count: number): void {
    if (count <= this.bars.length) return
    const capacity = Math.max(count, 2 * this.bars.length)
    for (const name of PER_SYMBOL) this[name] = grown(this[name], capacity)
    for (const name of STEPS) this[name] = grown(this[name], capacity)
    this.#high = grown(this.#high, capacity)
    this.#low = grown(this.#low, capacity)
    const length = capacity * this.#settings.windowBars
    for (const name of WINDOWS) this[name] = grown(this[name], length)
    this.#fastEmas = grown(this.#fastEmas, length)
  }

  /** Rows `from` … `to` (exclusive): closed candles of one symbol, sane, in order and later than its last. */
  load(rows: Float64Array, from: number, to: number): void {
    const { fastEmaBars, slowEmaBars, atrBars, windowBars } = this.#settings
    const [fastWeight, slowWeight, atrWeight] = [2 / (fastEmaBars + 1), 2 / (slowEmaBars + 1), 1 / atrBars]
    const slot = rows[from * CANDLE_FIELDS]!
    // one more than the window: each value kept pushes out the one a window before it
    const keptFrom = to - windowBars - 1
    let bar = this.bars[slot]!
    let previous = bar === 0 ? NaN : this.close[slot]!
    let fast = this.fastEma[slot]!
    let slow = this.slowEma[slot]!
    let atr = this.atr[slot]!
    for (let row = from; row < to; row++, bar++) {
      const at = row * CANDLE_FIELDS
      const close = rows[at + 5]!
      const range = trueRange(rows[at + 3]!, rows[at + 4]!, previous)
      fast = bar >= fastEmaBars ? fast + fastWeight * (close - fast) : begun(fast, close, bar, fastEmaBars)
      slow = bar >= slowEmaBars ? slow + slowWeight * (close - slow) : begun(slow, close, bar, slowEmaBars)
      atr = bar >= atrBars ? atr + atrWeight * (range - atr) : begun(atr, range, bar, atrBars)
      if (row >= keptFrom) this.#keep(slot, slot * windowBars + (bar % windowBars), rows, at, previous, fast, atr)
      previous = close
    }
    this.fastEma[slot] = fast
    this.slowEma[slot] = slow
    this.atr[slot] = atr
    this.close[slot] = previous
    this.openAt[slot] = rows[(to - 1) * CANDLE_FIELDS + 1]!
    this.bars[slot] = bar
  }

  /** What the windows look back at; `at` is the bar's place in them, `row` where its candle begins. */
  #keep(slot: number, at: number, rows: Float64Array, row: number, previous: number, fast: number, atr: number): void {
    const high = rows[row + 3]!
    const low = rows[row + 4]!
    const close = rows[row + 5]!
    this.fastEmaBefore[slot] = this.#fastEmas[at]!
    this.#fastEmas[at] = fast
    this.atrs[at] = atr
    this.bodies[at] = Math.abs(close - rows[row + 2]!)
    this.ranges[at] = high - low
    this.returns[at] = close / previous - 1
    const rise = high - this.#high[slot]!
    const lift = low - this.#low[slot]!
    this.upSteps[slot] = (this.upSteps[slot]! << 1) | (rise > 0 && lift > 0 ? 1 : 0)
    this.downSteps[slot] = (this.downSteps[slot]! << 1) | (rise < 0 && lift < 0 ? 1 : 0)
    this.#high[slot] = high
    this.#low[slot] = low
  }
}

/** bits of a step history */
const MOST_WINDOW_BARS = 31
const PER_SYMBOL = ['bars', 'openAt', 'close', 'fastEma', 'fastEmaBefore', 'slowEma', 'atr'] as const
const STEPS = ['upSteps', 'downSteps'] as const
const WINDOWS = ['atrs', 'bodies', 'ranges', 'returns'] as const

function grown<Column extends Float64Array | Int32Array>(column: Column, length: number): Column {
  const larger = new (column.constructor as new (length: number) => Column)(length)
  larger.set(column)
  return larger
}

/** While an average has fewer than `length` values it holds their sum; with the last of them it becomes their mean. */
const begun = (sum: number, x: number, seen: number, length: number): number =>
  seen === length - 1 ? (sum + x) / length : sum + x
