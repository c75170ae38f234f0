import { closedCandles } from '../../../src/adapters/recorded/bar-history.ts'
/** Recorded candles played as a market: each minute goes open, the nearer extreme, the other extreme, close. */
import type { Recording, RecordedSymbol } from '../../../src/adapters/recorded/recording.ts'
import { intervalMs, type Interval } from '../../../src/core/model/interval.ts'
import type { Candle, Instrument } from '../../../src/core/model/market.ts'
import type { Cancel, Clock } from '../../../src/core/ports/clock.ts'
import type { MarketSource, SourceListener } from './market-source.ts'

/** share of the bar gone by at each of the four prices */
const PARTS = [0, 0.25, 0.5, 0.98] as const
/** half the spread, a share of the price; a touch holds so much of a bar's volume */
const HALF_SPREAD = 5e-5
const TOUCH_SHARE = 0.1
const FUNDING_SLACK_MS = 60_000

export class RecordedSource implements MarketSource {
  readonly label: string
  readonly tellsBars = true
  readonly instruments: readonly Instrument[]
  private readonly recording: Recording
  private readonly next = new Map<string, number>()
  private cancel: Cancel | null = null

  constructor(recording: Recording) {
    this.recording = recording
    this.instruments = recording.instruments
    this.label = `recorded ${recording.interval} candles of ${recording.symbols.length} symbols`
  }

  get startAt(): number {
    return this.recording.startAt
  }

  start(clock: Clock, listener: SourceListener): Promise<void> {
    const from = clock.now()
    for (const { symbol, bars } of this.recording.symbols) {
      let index = 0
      while (index < bars.length && (bars.openAt[index] as number) < from) index++
      this.next.set(symbol, index)
    }
    const length = intervalMs(this.recording.interval)
    this.play(clock, listener, Math.ceil(Math.max(from, this.recording.startAt) / length) * length, 0)
    return Promise.resolve()
  }

  stop(): Promise<void> {
    this.cancel?.()
    this.cancel = null
    return Promise.resolve()
  }

  history(symbol: string, interval: Interval, before: number, limit: number): Promise<readonly Candle[]> {
    const source = this.recording.symbols.find((each) => each.symbol === symbol)
    if (source === undefined) return Promise.resolve([])
    return Promise.resolve(
      closedCandles({ symbol, interval: this.recording.interval, bars: source.bars }, interval, before, limit),
    )
  }

  fundingRate(symbol: string, at: number): number | null {
    const source = this.recording.symbols.find((each) => each.symbol === symbol)
    return source?.funding.find((each) => Math.abs(each.at - at) < FUNDING_SLACK_MS)?.rate ?? null
  }

  /** All symbols at one quarter of the bars that open at `openAt`, then the next quarter. */
  private play(clock: Clock, listener: SourceListener, openAt: number, part: number): void {
    if (openAt >= this.recording.endAt) return
    const length = intervalMs(this.recording.interval)
    this.cancel = clock.at(openAt + Math.round((PARTS[part] ?? 0) * length), () => {
      for (const source of this.recording.symbols) this.playOne(source, listener, openAt, part)
      const isLast = part === PARTS.length - 1
      if (isLast) this.finishBar(clock, listener, openAt + length)
      else this.play(clock, listener, openAt, part + 1)
    })
  }

  private finishBar(clock: Clock, listener: SourceListener, closeAt: number): void {
    this.cancel = clock.at(closeAt, () => {
      for (const source of this.recording.symbols) {
        const candle = this.candleAt(source, closeAt - intervalMs(this.recording.interval))
        if (candle === null) continue
        this.next.set(source.symbol, (this.next.get(source.symbol) ?? 0) + 1)
        listener.bar(candle)
      }
      this.play(clock, listener, closeAt, 0)
    })
  }

  private playOne(source: RecordedSymbol, listener: SourceListener, openAt: number, part: number): void {
    const candle = this.candleAt(source, openAt)
    if (candle === null || candle.volume === 0) return
    const last = pathOf(candle)[part] ?? candle.close
    const quantity = candle.volume * TOUCH_SHARE
    const at = openAt + Math.round((PARTS[part] ?? 0) * intervalMs(this.recording.interval))
    const touch = {
      bid: last * (1 - HALF_SPREAD),
      ask: last * (1 + HALF_SPREAD),
      bidQuantity: quantity,
      askQuantity: quantity,
    }
    listener.step({ symbol: source.symbol, at, last, touch, volume: candle.volume / PARTS.length })
  }

  private candleAt({ symbol, bars }: RecordedSymbol, openAt: number): Candle | null {
    const index = this.next.get(symbol) ?? 0
    if (bars.openAt[index] !== openAt) return null
    return bars.candle(index, symbol, this.recording.interval)
  }
}

function pathOf({ open, high, low, close }: Candle): readonly number[] {
  return high - open <= open - low ? [open, high, low, close] : [open, low, high, close]
}
