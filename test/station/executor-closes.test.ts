/** Closing a position in a market that gives little, and on a line that loses orders. */
import { describe, expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import { SYMBOL } from './stage/intents.ts'
import { Stage } from './stage/stage.ts'

describe('a close', () => {
  it('that fills in parts goes on at once, however many there are', () => {
    const stage = new Stage().ready()
    stage.holdProtected({ quantity: exact(6) })
    stage.executor.closePosition(SYMBOL, 'MANUAL', 'user')
    for (let part = 0; part < 5; part++) {
      const { clientOrderId } = stage.only('CLOSE')
      stage.fill(clientOrderId, 1, 99)
      stage.tell({ kind: 'expired', clientOrderId, reason: 'no more was there', at: stage.now })
    }
    expect(stage.only('CLOSE').quantity.toNumber()).toBe(1)
  })

  it('that the venue does not know has failed after 2 s, and the next one leaves', () => {
    const stage = new Stage().ready()
    stage.holdProtected({ quantity: exact(6) })
    stage.executor.closePosition(SYMBOL, 'MANUAL', 'user')
    const { clientOrderId } = stage.only('CLOSE')
    stage.tell({ kind: 'undelivered', clientOrderId, outcome: 'unknown', message: 'reset', at: stage.now })
    stage.wait(1_000)
    stage.tell({ kind: 'status', clientOrderId, order: null, at: stage.now })
    expect(stage.only('CLOSE').clientOrderId).toBe(clientOrderId)
    stage.wait(1_000)
    stage.tell({ kind: 'status', clientOrderId, order: null, at: stage.now })
    expect(stage.only('CLOSE').clientOrderId).not.toBe(clientOrderId)
  })
})
