/** The market answered; prices and candles as columns. */
import type { CandleColumns, QuoteColumns } from '../../contract/market.ts'
import type { Candle } from '../../core/model/market.ts'
import type { StationFacade } from '../facade.ts'
import type { Quote } from '../station-values.ts'
import { answering } from './call.ts'
import { notThere } from './faults.ts'
import { instrumentWire, marketStateWire, symbolWire } from './station-wire.ts'

const quoteColumns = (quotes: readonly Quote[]): QuoteColumns => ({
  symbol: quotes.map((quote) => quote.ticker.symbol),
  at_ms: quotes.map((quote) => quote.ticker.at),
  last: quotes.map((quote) => quote.ticker.last),
  bid: quotes.map((quote) => quote.ticker.bid),
  ask: quotes.map((quote) => quote.ticker.ask),
  mark: quotes.map((quote) => quote.mark?.mark ?? null),
})

const candleColumns = (candles: readonly Candle[]): CandleColumns => ({
  open_ms: candles.map((candle) => candle.openAt),
  open: candles.map((candle) => candle.open),
  high: candles.map((candle) => candle.high),
  low: candles.map((candle) => candle.low),
  close: candles.map((candle) => candle.close),
  volume: candles.map((candle) => candle.volume),
  quote_volume: candles.map((candle) => candle.quoteVolume),
})

function isAllowed(facade: StationFacade, strategyId: string): boolean {
  const { allowedStrategies, blockedStrategies } = facade.policy.current
  return !blockedStrategies.includes(strategyId) && (allowedStrategies?.includes(strategyId) ?? true)
}

export const marketAnswers = (facade: StationFacade) => ({
  instruments: answering.market.instruments.handler(() => ({
    items: facade.instruments().map(instrumentWire),
    next: null,
  })),
  quotes: answering.market.quotes.handler(() => ({ columns: quoteColumns(facade.quotes()) })),
  candles: answering.market.candles.handler(async ({ input }) => {
    const { symbol, interval, limit } = input
    if (!facade.instruments().some((instrument) => instrument.symbol === symbol)) throw notThere(`symbol ${symbol}`)
    return { symbol, interval, columns: candleColumns(await facade.candles(symbol, interval, limit)) }
  }),
  symbols: answering.market.symbols.handler(() => ({ items: facade.symbolStates().map(symbolWire), next: null })),
  state: answering.market.state.handler(() => marketStateWire(facade.marketState())),
  strategies: answering.market.strategies.handler(() => ({
    items: facade.strategies().map(({ id, description, interval, status }) => ({
      id,
      description,
      interval,
      status,
      allowed: isAllowed(facade, id),
    })),
    next: null,
  })),
  models: answering.market.models.handler(() => ({ items: [], next: null })),
})
