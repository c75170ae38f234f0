/** A recording told as a feed, on whatever clock: candles that close at a time, then mark and funding, then the next bars' opens. */
import { intervalMs, type Interval } from '../../core/model/interval.ts'
import type { Candle, FeedEvent, Instrument } from '../../core/model/market.ts'
import type { Cancel, Clock } from '../../core/ports/clock.ts'
import type { Feed, FeedDescription } from '../../core/ports/feed.ts'
import { closedCandles } from './bar-history.ts'
import type { Recording } from './recording.ts'
import type { SourceFault } from './source-fault.ts'
import { SymbolTrack } from './symbol-track.ts'

type Tell = (event: FeedEvent) => void

export class RecordedFeed implements Feed {
  readonly description: FeedDescription
  /** everything found wrong while reading, told or not */
  readonly faults: readonly SourceFault[]
  private readonly recording: Recording
  private readonly clock: Clock
  private tracks: readonly SymbolTrack[] = []
  private waiting: readonly SourceFault[] = []
  private tell: Tell | null = null
  private cancel: Cancel | null = null

  constructor(recording: Recording, clock: Clock) {
    this.recording = recording
    this.clock = clock
    this.faults = recording.faults
    this.description = {
      environment: 'REPLAY',
      label: labelOf(recording),
      interval: recording.interval,
      priceEveryMs: intervalMs(recording.interval),
      hasBook: false,
      estimatesQuoteVolume: hasNoQuoteVolume(recording),
    }
  }

  instruments(): Promise<readonly Instrument[]> {
    return Promise.resolve(this.recording.instruments)
  }

  history(symbol: string, interval: Interval, before: number, limit: number): Promise<readonly Candle[]> {
    const source = this.recording.symbols.find((each) => each.symbol === symbol)
    if (source === undefined) return Promise.resolve([])
    const of = { symbol, interval: this.recording.interval, bars: source.bars }
    return Promise.resolve(closedCandles(of, interval, before, limit))
  }

  start(tell: Tell, after: number | null): Promise<void> {
    if (this.tell !== null) return Promise.reject(new Error('the recording is being told already'))
    const { interval, startAt, endAt, symbols } = this.recording
    this.tell = tell
    this.tracks = symbols.map((source) => new SymbolTrack(source, { interval, from: startAt, to: endAt }))
    if (after !== null) for (const track of this.tracks) track.skipTo(after)
    this.waiting = this.faults
      .map((fault) => ({ ...fault, at: Math.min(Math.max(fault.at ?? startAt, startAt), endAt) }))
      .filter(({ at }) => after === null || at > after)
      .sort((a, b) => a.at - b.at)
    this.schedule(Math.max(after ?? startAt, startAt))
    return Promise.resolve()
  }

  stop(): Promise<void> {
    this.cancel?.()
    this.cancel = null
    this.tell = null
    return Promise.resolve()
  }

  /** `told`: the last time that has been told; the end is told there when nothing is left. */
  private schedule(told: number): void {
    let next = this.waiting[0]?.at ?? Infinity
    for (const track of this.tracks) next = Math.min(next, track.nextTime())
    const isEnd = next === Infinity
    const time = isEnd ? told : next
    this.cancel = this.clock.at(time, () => (isEnd ? this.finish(time) : this.step(time)))
  }

  private step(time: number): void {
    const tell = (event: FeedEvent): void => this.tell?.(event)
    this.tellFaults(time)
    for (const track of this.tracks) track.tellCandle(time, tell)
    for (const track of this.tracks) track.tellMark(time, tell)
    for (const track of this.tracks) track.tellFunding(time, tell)
    for (const track of this.tracks) track.tellOpen(time, tell)
    if (this.tell !== null) this.schedule(time)
  }

  private tellFaults(time: number): void {
    let told = 0
    for (const { at, symbol, message } of this.waiting) {
      if (at === null || at > time) break
      told++
      this.tell?.({ kind: 'fault', at, symbol, message })
    }
    if (told > 0) this.waiting = this.waiting.slice(told)
  }

  private finish(at: number): void {
    const tell = this.tell
    this.tell = null
    this.cancel = null
    tell?.({ kind: 'end', at })
  }
}

const hasNoQuoteVolume = ({ symbols }: Recording): boolean => symbols.some(({ bars }) => bars.quoteVolume === null)

function labelOf(recording: Recording): string {
  const { interval, symbols, startAt, endAt } = recording
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10)
  const period = `${day(startAt)} to ${day(endAt)}`
  const estimated = hasNoQuoteVolume(recording)
    ? 'spreads, volumes in USDT and contract rules'
    : 'spreads and contract rules'
  return `recorded ${interval} candles of ${symbols.length} symbols, ${period}; ${estimated} are estimated`
}
