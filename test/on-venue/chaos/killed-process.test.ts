/**
 * Kill -9 of a trading station process at random instants, on a venue that goes on without it: nothing is doubled, no
 * position stays without its stop once it is up again, and journal and venue agree to the last decimal.
 */
import { describe, expect, it } from 'vitest'

import { killAgainAndAgain } from './killed-process.ts'

const SEEDS = [1, 2]
const KILLS = 4
/** ms of the wall: a slow machine kills less often */
const KILLING_MS = 20_000
/** `npm run chaos` holds the station to 5 s; here others may have the processor */
const NAKED_MOST_MS = 60_000
const ATTACKING = { kills: KILLS, withinMs: KILLING_MS, nakedMostMs: NAKED_MOST_MS }

describe('kill -9 of a station on the venue', () => {
  it('again and again, at random instants', { timeout: 600_000 }, async () => {
    const outcomes = await Promise.all(SEEDS.map((seed) => killAgainAndAgain(seed, ATTACKING)))
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
