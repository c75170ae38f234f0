import { hashed } from '../../../src/adapters/market-simulator/random.ts'
/** Prices that only move when told to. Its history is a made-up wiggle round the first price. */
import { intervalMs, type Interval } from '../../../src/core/model/interval.ts'
import type { Candle, Instrument } from '../../../src/core/model/market.ts'
import type { Clock } from '../../../src/core/ports/clock.ts'
import type { MarketSource, SourceListener } from './market-source.ts'
import type { Touch } from './synthetic-book.ts'

const WIGGLE = 0.002
const VOLUME = 1000
const PLENTY = 1_000_000

export interface ManualSymbol {
  readonly instrument: Instrument
  readonly price: number
}

export class ManualSource implements MarketSource {
  readonly label = 'prices moved by hand'
  readonly tellsBars = false
  readonly instruments: readonly Instrument[]
  private readonly symbols: readonly ManualSymbol[]

  constructor(symbols: readonly ManualSymbol[]) {
    this.symbols = symbols
    this.instruments = symbols.map(({ instrument }) => instrument)
  }

  start(clock: Clock, listener: SourceListener): Promise<void> {
    const at = clock.now()
    for (const { instrument, price } of this.symbols) {
      const { symbol, tickSize } = instrument
      listener.step({ symbol, at, last: price, touch: touchAround(price, Number(tickSize)), volume: 0 })
    }
    return Promise.resolve()
  }

  stop(): Promise<void> {
    return Promise.resolve()
  }

  history(symbol: string, interval: Interval, before: number, limit: number): Promise<readonly Candle[]> {
    const index = this.symbols.findIndex(({ instrument }) => instrument.symbol === symbol)
    const found = this.symbols[index]
    if (found === undefined) return Promise.resolve([])
    const step = intervalMs(interval)
    const end = Math.floor(before / step) * step
    const opens = Array.from({ length: limit }, (_, back) => end - (limit - back) * step)
    return Promise.resolve(opens.map((openAt) => candleAt(found, interval, openAt)))
  }

  fundingRate(): number | null {
    return null
  }
}

/** One tick on each side of a price, with more there than anybody wants. */
export function touchAround(price: number, tick: number, quantity = PLENTY): Touch {
  const decimals = Math.max(0, Math.ceil(-Math.log10(tick)))
  return {
    bid: Number((price - tick).toFixed(decimals)),
    ask: Number((price + tick).toFixed(decimals)),
    bidQuantity: quantity,
    askQuantity: quantity,
  }
}

function candleAt({ instrument, price }: ManualSymbol, interval: Interval, openAt: number): Candle {
  const step = intervalMs(interval)
  const decimals = Math.max(0, Math.ceil(-Math.log10(Number(instrument.tickSize))))
  const at = (time: number): number =>
    Number((price * (1 + WIGGLE * (hashed(time / 60_000, 1, 1) - 0.5))).toFixed(decimals))
  const open = at(openAt)
  const close = at(openAt + step)
  const high = Math.max(open, close)
  const low = Math.min(open, close)
  const { symbol } = instrument
  return { symbol, interval, openAt, open, high, low, close, volume: VOLUME, quoteVolume: VOLUME * close }
}
