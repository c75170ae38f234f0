/** The journal of the station beside the books of the venue, as text to the last decimal. */
import { exact, type Exact } from '../../src/core/model/decimal.ts'
import type { RunningStation } from '../../src/station/compose.ts'
import type { Exchange } from '../venue/exchange.ts'

export interface Books {
  /** wallet, USDT */
  readonly balance: string
  /** signed base asset by symbol */
  readonly positions: Readonly<Record<string, string>>
  /** client ids of what works, regular and conditional */
  readonly openOrders: readonly string[]
  /** symbol, client id, side, quantity, price and fee of each */
  readonly fills: readonly string[]
  /** Σ of each kind of income, USDT */
  readonly income: Readonly<Record<string, string>>
}

const EVERYTHING = 1_000_000
/** of the ledger: what is neither paid in nor out */
const OWN = new Set(['REALISED', 'FEE', 'FUNDING', 'LIQUIDATION_FEE', 'ADJUSTMENT'])

const text = (value: Exact): string => value.toFixed()

function sorted(entries: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function sums(rows: readonly { readonly kind: string; readonly amount: Exact }[]): Record<string, string> {
  const sum = new Map<string, Exact>()
  for (const { kind, amount } of rows) sum.set(kind, (sum.get(kind) ?? exact(0)).plus(amount))
  const told = [...sum].filter(([, amount]) => !amount.isZero())
  return sorted(told.map(([kind, amount]) => [kind, text(amount)]))
}

export function venueBooks(exchange: Exchange): Books {
  const { account, orders, algos } = exchange
  const positions = account.held().map(({ symbol, amount }): [string, string] => [symbol, text(amount)])
  const open = [...orders.allOpen().map(({ clientId }) => clientId), ...algos.allLive().map(({ clientId }) => clientId)]
  const kinds: Readonly<Record<string, string>> = {
    REALIZED_PNL: 'REALISED',
    COMMISSION: 'FEE',
    FUNDING_FEE: 'FUNDING',
    INSURANCE_CLEAR: 'LIQUIDATION_FEE',
  }
  const income = account.income
    .filter(({ type }) => kinds[type] !== undefined)
    .map(({ type, amount }) => ({ kind: kinds[type] ?? type, amount }))
  return {
    balance: text(account.wallet),
    positions: sorted(positions),
    openOrders: open.sort(),
    fills: account.trades
      .map(({ orderId, side, quantity, price, commission, symbol }) => {
        const client = orders.find(symbol, orderId, exchange.now())?.clientId ?? ''
        return `${symbol} ${client} ${side} ${text(quantity)} @ ${text(price)} fee ${text(commission)}`
      })
      .sort(),
    income: sums(income),
  }
}

export function stationBooks({ rooms }: RunningStation): Books {
  const { books, records, commits } = rooms
  commits.all()
  const positions = [...books.positions.values()].map(({ symbol, side, quantity }): [string, string] => [
    symbol,
    text(side === 'LONG' ? quantity : quantity.neg()),
  ])
  const ledger = records.ledger({ limit: EVERYTHING }).items.filter(({ kind }) => OWN.has(kind))
  return {
    balance: text(books.balance),
    positions: sorted(positions),
    openOrders: [...books.orders.working.keys()].map(String).sort(),
    fills: records
      .fills({ limit: EVERYTHING })
      .items.map(
        ({ symbol, clientOrderId, side, quantity, price, fee }) =>
          `${symbol} ${clientOrderId} ${side} ${text(quantity)} @ ${text(price)} fee ${text(fee)}`,
      )
      .sort(),
    income: sums(ledger),
  }
}
