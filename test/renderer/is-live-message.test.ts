/** Only what has the shape of a live message comes into the replica. */
import { describe, expect, test } from 'vitest'

import { isLiveMessage } from '../../src/renderer/state/is-live-message.ts'

const AT = '2026-01-01T00:00:00.000Z'
const changes = { kind: 'changes', seq: 2, at: AT, changes: [{ topic: 'policy', key: '', value: {} }], quotes: null }

describe('passes', () => {
  test.each([
    { kind: 'snapshot', seq: 1, at: AT, state: {} },
    changes,
    { ...changes, changes: [{ topic: 'positions', key: 'BTCUSDT', value: null }] },
    { ...changes, changes: [], quotes: { symbols_added: [], packed: new Float64Array(3) } },
  ])('%j', (message) => {
    expect(isLiveMessage(message)).toBe(true)
  })
})

describe('does not pass', () => {
  test.each([
    null,
    7,
    'changes',
    [],
    {},
    { ...changes, kind: 'news' },
    { ...changes, seq: '2' },
    { ...changes, at: 'soon' },
    { ...changes, changes: null },
    { ...changes, changes: [null] },
    { ...changes, changes: [{ topic: 'policy', value: {} }] },
    { ...changes, changes: [{ topic: 'policy', key: '' }] },
    { ...changes, quotes: 'BTCUSDT' },
    { kind: 'snapshot', seq: 1, at: AT, state: null },
  ])('%j', (message) => {
    expect(isLiveMessage(message)).toBe(false)
  })
})
