/** Market streams read by hand: candles when they close, the touch, marks, and settlements of funding. */
import { describe, expect, it } from 'vitest'

import { hearMarket } from '../../../src/adapters/binance/market-events.ts'
import { MarketTrack } from '../../../src/adapters/binance/market-track.ts'
import type { Candle, Funding, MarkPrice } from '../../../src/core/model/market.ts'

function staged() {
  const track = new MarketTrack('BTCUSDT', 0)
  const told: { candles: Candle[]; marks: MarkPrice[]; fundings: Funding[] } = { candles: [], marks: [], fundings: [] }
  const hear = (message: unknown): void =>
    hearMarket(message, {
      tracks: new Map([['BTCUSDT', track]]),
      interval: '1m',
      closed: (_track, candle) => told.candles.push(candle),
      mark: (mark) => told.marks.push(mark),
      funding: (funding) => told.fundings.push(funding),
    })
  return { track, told, hear }
}

const kline = (fields: object) => ({
  e: 'kline',
  E: 59_900,
  s: 'BTCUSDT',
  k: { t: 0, T: 59_999, i: '1m', o: '100', c: '101.5', h: '102', l: '99', v: '12.5', q: '1260', x: false, ...fields },
})

describe('market streams', () => {
  it('a running candle gives the last price, a closed one the candle', () => {
    const { track, told, hear } = staged()
    hear(kline({}))
    expect(track.ticker()).toMatchObject({ last: 101.5, bid: null, at: 59_900 })
    expect(told.candles).toEqual([])
    hear(kline({ x: true }))
    expect(told.candles).toEqual([
      {
        symbol: 'BTCUSDT',
        interval: '1m',
        openAt: 0,
        open: 100,
        high: 102,
        low: 99,
        close: 101.5,
        volume: 12.5,
        quoteVolume: 1260,
      },
    ])
  })

  it('the touch with its sizes, wrapped by a combined stream or not', () => {
    const { track, hear } = staged()
    const book = { e: 'bookTicker', s: 'BTCUSDT', b: '61800.2', B: '2.5', a: '61800.3', A: '2.51', T: 7, E: 8 }
    hear({ stream: 'btcusdt@bookTicker', data: book })
    expect(track.ticker()).toMatchObject({ bid: 61_800.2, ask: 61_800.3, bidQuantity: 2.5, askQuantity: 2.51, at: 8 })
    hear({ ...book, b: '0', E: 9 })
    expect(track.ticker()).toMatchObject({ bid: 61_800.2, at: 8 })
  })

  it('a symbol’s time never goes back', () => {
    const { track, hear } = staged()
    hear(kline({}))
    hear({ ...kline({ c: '101' }), E: 50_000 })
    expect(track.ticker()).toMatchObject({ last: 101, at: 59_900 })
  })

  it('funding is told when the time of the next settlement moves on, at the rate estimated until then', () => {
    const { told, hear } = staged()
    const mark = (E: number, T: number, r: string) => ({ e: 'markPriceUpdate', E, s: 'BTCUSDT', p: '100', r, T })
    const hours = 3_600_000
    hear([mark(1, 8 * hours, '0.0001'), { ...mark(1, 8 * hours, '0.0001'), s: 'BTCUSD_PERP' }])
    hear([mark(8 * hours - 1000, 8 * hours, '0.0002')])
    expect(told.fundings).toEqual([])
    hear([mark(8 * hours + 5, 9 * hours, '0.0003')])
    expect(told.fundings).toEqual([{ symbol: 'BTCUSDT', at: 8 * hours, rate: 0.0002, intervalHours: 1, mark: 100 }])
    expect(told.marks).toHaveLength(3)
  })

  it('a settlement of which only an estimate of long before was heard is not told: its rate is asked for', () => {
    const { told, hear } = staged()
    const mark = (E: number, T: number) => ({ e: 'markPriceUpdate', E, s: 'BTCUSDT', p: '100', r: '0.0001', T })
    const hours = 3_600_000
    hear([mark(7 * hours, 8 * hours)])
    hear([mark(8 * hours + 5000, 16 * hours)])
    expect(told.fundings).toEqual([])
  })

  it('what it does not know it passes over', () => {
    const { told, hear } = staged()
    for (const odd of [
      null,
      17,
      'text',
      [],
      [null],
      {},
      { e: 'kline' },
      { e: 'kline', s: 'BTCUSDT' },
      { result: null, id: 1 },
    ])
      hear(odd)
    expect(told).toEqual({ candles: [], marks: [], fundings: [] })
  })
})
