/**
 * Kill -9, again and again: a station that trades and is written to is killed at random instants and started again in the
 * same folder. Nothing acknowledged is lost, no order is doubled, no state is illegal, and the books of station and
 * exchange agree to the last decimal once it has reconciled.
 *
 * The story of a folder comes from its seed; `SIGNALBOX_CHAOS_SEED=<n>` plays one again.
 */
import { describe, expect, it } from 'vitest'

import { seeded } from '../fixtures/candles.ts'
import { AttackedFolder, twoAtOnce } from './attacked-folder.ts'
import type { KillPlan } from './live-once.ts'

const SEEDS = process.env['SIGNALBOX_CHAOS_SEED']?.split(',').map(Number) ?? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
const KILLS_PER_SEED = Number(process.env['SIGNALBOX_CHAOS_KILLS'] ?? 21)
const KILLS = SEEDS.length * KILLS_PER_SEED
/** Kills between two looks at every row. */
const THOROUGH_EVERY = 7
const TICK_SECONDS = [0, 2, 10] as const

const OPENING = 1
const UP = 2
/** Most things acknowledged before a kill. */
const MOST_TOLD = 10

/** Every fifth kill hits the start, which is recovery; the others hit the running station, soon or later. */
function planOf(random: () => number): KillPlan {
  if (random() < 0.2) return { afterTold: OPENING, delayMs: random() * 200 }
  return { afterTold: UP + Math.floor(random() ** 2 * MOST_TOLD), delayMs: random() * 40 }
}

describe('kill -9', () => {
  it(`${KILLS} times at random instants: nothing acknowledged is lost, nothing is doubled, the books agree`, async () => {
    let acknowledged = 0
    let audits = 0
    await twoAtOnce(SEEDS, async (seed) => {
      const tickSeconds = TICK_SECONDS[seed % TICK_SECONDS.length] ?? 0
      const folder = new AttackedFolder(String(seed), { seed, tickSeconds })
      const random = seeded(seed)
      for (let kill = 1; kill <= KILLS_PER_SEED; kill++)
        await folder.killed(planOf(random), kill % THOROUGH_EVERY === 0)
      await folder.livedOn()
      acknowledged += folder.evidence.acknowledged
      audits += folder.evidence.audits
    })
    console.log(
      `${String(acknowledged)} writes and orders acknowledged, books held against the exchange ${String(audits)} times`,
    )
    expect(acknowledged).toBeGreaterThan(KILLS)
    expect(audits).toBeGreaterThan(KILLS / 4)
  }, 600_000)
})
