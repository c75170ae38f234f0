/** Reads a typed filter of the ranking, `score:>0.6 regime:bull volume:>100m held:no`; faults become sentences. Pure. */
import { nearMiss } from '../journal/filter/near-miss.ts'
import type { RankingRow } from './ranking-rows.ts'

export type Held = 'long' | 'short' | 'resting' | null

export interface RankingFilter {
  readonly holds: (row: RankingRow, heldAs: Held) => boolean
  readonly faults: readonly string[]
}

type Test = RankingFilter['holds']
type Reader = (value: string) => Test | string

const FIGURE = /^(>=|<=|>|<|=)?(-?\d+(?:\.\d+)?)(k|m|b)?$/i
const BETWEEN = /^(-?\d+(?:\.\d+)?)(k|m|b)?\.\.(-?\d+(?:\.\d+)?)(k|m|b)?$/i
const SIZES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 }

const sized = (text: string | undefined, size: string | undefined): number =>
  Number(text) * (SIZES[(size ?? '').toLowerCase()] ?? 1)

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '=': (a, b) => a === b,
}

/** A bare figure means “at least”. */
const figureOf =
  (key: string, of: (row: RankingRow) => number | null): Reader =>
  (value) => {
    const between = BETWEEN.exec(value)
    if (between !== null) {
      const [low, high] = [sized(between[1], between[2]), sized(between[3], between[4])]
      return (row) => {
        const found = of(row)
        return found !== null && found >= low && found <= high
      }
    }
    const match = FIGURE.exec(value)
    if (match === null) return `“${key}:” must be a figure like >0.6, <100m or 0.4..0.7, was “${value}”.`
    const compare = COMPARE[match[1] ?? '>='] ?? Object.is
    const bound = sized(match[2], match[3])
    return (row) => {
      const found = of(row)
      return found !== null && compare(found, bound)
    }
  }

const oneOf =
  (key: string, choices: Readonly<Record<string, Test>>): Reader =>
  (value) => {
    const tests = value.split(',').map((part) => choices[part.toLowerCase()])
    if (tests.some((test) => test === undefined)) {
      const near = nearMiss(value, Object.keys(choices))
      return `There is no ${key} “${value}”. ${near === null ? `It is one of ${Object.keys(choices).join(', ')}.` : `Did you mean “${near}”?`}`
    }
    return (row, heldAs) => tests.some((test) => test?.(row, heldAs) === true)
  }

const regime =
  (name: string): Test =>
  (row) =>
    row.regime === name

const READERS: Readonly<Record<string, Reader>> = {
  score: figureOf('score', ({ score }) => score),
  rank: figureOf('rank', ({ rank }) => rank),
  volume: figureOf('volume', ({ volume }) => volume),
  trend: figureOf('trend', ({ components }) => components.trend_strength),
  volatility: figureOf('volatility', ({ components }) => components.volatility_quality),
  liquidity: figureOf('liquidity', ({ components }) => components.liquidity),
  fit: figureOf('fit', ({ components }) => components.regime_fit),
  wins: figureOf('wins', ({ components }) => components.symbol_win_rate),
  spread: figureOf('spread', ({ components }) => components.spread),
  noise: figureOf('noise', ({ components }) => components.low_noise),
  regime: oneOf('regime', {
    bull: regime('BULL_TRENDING'),
    bear: regime('BEAR_TRENDING'),
    ranging: regime('RANGING'),
    choppy: regime('CHOPPY'),
    thin: regime('LOW_LIQUIDITY'),
  }),
  held: oneOf('held', {
    yes: (_, heldAs) => heldAs !== null,
    no: (_, heldAs) => heldAs === null,
    long: (_, heldAs) => heldAs === 'long',
    short: (_, heldAs) => heldAs === 'short',
    resting: (_, heldAs) => heldAs === 'resting',
  }),
  allowed: oneOf('allowed', { yes: (row) => row.isAllowed, no: (row) => !row.isAllowed }),
  filtered: oneOf('filtered', { yes: (row) => row.filtered !== null, no: (row) => row.filtered === null }),
  moved: oneOf('moved', {
    up: (row) => (row.moved ?? 0) > 0,
    down: (row) => (row.moved ?? 0) < 0,
    new: (row) => row.moved === null,
  }),
  symbol: (value) => (row) => row.symbol.toLowerCase().includes(value.toLowerCase()),
}

export function parseRankingFilter(text: string): RankingFilter {
  const tests: Test[] = []
  const faults: string[] = []
  for (const term of text.split(/\s+/).filter(Boolean)) {
    const read = readTerm(term)
    if (typeof read === 'string') faults.push(read)
    else tests.push(read)
  }
  return { holds: (row, heldAs) => tests.every((test) => test(row, heldAs)), faults }
}

function readTerm(term: string): Test | string {
  const [, key, value = ''] = /^([^\s:]+):(.*)$/.exec(term) ?? []
  if (key === undefined) return (row) => row.symbol.toLowerCase().includes(term.toLowerCase())
  const reader = READERS[key.toLowerCase()]
  if (reader === undefined) {
    const near = nearMiss(key, Object.keys(READERS))
    return `There is no “${key}:”. ${near === null ? `Known here: ${Object.keys(READERS).join(', ')}.` : `Did you mean “${near}:”?`}`
  }
  return value === '' ? `“${key}:” needs a value, like score:>0.6 or regime:bull.` : reader(value)
}
