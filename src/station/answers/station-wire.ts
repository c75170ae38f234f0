/** The station's state, events, alerts, denials, flattens and the market as the contract tells them. */
import type { Denial } from '../../contract/denial.ts'
import type * as ToldEvents from '../../contract/events.ts'
import type * as ToldMarket from '../../contract/market.ts'
import type { FlattenDrill as ToldDrill, FlattenReport as ToldFlatten } from '../../contract/positions.ts'
import type { StationStatus as ToldStatus } from '../../contract/station-shapes.ts'
import type { Instrument } from '../../core/model/market.ts'
import type { Denied } from '../../core/model/refusal.ts'
import type { AlertRow, EventRow } from '../../core/ports/journal.ts'
import type {
  FlattenDrill,
  FlattenLine,
  FlattenReport,
  MarketState,
  StationStatus,
  TradedSymbol,
} from '../station-values.ts'
import { iso, isoOrNull, money, moneyOrNull } from './wire-values.ts'

export const statusWire = (status: StationStatus): ToldStatus => ({
  environment: status.environment,
  feed: status.feed,
  venue: status.venue,
  phase: status.phase,
  now: iso(status.now),
  speed: status.speed,
  paused: status.paused,
  started_at: iso(status.startedAt),
  last_market_at: isoOrNull(status.lastMarketAt),
  venue_up: status.venueUp,
  reconciled_at: isoOrNull(status.reconciledAt),
  entries_off: status.entriesOff,
  symbols: status.symbols,
  version: status.version,
})

export const eventWire = (event: EventRow): ToldEvents.Event => ({
  seq: event.seq,
  at: iso(event.at),
  type: event.type,
  trace_id: event.traceId,
  data: event.data,
})

export const alertWire = (alert: AlertRow): ToldEvents.Alert => ({
  id: alert.id,
  severity: alert.severity,
  code: alert.code,
  message: alert.message,
  raised_at: iso(alert.raisedAt),
  cleared_at: isoOrNull(alert.clearedAt),
  acknowledged_at: isoOrNull(alert.acknowledgedAt),
})

export const denialWire = (denied: Denied): Denial => ({
  code: denied.code,
  check: denied.check,
  limit: denied.limit,
  actual: denied.actual,
  source: denied.source,
  policy_version: denied.policyVersion,
  trace_id: denied.traceId,
  intent_id: denied.intentId,
  sentence: denied.sentence,
})

const heldWire = ({ symbol, quantity }: FlattenReport['remaining'][number]): ToldFlatten['remaining'][number] => ({
  symbol,
  quantity: money(quantity),
})

const lineWire = (line: FlattenLine): ToldFlatten['closed'][number] => ({
  ...heldWire(line),
  side: line.side,
  client_order_ids: [...line.clientOrderIds],
  filled_quantity: money(line.filledQuantity),
  fill_price: moneyOrNull(line.fillPrice),
  closed_after_ms: line.closedAfterMs,
})

export const flattenWire = (report: FlattenReport): ToldFlatten => ({
  trace_id: report.traceId,
  started_at: iso(report.startedAt),
  finished_at: isoOrNull(report.finishedAt),
  flat_after_ms: report.flatAfterMs,
  cancelled: [...report.cancelled],
  closed: report.closed.map(lineWire),
  remaining: report.remaining.map(heldWire),
  untouched: report.untouched.map(heldWire),
  retries: report.retries,
  proof: report.proof && {
    at: iso(report.proof.at),
    positions: report.proof.positions,
    open_orders: report.proof.openOrders,
  },
  proven: report.proven,
})

export const drillWire = (drill: FlattenDrill): ToldDrill => ({
  at: iso(drill.at),
  cancels: drill.cancels.map(({ clientOrderId, symbol, purpose, quantity }) => ({
    client_order_id: clientOrderId,
    symbol,
    purpose,
    quantity: money(quantity),
  })),
  closes: drill.closes.map(({ symbol, quantity, side, mark, orders }) => ({
    symbol,
    quantity: money(quantity),
    side,
    mark_price: mark,
    notional: quantity.toNumber() * mark,
    orders: orders.map(money),
  })),
  untouched: drill.untouched.map(heldWire),
  requests: drill.requests,
  weight: drill.weight,
  expected_ms: drill.expectedMs,
  obstacle: drill.obstacle,
})

const LAST_INSTANT = 8_640_000_000_000_000

export const instrumentWire = (instrument: Instrument): ToldMarket.Instrument => ({
  symbol: instrument.symbol,
  base_asset: instrument.baseAsset,
  quote_asset: instrument.quoteAsset,
  status: instrument.status,
  contract_type: instrument.contractType,
  onboard_at: iso(instrument.onboardAt),
  delivery_at: instrument.deliveryAt > 0 && instrument.deliveryAt <= LAST_INSTANT ? iso(instrument.deliveryAt) : null,
  tick_size: instrument.tickSize,
  step_size: instrument.stepSize,
  min_quantity: instrument.minQuantity,
  max_quantity: instrument.maxQuantity,
  max_market_quantity: instrument.maxMarketQuantity,
  min_notional: instrument.minNotional,
  maker_fee: instrument.makerFee,
  taker_fee: instrument.takerFee,
  max_leverage: Math.max(1, ...instrument.brackets.map((bracket) => bracket.maxLeverage)),
  funding_interval_hours: instrument.fundingIntervalHours,
})

export const marketStateWire = (state: MarketState): ToldMarket.MarketState => ({
  regime: state.regime,
  volatility: state.volatility,
  tradable: state.tradable,
  spreads_told: state.spreadsTold,
  spreads_estimated: state.spreadsEstimated,
  quote_volumes_estimated: state.quoteVolumesEstimated,
})

const HOUR_MS = 3_600_000

export const symbolWire = ({ funding, ...state }: TradedSymbol): ToldMarket.SymbolState => ({
  symbol: state.symbol,
  regime: state.regime,
  volatility: state.volatility,
  atr_pct: state.atrPct,
  quote_volume_24h: state.quoteVolume24h,
  spread: state.spread,
  spread_is_estimate: state.spreadIsEstimate,
  funding_rate: funding?.rate ?? null,
  next_funding_at: funding === null ? null : iso(funding.at + funding.intervalHours * HOUR_MS),
})
