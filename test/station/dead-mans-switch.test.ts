/** Should the station fall silent, the venue cancels its resting entries by itself; stops and targets go on standing (SPEC §9). */
import { describe, expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import type { ClientOrderId } from '../../src/core/model/ids.ts'
import { Stage, SYMBOL, type StageOptions } from './stage/stage.ts'

function switched(options: StageOptions = {}): Stage {
  const stage = new Stage(options)
  stage.scripted.withCountdown()
  return stage.ready()
}

const told = ({ scripted }: Stage): string[] => scripted.countdowns.map(({ symbol, ms }) => `${symbol} ${ms}`)

describe('the dead man’s switch', () => {
  it('is wound up with an entry that rests, again while it rests, and lets go once nothing does', () => {
    const stage = switched()
    const { clientOrderId } = stage.enter({ restMs: 600_000 })
    expect(told(stage)).toEqual([`${SYMBOL} 60000`])
    stage.accept(clientOrderId)
    stage.wait(45_000)
    expect(told(stage)).toEqual([`${SYMBOL} 60000`, `${SYMBOL} 60000`, `${SYMBOL} 60000`])
    expect(stage.executor.deadMan.view).toMatchObject({
      state: 'armed',
      symbols: [SYMBOL],
      renewedAt: stage.now - 5_000,
    })
    stage.cancelled(clientOrderId)
    expect(told(stage).at(-1)).toBe(`${SYMBOL} 0`)
    const calls = told(stage).length
    stage.wait(300_000)
    expect(told(stage)).toHaveLength(calls)
    expect(stage.executor.deadMan.view.state).toBe('idle')
  })

  it('never holds what protects: a position with stop and target is not under it', () => {
    const stage = switched()
    stage.holdProtected()
    expect(stage.working('STOP', 'TAKE_PROFIT')).toHaveLength(2)
    expect(told(stage)).toEqual([`${SYMBOL} 60000`, `${SYMBOL} 0`])
    stage.wait(120_000)
    expect(told(stage)).toHaveLength(2)
  })

  it('does not wait for an order that cannot rest', () => {
    const stage = switched()
    stage.enter({ timeInForce: 'IOC', restMs: 0 })
    expect(told(stage)).toEqual([])
  })

  it('runs down without a link, and is wound up again with it', () => {
    const stage = switched()
    const { clientOrderId } = stage.enter({ restMs: 600_000 })
    stage.accept(clientOrderId)
    stage.tell({ kind: 'connection', up: false, at: stage.now })
    stage.wait(50_000)
    expect(told(stage)).toHaveLength(1)
    stage.tell({ kind: 'connection', up: true, at: stage.now })
    expect(told(stage)).toHaveLength(2)
    stage.wait(20_000)
    expect(told(stage)).toHaveLength(3)
  })

  it('is wound up after a restart for what still rests', () => {
    const before = switched()
    before.accept(before.enter({ restMs: 600_000 }).clientOrderId)
    const after = new Stage({ clock: before.clock, journal: before.journal.afterCrash() })
    after.scripted.withCountdown()
    after.executor.start()
    expect(told(after)).toEqual([`${SYMBOL} 60000`])
  })

  it('lets go of a symbol where somebody else’s order rests: it would be cancelled with ours', () => {
    const stage = switched()
    const { clientOrderId } = stage.enter({ restMs: 600_000 })
    stage.accept(clientOrderId)
    stage.wait(60_000)
    const ours = stage.venueOrder(clientOrderId, 'OPEN', exact(0))
    stage.snapshot({ openOrders: [ours, { ...ours, clientOrderId: 'web-1' as ClientOrderId }] })
    expect(told(stage).at(-1)).toBe(`${SYMBOL} 0`)
  })

  it('is absent where the venue has none, and off where it is set to 0', () => {
    const without = new Stage().ready()
    without.enter()
    expect(without.executor.deadMan.view.state).toBe('absent')
    const off = switched({ settings: { deadManMs: 0 } })
    off.enter()
    expect(told(off)).toEqual([])
  })
})
