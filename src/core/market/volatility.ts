/** How wild a symbol is compared with itself (SPEC §6), class by class, without flapping. */
import type { Volatility } from '../model/regime.ts'
import { RollingMedian } from './rolling-median.ts'
import type { MarketSettings } from './settings.ts'

/** The class one bar asks for. `ratio`: ATR % ÷ its own median, NaN while that is not known; `atrPct`: daily, percent. */
export function volatilityOfBar(ratio: number, atrPct: number, settings: MarketSettings): Volatility {
  if (ratio >= settings.volatilityExtreme || atrPct >= settings.extremeAtrPct) return 'EXTREME'
  if (ratio >= settings.volatilityHigh) return 'HIGH'
  return ratio < settings.volatilityLow ? 'LOW' : 'NORMAL'
}

/** A class holds until three closed bars in a row ask for the same other one; EXTREME holds at once. */
export class VolatilityClass {
  /** null before the first ATR */
  value: Volatility | null = null
  /** 100·ATR ÷ close·√24; NaN before the first ATR */
  atrPct = NaN
  /** ATR % ÷ its median; NaN before there are enough ATRs, or while the market stands still */
  ratio = NaN
  readonly #settings: MarketSettings
  readonly #median: RollingMedian
  #asked: Volatility | null = null
  #askedBars = 0

  constructor(settings: MarketSettings) {
    this.#settings = settings
    this.#median = new RollingMedian(settings.medianBars)
  }

  /** One closed 1 h bar; `atr` in price units, NaN while it has no value. */
  next(atr: number, close: number): void {
    const pct = (100 * atr) / close
    if (Number.isNaN(pct)) return
    this.atrPct = pct * Math.sqrt(24)
    const median = this.#median.next(pct)
    const known = this.#median.count >= this.#settings.minMedianBars && median > 0
    this.ratio = known ? pct / median : NaN
    this.#consider(volatilityOfBar(this.ratio, this.atrPct, this.#settings))
  }

  #consider(asked: Volatility): void {
    this.#askedBars = asked === this.#asked ? this.#askedBars + 1 : 1
    this.#asked = asked
    const atOnce = this.value === null || asked === 'EXTREME'
    if (atOnce || this.#askedBars >= this.#settings.volatilityPatience) this.value = asked
  }
}
