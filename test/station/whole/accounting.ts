/** The books of a run kept once more, naively, from its fills alone, and held against ledger, trades, positions and equity. */
import { expect } from 'vitest'

import { plainRowsOf } from '../../fixtures/journal-reader.ts'
import type { WholeStation } from '../../fixtures/whole-station.ts'
import {
  booked,
  dividedBy,
  type Fraction,
  fraction,
  isSame,
  minus,
  money,
  negated,
  NOTHING,
  plus,
  signOf,
  times,
} from './fraction.ts'

interface FillRow {
  readonly id: string
  readonly symbol: string
  readonly side: 'BUY' | 'SELL'
  readonly price: string
  readonly quantity: string
  readonly fee: string
  readonly liquidity: 'MAKER' | 'TAKER'
  readonly at: number
}

interface LedgerRow {
  readonly id: string
  readonly kind: string
  readonly amount: string
  readonly symbol: string | null
  readonly at: number
}

interface ResultRow {
  readonly realised: string
  readonly fees: string
  readonly funding: string
  readonly profit: string
}

interface EquityRow {
  readonly at: number
  readonly balance: string
  readonly unrealised: string
  readonly equity: string
  readonly units: string
  readonly nav: number
  readonly nav_high_today: number
  readonly drawdown: number
}

/** What is open on a symbol: quantity signed (long > 0), and what its entries cost, signed likewise. */
export interface Open {
  readonly quantity: Fraction
  readonly cost: Fraction
}

const FEES = { MAKER: fraction('0.0002'), TAKER: fraction('0.0005') }

const FLAT: Open = { quantity: NOTHING, cost: NOTHING }

export const fillsOf = (folder: string): FillRow[] => plainRowsOf<FillRow>(folder, 'SELECT * FROM fills ORDER BY row')
export const ledgerOf = (folder: string): LedgerRow[] =>
  plainRowsOf<LedgerRow>(folder, 'SELECT * FROM ledger ORDER BY row')

/** Signed quantity of a fill. */
const signed = ({ side, quantity }: FillRow): Fraction =>
  side === 'BUY' ? fraction(quantity) : negated(fraction(quantity))

interface Step {
  readonly open: Open
  /** what the fill realised, hundred-millionths; null: it opened or enlarged */
  readonly gain: bigint | null
}

/** One fill on what is open, by average cost. Fills never go beyond flat: every closing order is reduce-only. */
function stepOf(open: Open, fill: FillRow): Step {
  const quantity = signed(fill)
  const paid = times(fraction(fill.price), quantity)
  if (signOf(open.quantity) * signOf(quantity) >= 0) {
    return { open: { quantity: plus(open.quantity, quantity), cost: plus(open.cost, paid) }, gain: null }
  }
  const left = plus(open.quantity, quantity)
  if (signOf(left) * signOf(open.quantity) < 0) throw new Error(`fill ${fill.id} goes beyond flat`)
  const share = dividedBy(negated(quantity), open.quantity)
  const costOut = times(open.cost, share)
  return { open: { quantity: left, cost: minus(open.cost, costOut) }, gain: booked(minus(negated(paid), costOut)) }
}

/** Every fill in order, with what was open on its symbol before and after it. */
export function* replayed(fills: readonly FillRow[]): Generator<{ fill: FillRow; before: Open; step: Step }> {
  const open = new Map<string, Open>()
  for (const fill of fills) {
    const before = open.get(fill.symbol) ?? FLAT
    const step = stepOf(before, fill)
    open.set(fill.symbol, step.open)
    yield { fill, before, step }
  }
}

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)

/** Every statement about the money of a run that has been stopped. */
export function expectSoundBooks({ folder, facade }: WholeStation): void {
  const ledger = ledgerOf(folder)
  const account = facade.account()
  expect(sumOf(ledger.map(({ amount }) => money(amount)))).toBe(money(account?.balance.toFixed() ?? ''))
  expectFillsBooked(folder, ledger)
  expectTradesBooked(folder, ledger)
  expectEquityBooked(folder, ledger)
}

/** Each fill's fee and profit is what the formula says, to the last decimal, and nothing else is in the ledger. */
function expectFillsBooked(folder: string, ledger: readonly LedgerRow[]): void {
  const amounts = new Map(ledger.map(({ id, amount }) => [id, money(amount)]))
  const wrong: string[] = []
  let entries = 0
  const expectEntry = (id: string, amount: bigint): void => {
    if (amount === 0n) return
    entries++
    if (amounts.get(id) !== amount) wrong.push(`${id}: booked ${String(amounts.get(id))}, by hand ${String(amount)}`)
  }
  const last = new Map<string, Open>()
  for (const { fill, step } of replayed(fillsOf(folder))) {
    const notional = times(fraction(fill.price), fraction(fill.quantity))
    const fee = booked(times(notional, FEES[fill.liquidity]))
    if (money(fill.fee) !== fee) wrong.push(`fee of ${fill.id}: ${fill.fee}, by hand ${String(fee)}`)
    expectEntry(`fee:${fill.id}`, -fee)
    expectEntry(`realised:${fill.id}`, step.gain ?? 0n)
    last.set(fill.symbol, step.open)
  }
  expect(wrong).toEqual([])
  expect(ledger.filter(({ kind }) => kind === 'FEE' || kind === 'REALISED')).toHaveLength(entries)
  const open = [...last]
    .filter(([, { quantity }]) => signOf(quantity) !== 0)
    .map(([symbol, { quantity }]) => ({
      symbol,
      quantity,
    }))
  const held = plainRowsOf<{ symbol: string; side: string; quantity: string }>(folder, 'SELECT * FROM positions')
  expect(held.map(({ symbol }) => symbol).sort()).toEqual(open.map(({ symbol }) => symbol).sort())
  for (const { symbol, side, quantity } of held) {
    const byHand = open.find((each) => each.symbol === symbol)?.quantity ?? NOTHING
    const isRight = isSame(byHand, side === 'LONG' ? fraction(quantity) : negated(fraction(quantity)))
    expect(isRight, `${symbol} ${side} ${quantity}`).toBe(true)
  }
}

/** What trades and open positions say they made is what the ledger says they made, kind by kind. */
function expectTradesBooked(folder: string, ledger: readonly LedgerRow[]): void {
  const trades = plainRowsOf<ResultRow>(folder, 'SELECT * FROM trades')
  const positions = plainRowsOf<ResultRow>(folder, `SELECT *, '0' AS profit FROM positions`)
  const all = [...trades, ...positions]
  const inLedger = (...kinds: string[]): bigint =>
    sumOf(ledger.filter(({ kind }) => kinds.includes(kind)).map(({ amount }) => money(amount)))
  const total = (field: keyof ResultRow): bigint => sumOf(all.map((row) => money(row[field])))
  expect(total('realised')).toBe(inLedger('REALISED'))
  expect(-total('fees')).toBe(inLedger('FEE'))
  expect(total('funding')).toBe(inLedger('FUNDING'))
  for (const { realised, fees, funding, profit } of trades) {
    expect(money(profit)).toBe(money(realised) - money(fees) + money(funding))
  }
}

/** A row of the ledger may be told this much after the instant it carries. */
const TOLD_WITHIN_MS = 1000

/** At each sample the balance is what the ledger had come to, and equity, price and drawdown follow from it. */
function expectEquityBooked(folder: string, ledger: readonly LedgerRow[]): void {
  const samples = plainRowsOf<EquityRow>(folder, 'SELECT * FROM equity ORDER BY at')
  const wrong: string[] = []
  let told = 0
  let balance = 0n
  for (const sample of samples) {
    const wanted = money(sample.balance)
    // what the ledger has by then, and of the last second as much as makes it so
    const isOlder = (row: LedgerRow | undefined): boolean => row !== undefined && row.at < sample.at - TOLD_WITHIN_MS
    const isBy = (row: LedgerRow | undefined): boolean => row !== undefined && row.at <= sample.at
    while (isOlder(ledger[told]) || (balance !== wanted && isBy(ledger[told])))
      balance += money(ledger[told++]?.amount ?? '0')
    if (balance !== wanted) wrong.push(`at ${sample.at}: balance ${sample.balance}, the ledger has ${String(balance)}`)
    if (wanted + money(sample.unrealised) !== money(sample.equity)) wrong.push(`at ${sample.at}: equity`)
    const nav = Number(sample.equity) / Number(sample.units)
    if (Math.abs(nav / sample.nav - 1) > 1e-12) wrong.push(`at ${sample.at}: nav ${sample.nav}, by hand ${nav}`)
    const drawdown = 1 - sample.nav / sample.nav_high_today
    if (Math.abs(drawdown - sample.drawdown) > 1e-12) wrong.push(`at ${sample.at}: drawdown ${sample.drawdown}`)
  }
  expect(wrong.slice(0, 5)).toEqual([])
  expect(samples.length).toBeGreaterThan(0)
}
