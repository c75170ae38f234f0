/** Whether the entries of a run stayed within the limits of a mode, worked out from the journal alone (SPEC §2, §3, §5.5). */
import { expect } from 'vitest'

import type { Order } from '../../../src/core/model/order.ts'
import { rowsOf } from '../../fixtures/journal-reader.ts'
import { DAY_MS } from '../../fixtures/whole-station.ts'

interface ModeLimits {
  readonly risk: number
  readonly leverage: number
  readonly positions: number
  readonly confidence: number
  readonly dailyTrades: number
  /** of equity */
  readonly sizeCap: number
}

/** Profile and targets of each mode as SPEC writes them: the tighter of both. */
const MODE_LIMITS: Readonly<Record<string, ModeLimits>> = {
  DEFENSIVE: { risk: 0.003, leverage: 3, positions: 4, confidence: 0.75, dailyTrades: 10, sizeCap: 0.1 },
  NORMAL: { risk: 0.0075, leverage: 5, positions: 10, confidence: 0.65, dailyTrades: 30, sizeCap: 0.2 },
  AGGRESSIVE: { risk: 0.015, leverage: 7, positions: 15, confidence: 0.6, dailyTrades: 50, sizeCap: 0.3 },
}

const TAKER_FEE = 0.0005
const SLIPPAGE = 0.001
/** equity is taken from the sample before, up to a minute old */
const STALE_EQUITY = 0.003
/** an order that was answered is no longer on its way */
const ANSWERED_MS = 1000

/** Every entry sent in [since, until): confidence, risk at its stop, size, leverage, slots, trades of the day. Returns how many. */
export function expectWithin(mode: string, folder: string, since = 0, until = Infinity): number {
  const limits = MODE_LIMITS[mode] as ModeLimits
  const entries = rowsOf(folder, 'orders').filter(({ purpose }) => purpose === 'ENTRY')
  const approved = new Map(
    rowsOf(folder, 'decisions')
      .filter(({ outcome }) => outcome === 'approved')
      .map((row) => [row.intentId as string, row]),
  )
  const equity = rowsOf(folder, 'equity')
  const open = spans(folder)
  const firstFills = firstFillsOf(folder)
  const wrong: string[] = []
  const sent = entries.filter(({ createdAt }) => createdAt >= since && createdAt < until)
  for (const order of sent) {
    const { symbol, createdAt, quantity, leverage, intentId, entryPlan } = order
    const check = (isRight: boolean, what: string): void => {
      if (!isRight) wrong.push(`entry ${order.clientOrderId} on ${symbol} at ${createdAt}: ${what}`)
    }
    const nav = equity.findLast(({ at }) => at <= createdAt)?.equity.toNumber() ?? Number.NaN
    const price = order.price?.toNumber() ?? Number.NaN
    const size = quantity.toNumber()
    const stop = entryPlan?.stopPrice.toNumber() ?? Number.NaN
    const loss = size * (Math.abs(price - stop) + price * (2 * TAKER_FEE + SLIPPAGE))
    check((approved.get(intentId)?.confidence ?? 0) >= limits.confidence, 'confidence')
    check(loss / nav <= limits.risk * (1 + STALE_EQUITY), `risks ${loss / nav}`)
    check((size * price) / nav <= limits.sizeCap * (1 + STALE_EQUITY), `size ${(size * price) / nav} of equity`)
    check((leverage ?? Infinity) <= limits.leverage, `leverage ${String(leverage)}`)
    const others = new Set([...held(open, createdAt), ...resting(entries, order)].filter((other) => other !== symbol))
    check(others.size + 1 <= limits.positions, `${others.size + 1} positions`)
    const day = Math.floor(createdAt / DAY_MS)
    const today = firstFills.filter(
      ({ at, intentId: other }) => at < createdAt && at >= day * DAY_MS && other !== intentId,
    )
    check(today.length + 1 <= limits.dailyTrades, `entry ${today.length + 1} of the day`)
  }
  expect(wrong.slice(0, 10)).toEqual([])
  return sent.length
}

interface Span {
  readonly symbol: string
  readonly from: number
  readonly to: number
}

/** From when to when something was held on each symbol. */
function spans(folder: string): Span[] {
  const closed = rowsOf(folder, 'trades').map(({ symbol, openedAt, closedAt }) => ({
    symbol,
    from: openedAt,
    to: closedAt,
  }))
  const held = rowsOf(folder, 'positions').map(({ symbol, openedAt }) => ({ symbol, from: openedAt, to: Infinity }))
  return [...closed, ...held]
}

const held = (all: readonly Span[], at: number): string[] =>
  all.filter(({ from, to }) => from < at && to >= at).map(({ symbol }) => symbol)

/** Entries that were sent before this one and had surely not ended when it was. */
const resting = (entries: readonly Order[], { createdAt }: Order): string[] =>
  entries
    .filter((order) => order.createdAt < createdAt - ANSWERED_MS && order.updatedAt > createdAt)
    .map(({ symbol }) => symbol)

function firstFillsOf(folder: string): { intentId: string; at: number }[] {
  const entrySides = new Map(rowsOf(folder, 'orders').map((order) => [order.clientOrderId as string, order.purpose]))
  const first = new Map<string, number>()
  for (const { clientOrderId, intentId, at } of rowsOf(folder, 'fills')) {
    if (entrySides.get(clientOrderId) === 'ENTRY' && !first.has(intentId)) first.set(intentId, at)
  }
  return [...first].map(([intentId, at]) => ({ intentId, at }))
}
