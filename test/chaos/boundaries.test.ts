/**
 * Kill -9 at each boundary by name, not by chance: between two statements of journal, exchange and policy, where a
 * promise is half kept.
 */
import { describe, it } from 'vitest'

import { AttackedFolder, twoAtOnce } from './attacked-folder.ts'
import type { DeathPoint } from './told.ts'

const POINTS: readonly DeathPoint[] = [
  'journal:before',
  'journal:inside',
  // an order is journaled and not yet sent
  'journal:after',
  'submit:before',
  // sent and not yet arrived
  'submit:after',
  'paper:before',
  'paper:inside',
  // the exchange has acted and not yet reported
  'paper:after',
  // reported and not yet booked
  'report:before',
  // booked and not yet journaled
  'report:after',
  'cancel:before',
  'cancel:after',
  'policy:before',
  'policy:inside',
  // stored and not yet in force
  'policy:after',
]

/** The first time, and two in the middle of trading. */
const TIMES = [1, 3, 12]

describe('kill -9 at a boundary', () => {
  it(`${POINTS.length} boundaries, ${TIMES.length} times each: nothing acknowledged is lost, nothing is doubled, the books agree`, async () => {
    await twoAtOnce(POINTS, async (point) => {
      const folder = new AttackedFolder(point.replace(':', '-'), { seed: 1 + POINTS.indexOf(point), tickSeconds: 2 })
      for (const nth of TIMES) await folder.died({ point, nth })
      await folder.livedOn()
    })
  }, 600_000)
})
