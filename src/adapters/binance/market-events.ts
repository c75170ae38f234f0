/** Messages of the market streams, read by hand: hundreds a second arrive, each is a candle, a touch or a mark price. */
import type { Interval } from '../../core/model/interval.ts'
import type { Candle, Funding, MarkPrice } from '../../core/model/market.ts'
import { MARKS_MISSED_MS } from './funding-fill.ts'
import type { MarketTrack } from './market-track.ts'
import { unwrapped } from './user-stream.ts'

export interface MarketHearers {
  readonly tracks: ReadonlyMap<string, MarketTrack>
  readonly interval: Interval
  readonly closed: (track: MarketTrack, candle: Candle) => void
  readonly mark: (mark: MarkPrice) => void
  readonly funding: (funding: Funding) => void
}

type Fields = Readonly<Record<string, unknown>>

const HOUR_MS = 3_600_000

const number = (value: unknown): number =>
  typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN

/** Unknown symbols are passed over: all-market streams carry contracts that are not ours. */
export function hearMarket(message: unknown, hearers: MarketHearers): void {
  const event = unwrapped(message)
  if (event === null) return
  if (Array.isArray(event)) {
    for (const each of event as readonly (Fields | null)[]) if (each !== null) hearMark(each, hearers)
    return
  }
  const fields = event as Fields
  if (fields['e'] === 'bookTicker') hearBook(fields, hearers)
  else if (fields['e'] === 'kline') hearKline(fields, hearers)
  else if (fields['e'] === 'markPriceUpdate') hearMark(fields, hearers)
}

const trackOf = (fields: Fields, { tracks }: MarketHearers): MarketTrack | undefined => {
  const symbol = fields['s']
  return typeof symbol === 'string' ? tracks.get(symbol) : undefined
}

function hearBook(fields: Fields, hearers: MarketHearers): void {
  const { b, B, a, A, E } = fields
  trackOf(fields, hearers)?.book(number(b), number(B), number(a), number(A), number(E))
}

function hearKline(fields: Fields, hearers: MarketHearers): void {
  const track = trackOf(fields, hearers)
  const k = fields['k'] as Fields | undefined
  if (track === undefined || k === undefined) return
  const close = number(k['c'])
  track.price(close, number(fields['E']))
  if (k['x'] !== true) return
  hearers.closed(track, {
    symbol: track.symbol,
    interval: hearers.interval,
    openAt: number(k['t']),
    open: number(k['o']),
    high: number(k['h']),
    low: number(k['l']),
    close,
    volume: number(k['v']),
    quoteVolume: number(k['q']),
  })
}

/**
 * The rate is the estimate of the next settlement; when that time moves on, the settlement has happened. An estimate of
 * long before is not what was settled.
 */
function hearMark(fields: Fields, hearers: MarketHearers): void {
  const track = trackOf(fields, hearers)
  const mark = number(fields['p'])
  if (track === undefined || fields['e'] !== 'markPriceUpdate' || !(mark > 0)) return
  const heardAt = number(fields['E'])
  hearers.mark({ symbol: track.symbol, at: heardAt, mark })
  const next = number(fields['T'])
  if (track.nextFundingAt > 0 && next > track.nextFundingAt) {
    const intervalHours = (next - track.nextFundingAt) / HOUR_MS
    const { symbol, nextFundingAt: at, fundingRate: rate } = track
    track.fundingHours = intervalHours
    if (at - track.markAt <= MARKS_MISSED_MS && at > track.fundedAt) {
      track.fundedAt = at
      hearers.funding({ symbol, at, rate, intervalHours, mark })
    }
  }
  track.markAt = heardAt
  if (next > 0) track.nextFundingAt = next
  const rate = number(fields['r'])
  if (Number.isFinite(rate)) track.fundingRate = rate
}
