/**
 * As many stories of bad luck as fit into this time; `npm run chaos` tells thousands. Each is decided by its seed: the
 * command that plays a failed one again is in its failure.
 */
import { expect, it } from 'vitest'

import { scenario, type Outcome } from './scenario.ts'
import { accusation, summary } from './told-in-sum.ts'

/** ms of the wall: how many stories fit depends on the machine, what each comes to does not */
const BUDGET_MS = 60_000
const MOST = 60
/** never reached, however busy the machine is */
const TIMEOUT_MS = 10 * BUDGET_MS

it(
  'whatever goes wrong, the books agree, no order is doubled and no position is naked for longer than 5 s',
  {
    timeout: TIMEOUT_MS,
  },
  async () => {
    const outcomes: Outcome[] = []
    const end = performance.now() + BUDGET_MS
    for (let seed = 1; seed <= MOST && performance.now() < end; seed++) outcomes.push(await scenario(seed))
    console.log(summary(outcomes))
    expect(outcomes.flatMap((outcome) => accusation(outcome) ?? [])).toEqual([])
  },
)

it('a seed tells the same story twice', { timeout: TIMEOUT_MS }, async () => {
  const [once, again] = [await scenario(2), await scenario(2)]
  expect(again.digest).toBe(once.digest)
  expect(once.fills).toBeGreaterThan(0)
})
