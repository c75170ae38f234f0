/** RSI and MACD. NaN before enough bars. */
import { Ema, WilderAverage } from './moving-average.ts'

/** Wilder's relative strength index, 0…100; needs length + 1 closes. A market that did not move at all is 50. */
export class Rsi {
  value = NaN
  readonly #gain: WilderAverage
  readonly #loss: WilderAverage
  #previous = NaN

  constructor(length: number) {
    this.#gain = new WilderAverage(length)
    this.#loss = new WilderAverage(length)
  }

  next(close: number): number {
    const change = close - this.#previous
    this.#previous = close
    if (Number.isNaN(change)) return this.value
    const gain = this.#gain.next(change > 0 ? change : 0)
    const loss = this.#loss.next(change < 0 ? -change : 0)
    this.value = gain + loss === 0 ? 50 : (100 * gain) / (gain + loss)
    return this.value
  }
}

/** Moving average convergence/divergence: EMA(fast) − EMA(slow), its EMA(signal), and their difference. */
export class Macd {
  line = NaN
  signal = NaN
  histogram = NaN
  readonly #fast: Ema
  readonly #slow: Ema
  readonly #signal: Ema

  constructor(fast: number, slow: number, signal: number) {
    this.#fast = new Ema(fast)
    this.#slow = new Ema(slow)
    this.#signal = new Ema(signal)
  }

  /** Returns the histogram. */
  next(close: number): number {
    this.line = this.#fast.next(close) - this.#slow.next(close)
    if (Number.isNaN(this.line)) return this.histogram
    this.signal = this.#signal.next(this.line)
    this.histogram = this.line - this.signal
    return this.histogram
  }
}
