/**
 * Kill -9 of a trading station process at random instants, on a venue that goes on without it: nothing is doubled, no
 * position stays without its stop once it is up again, and journal and venue agree to the last decimal.
 */
import { describe, expect, it } from 'vitest'

import { killAgainAndAgain } from './killed-process.ts'

const SEEDS = [1, 2]
const KILLS = 5

describe('kill -9 of a station on the venue', () => {
  it(`${SEEDS.length * KILLS} times at random instants`, { timeout: 180_000 }, async () => {
    const outcomes = await Promise.all(SEEDS.map((seed) => killAgainAndAgain(seed, KILLS)))
    const sum = (of: 'kills' | 'orders' | 'fills' | 'faults'): number =>
      outcomes.reduce((total, outcome) => total + outcome[of], 0)
    const worst = Math.max(...outcomes.map(({ worstNakedMs }) => worstNakedMs))
    console.log(
      `${sum('kills')} kills, ${sum('orders')} orders, ${sum('fills')} fills, ${sum('faults')} faults; ` +
        `worst naked_seconds ${(worst / 1000).toFixed(3)}`,
    )
    for (const { violations } of outcomes) expect(violations).toEqual([])
    expect(sum('fills')).toBeGreaterThan(0)
  })
})
