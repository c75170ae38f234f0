/** Random entries through the whole station lose exactly their costs on the made-up market (SPEC §10, §20.10). */
import { beforeAll, describe, expect, it } from 'vitest'

import { signalIdOf, traceIdOf } from '../../../src/core/model/ids.ts'
import type { Fill } from '../../../src/core/model/order.ts'
import { signOf, type Side, type Signal } from '../../../src/core/model/signal.ts'
import { seeded } from '../../fixtures/candles.ts'
import { rowsOf } from '../../fixtures/journal-reader.ts'
import { BEGIN, DAY_MS, MINUTE_MS, runUntil, type WholeStation } from '../../fixtures/whole-station.ts'

const SEED = 11
const STRATEGY = 'coin'
const EVERY_MS = 15 * MINUTE_MS
/** stop and target alike: wide enough that the costs are less than the guard's share of it */
const DISTANCE = 0.012
const CHANCE = 0.3
const UNTIL = BEGIN + 2 * DAY_MS

const FLAGS = {
  seed: SEED,
  'simulator.symbols': 60,
  'simulator.tick_seconds': 20,
  'paper.initial_balance': 100_000,
  'policy.allowed_strategies': STRATEGY,
  'policy.max_positions': 30,
  'policy.max_daily_trades': 10_000,
  'policy.max_risk_per_trade': 0.0005,
}

/** At each quarter's end of each symbol a coin says whether, another one which way. */
function flipCoins({ rooms }: WholeStation): void {
  const random = seeded(SEED)
  rooms.bus.subscribe('market.candle', ({ symbol, openAt, close }) => {
    const now = openAt + MINUTE_MS
    if (now % EVERY_MS !== 0 || random() > CHANCE) return
    rooms.pipeline.add(entry(symbol, random() < 0.5 ? 'LONG' : 'SHORT', close, now))
  })
}

function entry(symbol: string, side: Side, price: number, now: number): Signal {
  const bar = now - EVERY_MS
  return {
    id: signalIdOf(STRATEGY, symbol, bar),
    kind: 'ENTRY',
    strategyId: STRATEGY,
    symbol,
    side,
    confidence: 0.9,
    price,
    stopPrice: price * (1 - signOf(side) * DISTANCE),
    takeProfitPrice: price * (1 + signOf(side) * DISTANCE),
    trailing: null,
    ttlMs: EVERY_MS,
    features: {},
    modelVersion: null,
    interval: '15m',
    bar,
    createdAt: now,
    traceId: traceIdOf(STRATEGY, symbol, bar),
  }
}

/** The middle of the book by symbol, as it was told. */
class Middles {
  readonly #told = new Map<string, { readonly at: number[]; readonly mid: number[] }>()

  watch({ rooms }: WholeStation): void {
    rooms.bus.subscribe('market.ticker', ({ symbol, at, bid, ask }) => {
      const told = this.#told.get(symbol) ?? { at: [], mid: [] }
      this.#told.set(symbol, told)
      told.at.push(at)
      told.mid.push(((bid ?? Number.NaN) + (ask ?? Number.NaN)) / 2)
    })
  }

  at(symbol: string, time: number): number {
    const told = this.#told.get(symbol)
    const row = told?.at.findLastIndex((at) => at <= time) ?? -1
    return told?.mid[row] ?? Number.NaN
  }
}

/** Of one trade, basis points of its notional. */
interface Result {
  /** what the middle of the book did between the fills */
  readonly gross: number
  /** what it cost to cross the spread, fees and funding included; > 0: paid */
  readonly slippage: number
  readonly cost: number
  readonly profit: number
}

const BASIS_POINTS = 1e4

function resultsOf(folder: string, middles: Middles): Result[] {
  const bySymbol = new Map<string, Fill[]>()
  for (const fill of rowsOf(folder, 'fills')) bySymbol.set(fill.symbol, [...(bySymbol.get(fill.symbol) ?? []), fill])
  return rowsOf(folder, 'trades').map((trade) => {
    const own = (bySymbol.get(trade.symbol) ?? []).filter(({ at }) => at >= trade.openedAt && at <= trade.closedAt)
    let [gross, slippage, notional] = [0, 0, 0]
    for (const fill of own) {
      const quantity = fill.quantity.toNumber() * (fill.side === 'BUY' ? 1 : -1)
      const middle = middles.at(fill.symbol, fill.at)
      gross -= quantity * middle
      slippage += quantity * (fill.price.toNumber() - middle)
      notional += (Math.abs(quantity) * middle) / 2
    }
    const unit = BASIS_POINTS / notional
    const cost = slippage + trade.fees.toNumber() - trade.funding.toNumber()
    return { gross: gross * unit, slippage: slippage * unit, cost: cost * unit, profit: trade.profit.toNumber() * unit }
  })
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

function standardError(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)) / (values.length - 1))
}

describe('random entries', () => {
  let results: readonly Result[] = []

  beforeAll(async () => {
    const middles = new Middles()
    const { folder } = await runUntil(FLAGS, UNTIL, (station) => {
      flipCoins(station)
      middles.watch(station)
    })
    results = resultsOf(folder, middles)
  }, 120_000)

  const all = (field: keyof Result): number[] => results.map((result) => result[field])

  it('are many enough that their costs could not hide in chance', () => {
    expect(results.length).toBeGreaterThan(800)
    expect(mean(all('cost'))).toBeGreaterThan(3 * standardError(all('gross')))
  })

  it('lose exactly what prices, spread, fees and funding account for, trade by trade', () => {
    const rest = results.map(({ gross, cost, profit }) => Math.abs(gross - cost - profit))
    expect(Math.max(...rest)).toBeLessThan(1e-4)
  })

  it('make nothing before costs: what they lose is their costs, within two standard errors', () => {
    const error = standardError(all('gross'))
    expect(Math.abs(mean(all('gross')))).toBeLessThan(2 * error)
    expect(Math.abs(mean(all('profit')) + mean(all('cost')))).toBeLessThan(2 * error)
  })

  it('pay both fees and something for crossing the spread', () => {
    const fees = 10
    expect(mean(all('slippage'))).toBeGreaterThan(0)
    expect(mean(all('cost'))).toBeGreaterThan(fees)
    expect(mean(all('cost'))).toBeLessThan(2 * fees)
  })
})
