/** Everything the exchange holds for us, read from its lists: positions, both kinds of orders, balance, fills, income. */
import { ZERO } from '../../core/model/decimal.ts'
import type { ClientOrderId } from '../../core/model/ids.ts'
import { type Fill, isConditional } from '../../core/model/order.ts'
import type { VenueOrder, VenuePosition, VenueSnapshot } from '../../core/ports/venue.ts'
import { fillOfTrade } from './fills.ts'
import { incomeOf, incomeRows, tradedSymbols } from './income.ts'
import { venueAlgoOf, venueOrderOf } from './order-params.ts'
import type { OrderTales } from './order-tales.ts'
import type { Asking, Request } from './rest.ts'
import type { BinanceSettings } from './settings.ts'
import {
  AccountAnswer,
  AlgoRow,
  OrderRow,
  PositionRow,
  type PositionRow as Position,
  SymbolConfigRow,
  UserTradeRow,
} from './wire/trading.ts'

export interface SnapshotDeps {
  readonly rest: Asking
  readonly tales: OrderTales
  readonly settings: BinanceSettings
  readonly now: () => number
}

const PAGE = 1000
const WINDOW_MS = 604_800_000
const ALL_SYMBOLS_WEIGHT = 40
/** the exchange's clock may be ahead of ours, and funding is booked a moment after its hour */
const AHEAD_MS = 5_000

const get = (path: string, weight: number, api: Request['api'] = 'fapiPrivate'): Request => ({
  api,
  method: 'GET',
  path,
  weight,
})

/** What is there after `since` (epoch ms; 0: of the first look). Several requests: fills are read last, so that nothing is missed. */
export async function readSnapshot(deps: SnapshotDeps, since: number): Promise<VenueSnapshot> {
  const { rest, settings, now } = deps
  const from = since > 0 ? since : now() - settings.firstLookMs
  const [positions, orders, algos, account] = await Promise.all([
    readPositions(rest),
    rest.call(get('openOrders', ALL_SYMBOLS_WEIGHT)),
    rest.call(get('openAlgoOrders', ALL_SYMBOLS_WEIGHT)),
    readBalance(rest),
  ])
  const openOrders = openOrdersOf(deps, orders, algos)
  const rows = await incomeRows(rest, from, now() + AHEAD_MS)
  const fills = await fillsSince(deps, tradedSymbols(rows), from)
  return { at: now(), ...account, positions, openOrders, fills, income: incomeOf(rows) }
}

function openOrdersOf({ tales }: SnapshotDeps, orders: unknown, algos: unknown): readonly VenueOrder[] {
  const regular = OrderRow.array().parse(orders).map(venueOrderOf)
  const conditional = AlgoRow.array().parse(algos).map(venueAlgoOf)
  for (const order of regular) tales.tie(order.venueOrderId, order.clientOrderId)
  for (const { clientOrderId, request } of [...regular, ...conditional])
    tales.known(clientOrderId, request.symbol, isConditional(request.type))
  return [...regular, ...conditional]
}

async function readBalance(rest: Asking): Promise<Pick<VenueSnapshot, 'balance' | 'availableBalance'>> {
  const { assets } = AccountAnswer.parse(await rest.call(get('account', 5, 'fapiPrivateV3')))
  const usdt = assets.find(({ asset }) => asset === 'USDT')
  return { balance: usdt?.walletBalance ?? ZERO, availableBalance: usdt?.availableBalance ?? ZERO }
}

async function readPositions(rest: Asking): Promise<readonly VenuePosition[]> {
  const answer = await rest.call(get('positionRisk', 5, 'fapiPrivateV3'))
  const open = PositionRow.array()
    .parse(answer)
    .filter((row) => !row.positionAmt.isZero())
  if (open.length === 0) return []
  const leverages = await readLeverages(rest)
  return open.map((row) => venuePositionOf(row, leverages.get(row.symbol) ?? 1))
}

/** Before anything is opened: whether the account holds something. */
export const holdsPositions = async (rest: Asking): Promise<boolean> => (await readPositions(rest)).length > 0

async function readLeverages(rest: Asking): Promise<ReadonlyMap<string, number>> {
  const rows = SymbolConfigRow.array().parse(await rest.call(get('symbolConfig', 5)))
  return new Map(rows.map((row) => [row.symbol, row.leverage]))
}

function venuePositionOf(row: Position, leverage: number): VenuePosition {
  return {
    symbol: row.symbol,
    side: row.positionAmt.gt(0) ? 'LONG' : 'SHORT',
    quantity: row.positionAmt.abs(),
    entryPrice: row.entryPrice,
    markPrice: row.markPrice,
    leverage,
    isolatedMargin: row.isolatedWallet,
    liquidationPrice: row.liquidationPrice.gt(0) ? row.liquidationPrice : null,
  }
}

async function fillsSince(deps: SnapshotDeps, symbols: readonly string[], since: number): Promise<readonly Fill[]> {
  const fills = await Promise.all(
    symbols.map(async (symbol) => {
      const rows = await tradesOf(deps, symbol, since)
      const ids = await clientIdsOf(deps, symbol, rows)
      return rows.flatMap((row) => {
        const id = ids.get(row.orderId)
        return id === undefined ? [] : [fillOfTrade(row, id, deps.settings)]
      })
    }),
  )
  return fills.flat().sort((one, other) => one.at - other.at)
}

async function tradesOf({ rest, now }: SnapshotDeps, symbol: string, since: number): Promise<readonly UserTradeRow[]> {
  const rows = new Map<string, UserTradeRow>()
  const end = now() + AHEAD_MS
  for (let from = since + 1; from <= end; from += WINDOW_MS) {
    const params = { symbol, startTime: from, endTime: Math.min(from + WINDOW_MS - 1, end), limit: PAGE }
    for (const row of await tradePage(rest, params)) rows.set(row.id, row)
  }
  return [...rows.values()]
}

/** @throws when a window holds more than one page of one instant: never seen, and not to be guessed at */
async function tradePage(
  rest: Asking,
  params: Readonly<Record<string, string | number>>,
): Promise<readonly UserTradeRow[]> {
  const answer = await rest.call({ ...get('userTrades', 5), params })
  const page = UserTradeRow.array().parse(answer)
  const last = page.at(-1)
  if (page.length < PAGE || last === undefined) return page
  if (last.time === params['startTime']) throw new Error(`more than ${PAGE} fills at ${last.time}`)
  return [...page, ...(await tradePage(rest, { ...params, startTime: last.time }))]
}

/** more unknown orders than this are read from the list, which weighs as much as this many questions */
const LIST_FROM = 5

/** Trades name only the exchange's number of their order: the client ids of those we do not know are asked for. */
async function clientIdsOf(
  { rest, tales }: SnapshotDeps,
  symbol: string,
  rows: readonly UserTradeRow[],
): Promise<ReadonlyMap<string, ClientOrderId>> {
  const ids = new Map<string, ClientOrderId>()
  const learn = ({ orderId, clientOrderId }: OrderRow): void => {
    ids.set(orderId, clientOrderId as ClientOrderId)
    tales.tie(orderId, clientOrderId as ClientOrderId)
  }
  for (const { orderId } of rows) {
    const known = tales.idOf(orderId)
    if (known !== null) ids.set(orderId, known)
  }
  const unknown = [...new Set(rows.map(({ orderId }) => orderId))].filter((orderId) => !ids.has(orderId))
  if (unknown.length > LIST_FROM) {
    const params = { symbol, orderId: lowest(unknown), limit: PAGE }
    OrderRow.array()
      .parse(await rest.call({ ...get('allOrders', 5), params }))
      .forEach(learn)
  }
  for (const orderId of unknown)
    if (!ids.has(orderId)) learn(OrderRow.parse(await rest.call({ ...get('order', 1), params: { symbol, orderId } })))
  return ids
}

/** of whole numbers that may be too large for a float */
const lowest = (ids: readonly string[]): string => ids.reduce((least, id) => (BigInt(id) < BigInt(least) ? id : least))

/** Fills of one order, for one that was answered but whose fills no stream told. */
export async function fillsOfOrder(deps: SnapshotDeps, symbol: string, venueOrderId: string): Promise<readonly Fill[]> {
  const params = { symbol, orderId: venueOrderId }
  const rows = UserTradeRow.array().parse(await deps.rest.call({ ...get('userTrades', 5), priority: 'safety', params }))
  const id = deps.tales.idOf(venueOrderId)
  return id === null ? [] : rows.map((row) => fillOfTrade(row, id, deps.settings))
}
