/** Faults that are done at once: to the clock, the sockets, the markets or the account. */
import { exact, floorToStep, maxOf, type Exact } from '../../../src/core/model/decimal.ts'
import { fill } from '../account/fill.ts'
import { forced } from '../account/forced-orders.ts'
import type { Exchange } from '../exchange.ts'
import type { Market } from '../market/market.ts'
import { isWaiting } from '../trading/algo-order.ts'
import { knockOut } from '../trading/matching.ts'
import { cancel, place } from '../trading/place.ts'
import { numberIn, textIn } from './fault-fields.ts'
import type { FaultFields, FaultName } from './fault-names.ts'

type Deed = (exchange: Exchange, fields: FaultFields) => void

const marketOf = (exchange: Exchange, fields: FaultFields): Market => exchange.market(textIn(fields, 'symbol'))

const DEEDS: Partial<Record<FaultName, Deed>> = {
  skew: (exchange, fields) => {
    exchange.clock.skewMs = numberIn(fields, 'ms', 0)
  },
  'ws-silent': (exchange, fields) => {
    exchange.sockets.silence(textIn(fields, 'category'), numberIn(fields, 'ms', Infinity))
  },
  'ws-drop': (exchange, fields) => exchange.sockets.drop(textIn(fields, 'category')),
  'listen-key-expired': (exchange) => exchange.listenKeys.expire(),
  outage: (exchange, fields) => outage(exchange, numberIn(fields, 'ms', 60_000)),
  'symbol-status': (exchange, fields) => {
    const market = marketOf(exchange, fields)
    market.rules = { ...market.rules, status: textIn(fields, 'status', 'SETTLING') }
  },
  'filter-change': changeFilters,
  'funding-interval': (exchange, fields) => {
    const market = marketOf(exchange, fields)
    market.funding.intervalHours = numberIn(fields, 'hours', 1)
    market.funding.isAdjusted = true
    exchange.funding.announce(market, exchange.now())
  },
  'funding-rate': (exchange, fields) => {
    const { funding } = marketOf(exchange, fields)
    const rate = numberIn(fields, 'rate', funding.cap)
    funding.rate = Math.min(funding.cap, Math.max(-funding.cap, rate))
  },
  settle: (exchange, fields) => {
    const market = marketOf(exchange, fields)
    exchange.funding.settle(market, numberIn(fields, 'rate', market.funding.rate))
  },
  gap,
  adl: deleverage,
  delivery: deliver,
  'ack-shape': (exchange, fields) => exchange.change({ slimAck: fields['slim'] !== false }),
  'event-order': (exchange, fields) => exchange.change({ accountFirst: fields['accountFirst'] === true }),
  'coin-margined': (exchange, fields) => exchange.change({ coinMargined: fields['on'] !== false }),
  wallet: (exchange, fields) => {
    const amount = exact(numberIn(fields, 'amount', 0))
    exchange.account.book('TRANSFER', '', amount, exchange.now())
    exchange.tellBalance(amount.isNegative() ? 'WITHDRAW' : 'DEPOSIT', [], amount.toFixed(8))
  },
  'foreign-trade': foreignTrade,
  'release-trigger': (exchange) => {
    for (const algo of exchange.algos.allLive()) exchange.algos.release(algo)
  },
}

export function doDeed(exchange: Exchange, name: FaultName, fields: FaultFields): void {
  DEEDS[name]?.(exchange, fields)
}

function outage(exchange: Exchange, ms: number): void {
  exchange.isOut = true
  exchange.clock.at(exchange.now() + ms, () => {
    exchange.isOut = false
  })
}

function changeFilters(exchange: Exchange, fields: FaultFields): void {
  const market = marketOf(exchange, fields)
  const { rules } = market
  const changed = (field: string, old: Exact): Exact => exact(textIn(fields, field, old.toFixed()))
  const tick = changed('tickSize', rules.tick)
  const step = changed('stepSize', rules.step)
  market.rules = {
    ...rules,
    tick,
    tickNumber: tick.toNumber(),
    step,
    minPrice: tick,
    minQuantity: maxOf(changed('minQuantity', rules.minQuantity), step),
    minNotional: changed('minNotional', rules.minNotional),
    pricePrecision: Math.max(rules.pricePrecision, tick.decimalPlaces()),
    quantityPrecision: step.decimalPlaces(),
  }
}

/** From one price to another with nothing in between; the source goes on from there. */
function gap(exchange: Exchange, fields: FaultFields): void {
  const market = marketOf(exchange, fields)
  const share = numberIn(fields, 'share', -0.1)
  const { touch } = market.book
  market.factor *= 1 + share
  const moved = (price: number): number => (price * (1 + share)) / market.factor
  const { bidQuantity, askQuantity } = touch
  const to = { bid: moved(touch.bid), ask: moved(touch.ask), bidQuantity, askQuantity }
  exchange.onStep({ symbol: market.symbol, at: exchange.now(), last: moved(market.last), touch: to, volume: 0 })
}

/** A profitable position is closed against somebody's bankruptcy, here: at the mark. */
function deleverage(exchange: Exchange, fields: FaultFields): void {
  const market = marketOf(exchange, fields)
  const position = exchange.account.position(market.symbol)
  if (position.amount.isZero()) return
  const wanted = position.amount.abs().times(numberIn(fields, 'share', 1))
  const quantity = maxOf(floorToStep(wanted, market.rules.step), market.rules.step)
  const price = market.exactMark
  const order = forced(exchange, market, position, { quantity, price, prefix: 'adl_autoclose' })
  fill(exchange, order, { price, quantity, isMaker: false })
  knockOut(exchange, market.symbol)
}

/** The contract ends: everything open in it is closed. */
function deliver(exchange: Exchange, fields: FaultFields): void {
  const market = marketOf(exchange, fields)
  market.rules = { ...market.rules, status: 'SETTLING' }
  for (const order of exchange.orders.openOf(market.symbol)) cancel(exchange, order)
  for (const algo of exchange.algos.liveOf(market.symbol)) if (isWaiting(algo)) exchange.algos.cancel(algo)
  const position = exchange.account.position(market.symbol)
  if (position.amount.isZero()) return
  const price = market.exactMark
  const terms = { quantity: position.amount.abs(), price, prefix: 'settlement_autoclose-' }
  fill(exchange, forced(exchange, market, position, terms), { price, quantity: terms.quantity, isMaker: false })
}

/** An order that our client did not send. */
function foreignTrade(exchange: Exchange, fields: FaultFields): void {
  const symbol = textIn(fields, 'symbol')
  place(exchange, {
    clientId: textIn(fields, 'clientId', `web_${exchange.nextOrderId()}`),
    symbol,
    side: textIn(fields, 'side', 'BUY') === 'SELL' ? 'SELL' : 'BUY',
    type: fields['price'] === undefined ? 'MARKET' : 'LIMIT',
    timeInForce: 'GTC',
    quantity: exact(textIn(fields, 'quantity', '1')),
    price: exact(textIn(fields, 'price', '0')),
    reduceOnly: false,
    closePosition: false,
    goodTillDate: 0,
    selfTradePrevention: 'EXPIRE_MAKER',
  })
}
