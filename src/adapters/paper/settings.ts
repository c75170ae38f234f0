/** Numbers of the paper exchange (SPEC §10), all of them defaults of the configuration's `paper` section; the spread is estimated by the market model's. */
export const PAPER_SETTINGS = {
  /** USDT booked as the first deposit of a new exchange; 0: none */
  initialBalance: 10_000,
  /** ms from sending a request to its arrival at the exchange */
  latencyMs: 50,
  /** ms; up to this much is added to a request's latency, by a hash of the seed and the request */
  latencyJitterMs: 0,
  /** leverage of a symbol for which no order has named one */
  defaultLeverage: 20,
  /** 24 h quote volume, USDT, assumed for a symbol of which no candle is known */
  unknownQuoteVolume24h: 1_000_000,
  /** square-root impact = coefficient·√(notional ÷ 24 h quote volume), fraction of the price: about one day's volatility */
  impactCoefficient: 0.03,
  /** on candles, our fills in one bar are at most this share of its volume */
  maxBarShare: 0.25,
  /** a stop inside a bar slips this share of the way from the stop to the bar's extreme */
  stopSlipShare: 0.25,
  /** ms; an order that came later than this into a bar gains nothing from that bar's favourable extreme */
  barGraceMs: 1000,
  /** ms; a mark price older than this is replaced by the last price */
  markFreshMs: 300_000,
  /** ms without a price on a line that can be cut: after that bars say what was missed */
  missedAfterMs: 20_000,
  /** ms between two attempts to write books that could not be written */
  rewriteMs: 1_000,
  /** fraction added to the last price when the margin of a market buy is checked */
  marketPriceReserve: 0.0005,
  /** open orders per symbol */
  maxOpenOrders: 200,
  /** callback of a trailing stop, fractions */
  minCallback: 0.001,
  maxCallback: 0.1,
  /** fill prices on candles and beyond the touch stand for an average: a tick is divided into this many parts */
  tickParts: 100,
  /** maintenance margin rate of an instrument that names no brackets */
  fallbackMaintenanceRate: 0.025,
}

export type PaperSettings = Readonly<typeof PAPER_SETTINGS>
