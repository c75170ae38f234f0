/** What open positions were worth and what they paid in funding, worked out from the recorded files and the fills alone. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect } from 'vitest'

import { plainRowsOf } from '../../fixtures/journal-reader.ts'
import { fillsOf, ledgerOf, replayed, type Open } from './accounting.ts'
import { booked, type Fraction, fraction, money, negated, NOTHING, plus, signOf, times } from './fraction.ts'
import { closeOf, type Tape } from './tape.ts'

/** Rows of a file of the recording as text, by time. */
function rowsByTime(folder: string, file: string): Map<number, string[]> {
  const rows = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n').slice(1)
  return new Map(rows.map((row) => row.split(',')).map((fields) => [Number(fields[0]), fields]))
}

/** A settlement belongs to the full hour it comes just after. */
const HOUR_MS = 3_600_000
const fullHour = (time: number): number => Math.floor(time / HOUR_MS) * HOUR_MS

export interface Marks {
  readonly tape: Tape
  /** mark price at the opening of its bars, as text */
  readonly marks: ReadonlyMap<number, string>
  readonly rates: ReadonlyMap<number, string>
}

export function marksOf(folder: string, symbol: string, tape: Tape): Marks {
  const marks = [...rowsByTime(folder, `${symbol}-8h-mark.csv`)].map(([at, fields]) => [at, fields[1] ?? ''] as const)
  const rates = [...rowsByTime(folder, `${symbol}-8h-funding.csv`)].map(
    ([at, fields]) => [fullHour(at), fields[1] ?? ''] as const,
  )
  return { tape, marks: new Map(marks), rates: new Map(rates) }
}

/** What was open on each symbol after each of its fills. */
function history(folder: string): Map<string, { at: number; open: Open }[]> {
  const found = new Map<string, { at: number; open: Open }[]>()
  for (const { fill, step } of replayed(fillsOf(folder))) {
    found.set(fill.symbol, [...(found.get(fill.symbol) ?? []), { at: fill.at, open: step.open }])
  }
  return found
}

/** Every settlement that met an open position is in the ledger with quantity × mark × rate, and no other is. */
export function expectFundingByHand(folder: string, marks: ReadonlyMap<string, Marks>): number {
  const expected = new Map<string, bigint>()
  for (const [symbol, steps] of history(folder)) {
    const { rates, marks: prices } = marks.get(symbol) as Marks
    for (const [at, rate] of rates) {
      const open = steps.findLast((step) => step.at <= at)?.open.quantity ?? NOTHING
      const price = prices.get(at)
      if (signOf(open) === 0 || price === undefined) continue
      const paid = booked(times(times(open, fraction(price)), fraction(rate)))
      if (paid !== 0n) expected.set(`${symbol} ${at}`, -paid)
    }
  }
  const rows = ledgerOf(folder).filter(({ kind }) => kind === 'FUNDING')
  expect(new Map(rows.map(({ symbol, at, amount }) => [`${String(symbol)} ${at}`, money(amount)]))).toEqual(expected)
  return rows.length
}

interface Sample {
  readonly at: number
  readonly unrealised: string
}

/** Fills told this close before a sample may or may not be in it. */
const UNSURE_MS = 1000

/** At every n-th sample: Σ quantity × (mark − average entry), each booked, is what the sample says. */
export function expectUnrealisedByHand(folder: string, marks: ReadonlyMap<string, Marks>, every: number): number {
  const steps = history(folder)
  const samples = plainRowsOf<Sample>(folder, 'SELECT at, unrealised FROM equity ORDER BY at')
  const wrong: string[] = []
  let checked = 0
  for (let row = 0; row < samples.length; row += every) {
    const { at, unrealised } = samples[row] as Sample
    const isUnsure = [...steps.values()].some((own) => own.some((step) => step.at <= at && step.at > at - UNSURE_MS))
    if (isUnsure) continue
    let sum = 0n
    for (const [symbol, own] of steps) {
      const open = own.findLast((step) => step.at <= at)?.open
      if (open === undefined || signOf(open.quantity) === 0) continue
      sum += booked(plus(times(open.quantity, markBefore(marks.get(symbol) as Marks, at)), negated(open.cost)))
    }
    checked++
    if (sum !== money(unrealised)) wrong.push(`at ${at}: ${unrealised}, by hand ${String(sum)}`)
  }
  expect(wrong.slice(0, 5)).toEqual([])
  return checked
}

/** The mark price known just before `time`: the one told with the last price, else the last price itself. */
function markBefore({ tape, marks }: Marks, time: number): Fraction {
  const [bar] = [...tape.closing(time - 2 * 60_000, time)].slice(-1)
  const known = time - 1
  const openedAt = bar === undefined ? Number.NaN : bar.openAt
  const last = tape.lastTold(known)
  const isOpen = bar !== undefined && closeOf(bar) === time
  const told = isOpen ? marks.get(openedAt) : undefined
  return fraction(told ?? String(last))
}
