/** The bodies of user-data events (BINANCE.md §6). */
import type { AccountTrade } from '../account/account.ts'
import { profitOf } from '../account/margin.ts'
import type { Position } from '../account/position.ts'
import type { Exchange } from '../exchange.ts'
import { moneyText, priceText, quantityText } from '../market/symbol-rules.ts'
import type { AlgoOrder } from '../trading/algo-order.ts'
import { averageOf, type Order } from '../trading/order.ts'

export type UserEvent = { readonly e: string } & Readonly<Record<string, unknown>>
export type Execution = 'NEW' | 'CANCELED' | 'EXPIRED' | 'TRADE' | 'CALCULATED' | 'AMENDMENT'

const zeroAsIs = (text: string): string => (Number(text) === 0 ? '0' : text)

/** `status`: what is told of it, where that is not its own */
export function orderEvent(
  exchange: Exchange,
  order: Order,
  execution: Execution,
  trade: AccountTrade | null = null,
): UserEvent {
  const { rules } = exchange.market(order.symbol)
  const price = (value: Parameters<typeof priceText>[1]): string => zeroAsIs(priceText(rules, value))
  const at = trade?.at ?? exchange.now()
  const common = {
    s: order.symbol,
    c: order.clientId,
    S: order.side,
    o: order.type,
    f: order.timeInForce,
    q: quantityText(rules, order.quantity),
    p: price(order.price),
    ap: price(averageOf(order)),
    sp: order.isForced ? null : price(order.origin?.triggerPrice ?? 0),
    x: execution,
    X: statusTold(order),
    i: order.id,
    l: zeroAsIs(quantityText(rules, trade?.quantity ?? 0)),
    z: quantityText(rules, order.executed),
    L: price(trade?.price ?? 0),
  }
  const paid = trade === null ? {} : { n: moneyText(trade.commission), N: trade.commissionAsset }
  const rest = {
    T: at,
    t: trade?.id ?? 0,
    b: '0',
    a: '0',
    m: trade?.isMaker ?? false,
    R: order.reduceOnly,
    wt: order.origin?.workingType ?? 'CONTRACT_PRICE',
    ot: order.origin?.type ?? order.type,
    ps: 'BOTH',
    cp: order.closePosition,
    rp: zeroAsIs(moneyText(trade?.realized ?? 0)),
    pP: false,
    si: 0,
    ss: 0,
    V: order.isForced ? null : order.selfTradePrevention,
    pm: 'NONE',
    gtd: order.goodTillDate,
    er: order.expiryReason,
  }
  return { e: 'ORDER_TRADE_UPDATE', E: exchange.clock.shown(), T: at, o: { ...common, ...paid, ...rest } }
}

function statusTold(order: Order): string {
  if (!order.isForced || order.status !== 'FILLED') return order.status
  if (order.clientId.startsWith('autoclose-insurance-')) return 'NEW_INSURANCE'
  return order.clientId.startsWith('adl_autoclose') ? 'NEW_ADL' : 'FILLED'
}

export function tradeLite(exchange: Exchange, order: Order, trade: AccountTrade): UserEvent {
  const { rules } = exchange.market(order.symbol)
  return {
    e: 'TRADE_LITE',
    E: exchange.clock.shown(),
    T: trade.at,
    s: order.symbol,
    q: quantityText(rules, order.quantity),
    p: priceText(rules, order.price),
    m: trade.isMaker,
    c: order.clientId,
    S: order.side,
    L: priceText(rules, trade.price),
    l: quantityText(rules, trade.quantity),
    t: trade.id,
    i: order.id,
  }
}

/** Only what changed: the wallet, and these positions. `change`: of the wallet, without profit and commission. */
export function accountEvent(
  exchange: Exchange,
  reason: string,
  positions: readonly Position[],
  change = '0',
): UserEvent {
  const { account } = exchange
  const at = exchange.now()
  const wallet = moneyText(account.wallet)
  const bnb = moneyText(account.bnb)
  const others = account.burnsFees ? [{ a: 'BNB', wb: bnb, cw: bnb, bc: '0' }] : []
  return {
    e: 'ACCOUNT_UPDATE',
    E: exchange.clock.shown(),
    T: at,
    a: {
      m: reason,
      B: [{ a: 'USDT', wb: wallet, cw: moneyText(account.crossWallet), bc: change }, ...others],
      P: positions.map((position) => positionTold(exchange, position)),
    },
  }
}

function positionTold(exchange: Exchange, position: Position) {
  const { rules } = exchange.market(position.symbol)
  const entry = position.entryPrice.toDecimalPlaces(8)
  const feeSide = position.amount.isNegative() ? rules.takerFee.neg() : rules.takerFee
  return {
    s: position.symbol,
    pa: quantityText(rules, position.amount),
    ep: entry.toFixed(),
    bep: entry.times(feeSide.plus(1)).toDecimalPlaces(8).toFixed(),
    cr: moneyText(position.realized),
    up: moneyText(profitOf(exchange, position)),
    mt: position.isIsolated ? 'isolated' : 'cross',
    iw: position.isIsolated ? moneyText(position.isolatedWallet) : '0',
    ps: 'BOTH',
  }
}

export function algoEvent(exchange: Exchange, algo: AlgoOrder): UserEvent {
  const { rules } = exchange.market(algo.symbol)
  const { child } = algo
  const isDone = algo.status === 'FINISHED' && child !== null
  const trailing = algo.type === 'TRAILING_STOP_MARKET'
  return {
    e: 'ALGO_UPDATE',
    T: algo.updatedAt,
    E: exchange.clock.shown(),
    o: {
      caid: algo.clientId,
      aid: algo.id,
      at: 'CONDITIONAL',
      o: algo.type,
      s: algo.symbol,
      S: algo.side,
      ps: 'BOTH',
      f: algo.timeInForce,
      q: quantityText(rules, algo.quantity),
      X: algo.status,
      ai: child === null ? '' : String(child.id),
      ap: isDone ? priceText(rules, averageOf(child)) : '0.00000',
      aq: isDone ? zeroAsIs(quantityText(rules, child.executed)) : '0.00000',
      act: child === null ? '0' : child.type,
      tp: priceText(rules, algo.triggerPrice),
      p: zeroAsIs(priceText(rules, algo.price)),
      V: algo.selfTradePrevention,
      wt: algo.workingType,
      pm: 'NONE',
      cp: algo.closePosition,
      pP: algo.priceProtect,
      R: algo.reduceOnly,
      tt: algo.triggeredAt,
      gtd: algo.goodTillDate,
      ...(trailing ? { AP: priceText(rules, algo.activatePrice), cr: algo.callbackRate.toFixed() } : {}),
      ...(algo.rejection === '' ? {} : { rm: algo.rejection }),
    },
  }
}

export function triggerRejected(exchange: Exchange, algo: AlgoOrder): UserEvent {
  const at = exchange.now()
  const told = { s: algo.symbol, i: algo.id, r: algo.rejection }
  return { e: 'CONDITIONAL_ORDER_TRIGGER_REJECT', E: exchange.clock.shown(), T: at, or: told }
}

export function leverageEvent(exchange: Exchange, position: Position): UserEvent {
  const ac = { s: position.symbol, l: position.leverage }
  return { e: 'ACCOUNT_CONFIG_UPDATE', E: exchange.clock.shown(), T: exchange.now(), ac }
}

export function marginCall(exchange: Exchange, position: Position, maintenance: string): UserEvent {
  const { rules, exactMark } = exchange.market(position.symbol)
  const told = {
    s: position.symbol,
    ps: 'BOTH',
    pa: quantityText(rules, position.amount),
    mt: position.isIsolated ? 'ISOLATED' : 'CROSSED',
    iw: moneyText(position.isolatedWallet),
    mp: priceText(rules, exactMark),
    up: moneyText(profitOf(exchange, position)),
    mm: maintenance,
  }
  const cw = moneyText(exchange.account.crossWallet)
  return { e: 'MARGIN_CALL', E: exchange.clock.shown(), cw, p: [told] }
}
