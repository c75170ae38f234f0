/**
 * Writes src/core/strategy/quantiles.ts: the strengths of every built-in strategy's setups on recorded candles.
 * Run by hand after a change of a strategy’s logic or defaults: `node scripts/calibrate-strategies.ts`, then format.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import type { Signal } from '../src/core/model/signal.ts'
import { BUILT_IN_STRATEGIES } from '../src/core/strategy/built-in.ts'
import { confidenceOf } from '../src/core/strategy/confidence.ts'
import type { StrategyDefinition } from '../src/core/strategy/strategy.ts'
import { recordedMonth, recordedSpring, type RecordedSeries } from '../test/fixtures/recorded-candles.ts'
import { recordedData, RECORDED_DATA_ABSENT } from '../test/fixtures/recorded-data.ts'

const STEPS = 20

function setups(definition: StrategyDefinition, recording: readonly RecordedSeries[]): Signal[] {
  return recording.flatMap((bars) => {
    const [first] = bars
    if (first === undefined) return []
    const run = definition.start(first.symbol, definition.defaults)
    const signals = bars.map((bar) => run.next(bar)).filter((signal) => signal !== null)
    return signals.filter(({ kind }) => kind === 'ENTRY')
  })
}

/** The 0, 5, … 100 % quantiles, to four significant digits. */
function quantilesOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const place = (step / STEPS) * (sorted.length - 1)
    const below = sorted[Math.floor(place)] ?? NaN
    const above = sorted[Math.ceil(place)] ?? NaN
    return Number((below + (above - below) * (place - Math.floor(place))).toPrecision(4))
  })
}

function report(name: string, table: readonly number[], found: readonly Signal[]): void {
  const share = (least: number): string => {
    const reached = found.filter(({ features }) => confidenceOf(table, features['strength'] ?? NaN) >= least)
    return `${((100 * reached.length) / found.length).toFixed(0)} % ≥ ${least}`
  }
  const longs = found.filter(({ side }) => side === 'LONG').length
  const stops = found.map(({ price, stopPrice }) => Math.abs(stopPrice / price - 1)).sort((a, b) => a - b)
  const middle = (100 * (stops[stops.length >> 1] ?? NaN)).toFixed(2)
  console.log(
    `${name}: ${found.length} setups (${longs} long), ${share(0.65)}, ${share(0.75)}, median stop ${middle} %`,
  )
}

const data = recordedData()
if (data === null) throw new Error(RECORDED_DATA_ABSENT)
const month = recordedMonth(data)
const spring = recordedSpring(data)
const lines = BUILT_IN_STRATEGIES.map((definition) => {
  const inMonth = setups(definition, month)
  const inSpring = setups(definition, spring)
  const strengths = [...inMonth, ...inSpring].map(({ features }) => features['strength'] ?? NaN)
  const table = quantilesOf(strengths)
  report(`${definition.id}, month`, table, inMonth)
  report(`${definition.id}, spring`, table, inSpring)
  return `  ${definition.id}: [${table.join(', ')}],`
})
const text = `/**
 * Strengths of each built-in strategy's setups at the 0, 5, … 100 % quantiles: what its confidence is read from.
 * Written by \`scripts/calibrate-strategies.ts\` from recorded 15m candles with the default parameters; not edited by hand.
 */
export const QUANTILES = {
${lines.join('\n')}
} as const
`
writeFileSync(fileURLToPath(new URL('../src/core/strategy/quantiles.ts', import.meta.url)), text)
