/**
 * From a policy change to its enforcement: once the call that switches to DEFENSIVE has returned, no order that breaks the
 * new limits leaves, however many signals are on their way: 500 symbols, 1000 signals a second, a switch every 100 ms.
 */
import { describe, expect, it } from 'vitest'

import type { RiskMode } from '../../../src/core/policy/policy.ts'
import { ENTRY_LIMITS, faultsOf, openStorm, type Storm } from '../../fixtures/signal-storm.ts'
import { pausedAt } from '../../fixtures/whole-station.ts'

const SWITCH_MS = 100
const STORM_MS = 2500
const ROUND: readonly RiskMode[] = ['DEFENSIVE', 'AGGRESSIVE', 'DEFENSIVE', 'NORMAL']

/** Entries that rest at the exchange, that the mode would deny and that nobody has cancelled. What is on its way is cancelled when it is there. */
const leftResting = ({ facade, cancelled, confidenceOf }: Storm, mode: RiskMode): string[] =>
  facade
    .openOrders()
    .filter(({ purpose, state, clientOrderId, traceId }) => {
      const isWeak = !(confidenceOf(traceId) >= ENTRY_LIMITS[mode].confidence)
      return purpose === 'ENTRY' && state !== 'SUBMITTED' && isWeak && !cancelled.has(clientOrderId)
    })
    .map(({ clientOrderId }) => clientOrderId)

async function stormWithSwitches(seed: number) {
  let mode: RiskMode = 'AGGRESSIVE'
  const storm = await openStorm(seed, () => mode)
  const { rooms, facade } = storm
  const begin = rooms.clock.now()
  const left: string[] = []
  const doSwitch = (step: number): void => {
    const next = ROUND[step % ROUND.length]!
    const result = facade.policy.change({ riskMode: next }, { actor: 'user', reason: 'storm' })
    mode = next
    if (result.outcome !== 'accepted') left.push(`switch ${step}: ${result.outcome}`)
    left.push(...leftResting(storm, next))
  }
  for (let step = 1; step * SWITCH_MS < STORM_MS; step++) {
    const time = begin + step * SWITCH_MS
    // every other switch comes between a signal of its instant and the decision on it
    const isBetween = step % 4 > 1
    rooms.clock.at(time, () => (isBetween ? rooms.clock.at(time, () => doSwitch(step)) : doSwitch(step)))
  }
  const passed = pausedAt(storm, begin + STORM_MS)
  facade.setPaused(false)
  await Promise.race([passed, storm.ended])
  await storm.stop()
  return { ...storm, left }
}

describe('from a switch to its enforcement', () => {
  it('nothing that breaks the limits of the mode leaves once the call has returned', async () => {
    const { departures, left, signals, log } = await stormWithSwitches(3)
    expect(log.filter(({ level }) => level === 'error')).toEqual([])
    expect(signals()).toBeGreaterThan((STORM_MS / 1000) * 990)
    const under = (mode: RiskMode) => departures.filter((each) => each.under === mode)
    for (const mode of ['DEFENSIVE', 'NORMAL', 'AGGRESSIVE'] as const) expect(under(mode).length).toBeGreaterThan(40)
    expect(departures.flatMap(faultsOf).slice(0, 10)).toEqual([])
    expect(left).toEqual([])
    // the storm would have broken DEFENSIVE, had it been let
    const loose = under('AGGRESSIVE').filter((each) => faultsOf({ ...each, under: 'DEFENSIVE' }).length > 0)
    expect(loose.length).toBeGreaterThan(20)
  }, 120_000)
})
