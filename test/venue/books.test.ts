/** Whatever happens, the venue's books agree with each other and with what it told: random days, checked after every step. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import { exact, ZERO, type Exact } from '../../src/core/model/decimal.ts'
import { totalsOf } from './account/margin.ts'
import { moveTo } from './control-path.ts'
import { VenueError } from './errors.ts'
import { Exchange } from './exchange.ts'
import type { FaultName } from './faults/fault-names.ts'
import { ManualSource } from './market/manual-source.ts'
import { VENUE_SETTINGS } from './settings.ts'
import { SYMBOLS } from './test-symbols.ts'
import { amend } from './trading/amend.ts'
import { isOpen, remaining, sideThatReduces, type OrderType, type TimeInForce } from './trading/order.ts'
import { cancel, place } from './trading/place.ts'

type Step = (exchange: Exchange, clock: VirtualClock) => void

const NAMES = ['TESTUSDT', 'OTHERUSDT'] as const
const PRICES = { TESTUSDT: 100, OTHERUSDT: 2000 } as const
let ids = 0

const symbols = fc.constantFrom(...NAMES)
const sides = fc.constantFrom('BUY' as const, 'SELL' as const)

const orders = fc
  .record({
    symbol: symbols,
    side: sides,
    type: fc.constantFrom<OrderType>('LIMIT', 'MARKET'),
    timeInForce: fc.constantFrom<TimeInForce>('GTC', 'IOC', 'FOK', 'GTX'),
    notional: fc.integer({ min: 10, max: 60_000 }),
    away: fc.integer({ min: -40, max: 40 }),
    reduceOnly: fc.boolean(),
  })
  .map((wish): Step => (exchange) => {
    const price = exchange.market(wish.symbol).exactLast.times(1 + wish.away / 1000)
    place(exchange, {
      ...wish,
      clientId: `order-${ids++}`,
      quantity: exact(wish.notional).div(PRICES[wish.symbol]).toDecimalPlaces(3),
      price: wish.type === 'LIMIT' ? price.toDecimalPlaces(1) : ZERO,
      closePosition: false,
      goodTillDate: 0,
      selfTradePrevention: 'EXPIRE_MAKER',
    })
  })

const stops = fc
  .record({ symbol: symbols, side: sides, away: fc.integer({ min: -60, max: 60 }), closePosition: fc.boolean() })
  .map(({ symbol, side, away, closePosition }): Step => (exchange) => {
    exchange.algos.place({
      clientId: `stop-${ids++}`,
      symbol,
      side,
      type: away > 0 === (side === 'BUY') ? 'STOP_MARKET' : 'TAKE_PROFIT_MARKET',
      timeInForce: 'GTC',
      quantity: closePosition ? ZERO : exact(1),
      price: ZERO,
      triggerPrice: exchange
        .market(symbol)
        .exactLast.times(1 + away / 1000)
        .toDecimalPlaces(1),
      workingType: 'CONTRACT_PRICE',
      closePosition,
      priceProtect: false,
      reduceOnly: !closePosition,
      activatePrice: ZERO,
      callbackRate: ZERO,
      goodTillDate: 0,
      selfTradePrevention: 'EXPIRE_MAKER',
    })
  })

const moves = fc
  .record({ symbol: symbols, change: fc.integer({ min: -50, max: 50 }) })
  .map(({ symbol, change }): Step => (exchange) => {
    const { last } = exchange.market(symbol)
    moveTo(exchange, symbol, Number((last * (1 + change / 1000)).toFixed(1)), 40)
  })
const trades = fc
  .record({ symbol: symbols, change: fc.integer({ min: -20, max: 20 }) })
  .map(({ symbol, change }): Step => (exchange) => {
    exchange.print(symbol, Number((exchange.market(symbol).last * (1 + change / 1000)).toFixed(1)), 2.5)
  })
const pick = fc.nat(20)
const cancels = pick.map((which): Step => (exchange) => {
  const open = exchange.orders.allOpen()
  const order = open[which % Math.max(1, open.length)]
  if (order !== undefined) cancel(exchange, order)
})
const amends = pick.map((which): Step => (exchange) => {
  const open = exchange.orders.allOpen()
  const order = open[which % Math.max(1, open.length)]
  if (order !== undefined) {
    const { side, quantity, price } = order
    amend(exchange, order, { side, quantity: quantity.plus(which), price: price.plus(which % 3) })
  }
})
const waits = fc.constantFrom(20, 60_000, 3_600_000).map((ms): Step => (_exchange, clock) => {
  clock.advanceTo(clock.now() + ms)
})
const faults = fc
  .record({
    name: fc.constantFrom<FaultName>('gap', 'adl', 'settle', 'funding-rate', 'wallet', 'foreign-trade'),
    symbol: symbols,
    share: fc.integer({ min: -9, max: 10 }),
  })
  .map(({ name, symbol, share }): Step => (exchange) => {
    const signed = name === 'adl' ? Math.abs(share) / 20 + 0.1 : share / 40
    const fields = { symbol, share: signed, rate: share / 1000, amount: Math.abs(share), quantity: 1, side: 'SELL' }
    exchange.faults.inject({ name, fields })
  })
const setups = fc
  .record({ symbol: symbols, leverage: fc.integer({ min: 1, max: 50 }) })
  .map(({ symbol, leverage }): Step => (exchange) => {
    const position = exchange.account.position(symbol)
    if (position.amount.isZero() && exchange.orders.openOf(symbol).length === 0) {
      position.leverage = leverage
      position.isIsolated = leverage % 2 === 0
    }
  })

const days = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: orders },
    { weight: 2, arbitrary: stops },
    { weight: 6, arbitrary: moves },
    { weight: 2, arbitrary: trades },
    { weight: 1, arbitrary: cancels },
    { weight: 1, arbitrary: amends },
    { weight: 1, arbitrary: waits },
    { weight: 1, arbitrary: faults },
    { weight: 1, arbitrary: setups },
  ),
  { minLength: 40, maxLength: 120 },
)

const sum = (amounts: readonly Exact[]): Exact => amounts.reduce((total, amount) => total.plus(amount), ZERO)

function checkBooks(exchange: Exchange): void {
  const { account } = exchange
  expect(sum(account.income.map(({ amount }) => amount)).toFixed()).toBe(account.wallet.toFixed())
  expect(account.wallet.gte(0)).toBe(true)
  expect(totalsOf(exchange).available.gte(0)).toBe(true)
  for (const symbol of NAMES) {
    const position = account.position(symbol)
    const traded = account.trades.flatMap((trade) =>
      trade.symbol === symbol ? [trade.side === 'BUY' ? trade.quantity : trade.quantity.neg()] : [],
    )
    expect(sum(traded).toFixed()).toBe(position.amount.toFixed())
    if (position.amount.isZero()) expect(position.isolatedWallet.toFixed()).toBe('0')
    for (const order of exchange.orders.openOf(symbol)) {
      expect(isOpen(order) && remaining(order).gt(0)).toBe(true)
      if (!order.reduceOnly) continue
      expect(order.side).toBe(sideThatReduces(position.amount))
      expect(remaining(order).lte(position.amount.abs())).toBe(true)
    }
  }
}

/** What the stream told adds up to what the orders are. */
function checkTold(exchange: Exchange): void {
  const told = new Map<number, { filled: Exact; status: unknown }>()
  for (const { e, o } of exchange.userStream.told) {
    if (e !== 'ORDER_TRADE_UPDATE') continue
    const { i, l, z, X } = o as { i: number; l: string; z: string; X: string }
    const filled = (told.get(i)?.filled ?? ZERO).plus(l)
    expect(filled.toFixed()).toBe(exact(z).toFixed())
    told.set(i, { filled, status: X })
  }
  for (const order of exchange.orders.all(null, exchange.now())) {
    const last = told.get(order.id)
    expect(last?.filled.toFixed()).toBe(order.executed.toFixed())
    if (!order.isForced) expect(last?.status).toBe(order.status)
  }
}

it('books, orders and stream agree', async () => {
  await fc.assert(
    fc.asyncProperty(days, async (steps) => {
      const clock = new VirtualClock({ startAt: Date.UTC(2026, 0, 5) })
      const source = new ManualSource(SYMBOLS)
      const exchange = new Exchange({ clock, settings: VENUE_SETTINGS, seed: 1, source })
      await exchange.start()
      for (const step of steps) {
        try {
          step(exchange, clock)
        } catch (error) {
          if (!(error instanceof VenueError)) throw error
        }
        checkBooks(exchange)
      }
      checkTold(exchange)
    }),
    { numRuns: 60 },
  )
})
