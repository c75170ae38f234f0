import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
/** The venue's own small path, beside the exchange's: faults, clock and prices to move, books to read. */
import type { Clock } from '../../src/core/ports/clock.ts'
import type { Exchange } from './exchange.ts'
import { FAULTS, readRules } from './faults/fault-names.ts'
import { touchAround } from './market/manual-source.ts'
import { accountBody, listedPositions, positionRisk } from './rest/account-shapes.ts'
import { orderBody, tradeBody } from './rest/order-shapes.ts'
import type { Sockets } from './streams/sockets.ts'

export const CONTROL_PREFIX = '/venue/'

export interface Controlled {
  readonly exchange: Exchange
  readonly sockets: Sockets
  readonly clock: Clock
}

interface Order {
  readonly method: string
  readonly path: string
  readonly body: unknown
}

/** Moves a market to a price, with plenty on both sides; the mark follows unless it is given. */
export function moveTo(exchange: Exchange, symbol: string, price: number, quantity?: number, volume = 0): void {
  const market = exchange.market(symbol)
  const touch = touchAround(price / market.factor, market.rules.tick.toNumber(), quantity)
  exchange.onStep({ symbol, at: exchange.now(), last: price / market.factor, touch, volume })
}

/** Answers a control request; throws a sentence when it makes no sense. */
export function control({ exchange, sockets, clock }: Controlled, { method, path, body }: Order): unknown {
  const what = path.slice(CONTROL_PREFIX.length)
  if (method === 'GET') return read(exchange, sockets, what)
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  switch (what) {
    case 'faults': {
      const rules = readRules(body)
      for (const rule of rules) exchange.faults.inject(rule)
      return { armed: rules.length }
    }
    case 'faults/clear':
      exchange.faults.clear(typeof fields['name'] === 'string' ? fields['name'] : undefined)
      return {}
    case 'clock': {
      const ms = Number(fields['advanceMs'])
      if (!(clock instanceof VirtualClock) || !(ms >= 0)) throw new TypeError('advanceMs needs a stepped clock')
      clock.advanceTo(clock.now() + ms)
      return { now: clock.now() }
    }
    case 'price':
      moveTo(exchange, String(fields['symbol']), Number(fields['price']))
      return {}
    case 'trade':
      exchange.print(String(fields['symbol']), Number(fields['price']), Number(fields['quantity']))
      return {}
    case 'mark': {
      const market = exchange.market(String(fields['symbol']))
      market.pinnedMark = fields['mark'] === null ? null : Number(fields['mark'])
      exchange.moved(market, null)
      return {}
    }
    default:
      throw new TypeError(
        `no control ${what}; there are faults, faults/clear, clock, price, trade, mark; GET: books, faults, state`,
      )
  }
}

function read(exchange: Exchange, sockets: Sockets, what: string): unknown {
  if (what === 'faults') return { there: FAULTS, struck: exchange.faults.struck }
  if (what === 'state') {
    return {
      now: exchange.now(),
      source: exchange.source.label,
      sockets: sockets.counts(),
      usedWeight: exchange.limits.usedWeight,
      settings: exchange.settings,
    }
  }
  if (what === 'books') return books(exchange)
  throw new TypeError(`no control GET ${what}; there are books, faults, state`)
}

/** Everything the exchange knows of the account. */
function books(exchange: Exchange): unknown {
  return {
    account: accountBody(exchange, false),
    positions: listedPositions(exchange).map((position) => positionRisk(exchange, position, true)),
    openOrders: exchange.orders.allOpen().map((order) => orderBody(exchange, order)),
    openAlgoOrders: exchange.algos.allLive().map(({ child: _child, ...algo }) => algo),
    trades: exchange.account.trades.map((trade) => tradeBody(exchange, trade)),
    income: exchange.account.income.map((row) => ({ ...row, transactionId: String(row.transactionId) })),
    events: exchange.userStream.told,
  }
}
