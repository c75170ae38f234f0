/** The link to the venue as governor and health see it: down, owing an answer, owing a reconciliation. */
import { describe, expect, it } from 'vitest'

import { LinkWatch } from '../../src/station/link-watch.ts'

const START = 1_750_000_000_000

function link() {
  const world = { now: START, isUp: true, doneAt: null as number | null, isRunning: false }
  const executor = {
    get isUp() {
      return world.isUp
    },
    reconciler: {
      get doneAt() {
        return world.doneAt
      },
      get isRunning() {
        return world.isRunning
      },
    },
  }
  return { world, watch: new LinkWatch({ clock: { now: () => world.now }, executor }) }
}

describe('the link', () => {
  it('has begun with the first reconciliation; before it nothing is lost', () => {
    const { world, watch } = link()
    watch.look()
    expect([watch.hasBegun, watch.state]).toEqual([false, { downSince: null, isReconciled: true }])
    world.doneAt = START
    watch.look()
    expect(watch.hasBegun).toBe(true)
  })

  it('that was lost owes a reconciliation until it has been carried through', () => {
    const { world, watch } = link()
    world.doneAt = START
    watch.look()
    Object.assign(world, { isUp: false, doneAt: null, now: START + 1000 })
    watch.heard()
    world.now += 5000
    watch.look()
    expect(watch.state).toEqual({ downSince: START + 1000, isReconciled: false })
    expect(watch.silentSince).toBe(START + 1000)
    Object.assign(world, { isUp: true, isRunning: true })
    watch.heard()
    expect(watch.state).toEqual({ downSince: null, isReconciled: false })
    Object.assign(world, { isRunning: false, doneAt: world.now })
    watch.heard()
    expect(watch.state).toEqual({ downSince: null, isReconciled: true })
    expect(watch.silentSince).toBeNull()
  })

  it('is silent as long as an answer is owed, however often it is asked again', () => {
    const { world, watch } = link()
    world.isRunning = true
    watch.look()
    world.now += 40_000
    watch.look()
    expect(watch.silentSince).toBe(START)
    watch.heard()
    expect(watch.silentSince).toBe(START + 40_000)
  })
})
