/** What the market model knows of one symbol: fed with its closed 1 h candles and its tickers, it yields a SymbolState. */
import type { Candle, Ticker } from '../model/market.ts'
import type { SymbolState } from '../model/regime.ts'
import { DayVolume } from './day-volume.ts'
import { EfficiencyRatio } from './efficiency.ts'
import { Ema } from './moving-average.ts'
import { regimeOf } from './regime.ts'
import { MARKET_SETTINGS, type MarketSettings } from './settings.ts'
import { bookSpread, estimateSpread } from './spread.ts'
import { Adx, Atr } from './true-range.ts'
import { VolatilityClass } from './volatility.ts'

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

export class SymbolModel {
  readonly symbol: string
  /** smallest price step, for the spread estimate; an exchange may change it */
  tickSize: number
  readonly #settings: MarketSettings
  readonly #adx: Adx
  readonly #atr: Atr
  readonly #fastEma: Ema
  readonly #slowEma: Ema
  readonly #efficiency: EfficiencyRatio
  readonly #volatility: VolatilityClass
  readonly #dayVolume = new DayVolume()
  #lastOpenAt = -Infinity
  #lastClose = NaN
  #bookSpread: number | null = null
  #regime: SymbolState['regime'] = null
  #state: SymbolState | null = null

  constructor(symbol: string, tickSize: number, settings: MarketSettings = MARKET_SETTINGS) {
    this.symbol = symbol
    this.tickSize = tickSize
    this.#settings = settings
    this.#adx = new Adx(settings.adxBars)
    this.#atr = new Atr(settings.atrBars)
    this.#fastEma = new Ema(settings.fastEmaBars)
    this.#slowEma = new Ema(settings.slowEmaBars)
    this.#efficiency = new EfficiencyRatio(settings.efficiencyBars)
    this.#volatility = new VolatilityClass(settings)
  }

  /** A closed 1 h candle; one that is not later than the last is ignored (after a restart bars may be told again). */
  onHour(candle: Candle): void {
    if (candle.openAt <= this.#lastOpenAt) return
    const { high, low, close } = candle
    this.#lastOpenAt = candle.openAt
    this.#lastClose = close
    this.#dayVolume.next(candle.openAt, candle.quoteVolume)
    this.#volatility.next(this.#atr.next(high, low, close), close)
    this.#regime = regimeOf(
      {
        adx: this.#adx.next(high, low, close),
        fastEma: this.#fastEma.next(close),
        slowEma: this.#slowEma.next(close),
        efficiency: this.#efficiency.next(close),
        quoteVolume24h: this.#dayVolume.value,
        spread: this.#spread(),
      },
      this.#settings,
    )
    this.#state = null
  }

  /** The spread of the book, kept until the next ticker; the regime looks at it when an hour closes. */
  onTicker(ticker: Ticker): void {
    const spread = bookSpread(ticker)
    if (spread === this.#bookSpread) return
    this.#bookSpread = spread
    this.#state = null
  }

  /** A snapshot; the same object until something changes. */
  get state(): SymbolState {
    this.#state ??= {
      symbol: this.symbol,
      regime: this.#regime,
      volatility: this.#volatility.value,
      atrPct: orNull(this.#volatility.atrPct),
      quoteVolume24h: orNull(this.#dayVolume.value),
      spread: orNull(this.#spread()),
      spreadIsEstimate: this.#bookSpread === null,
    }
    return this.#state
  }

  #spread(): number {
    return this.#bookSpread ?? estimateSpread(this.#dayVolume.value, this.#lastClose, this.tickSize, this.#settings)
  }
}
