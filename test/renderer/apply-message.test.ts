/** The replica: what the station says, and the same objects for what it did not say anew. */
import { describe, expect, test } from 'vitest'

import type { LiveChange, LiveMessage, LiveState } from '../../src/contract/live.ts'
import { applyMessages } from '../../src/renderer/state/apply-message.ts'
import { EMPTY_REPLICA, MOST_ROWS, type LiveReplica } from '../../src/renderer/state/live-state.ts'

const AT = '2026-01-01T00:00:00.000Z'
const snapshot = (state: LiveState, seq = 1): LiveMessage => ({ kind: 'snapshot', seq, at: AT, state })
const changes = (seq: number, ...list: object[]): LiveMessage => ({
  kind: 'changes',
  seq,
  at: '2026-01-01T00:00:10.000Z',
  changes: list as LiveChange[],
  quotes: null,
  rankings: null,
})
const position = (symbol: string, unrealised = '1') =>
  ({ symbol, unrealised }) as unknown as NonNullable<LiveState['positions']>[number]
const decision = (id: string) => ({ id }) as unknown as NonNullable<LiveState['decisions']>[number]
const apply = (replica: LiveReplica, ...messages: LiveMessage[]): LiveReplica => applyMessages(replica, messages, 5)

describe('a snapshot', () => {
  test('replaces everything, oldest row first', () => {
    const old = apply(EMPTY_REPLICA, snapshot({ positions: [position('OLDUSDT')] }))
    const replica = apply(old, snapshot({ positions: [position('A')], decisions: [decision('2'), decision('1')] }, 7))
    expect([...replica.positions.keys()]).toEqual(['A'])
    expect([...replica.decisions.keys()]).toEqual(['1', '2'])
    expect(replica).toMatchObject({ seq: 7, snapshots: 2, at: Date.parse(AT), receivedAt: 5 })
  })

  test('in the middle of a frame starts over, and what follows it counts', () => {
    const replica = apply(
      EMPTY_REPLICA,
      snapshot({ positions: [position('A')] }),
      changes(2, { topic: 'positions', key: 'B', value: position('B') }),
      snapshot({ positions: [position('C')] }, 3),
      changes(4, { topic: 'positions', key: 'D', value: position('D') }),
    )
    expect([...replica.positions.keys()]).toEqual(['C', 'D'])
    expect(replica.seq).toBe(4)
  })
})

describe('changes', () => {
  const before = apply(EMPTY_REPLICA, snapshot({ positions: [position('B'), position('A')], orders: [], trades: [] }))

  test('replace one row in its place, and leave every other object as it was', () => {
    const after = apply(before, changes(2, { topic: 'positions', key: 'A', value: position('A', '9') }))
    expect([...after.positions.keys()]).toEqual(['A', 'B'])
    expect(after.positions.get('A')?.unrealised).toBe('9')
    expect(after.positions.get('B')).toBe(before.positions.get('B'))
    expect(after.orders).toBe(before.orders)
    expect(before.positions.get('A')?.unrealised).toBe('1')
  })

  test('a ranking that is told is counted, a message without one is not', () => {
    const ranked = { ...changes(2), rankings: { symbols_added: [], packed: '' } } as LiveMessage
    expect(apply(before, ranked).rankings).toBe(before.rankings + 1)
    expect(apply(before, changes(2)).rankings).toBe(before.rankings)
  })

  test('what MSC asks for and how the station is are replaced whole', () => {
    const msc = { status: 'active', advised: 'NORMAL' }
    const after = apply(before, changes(2, { topic: 'msc', key: '', value: msc }))
    expect(after.msc).toEqual(msc)
    expect(apply(after, snapshot({ msc: { ...msc, advised: null } as LiveState['msc'] })).msc?.advised).toBeNull()
    expect(apply(after, snapshot({})).msc).toBeNull()
  })

  test('null removes', () => {
    const after = apply(before, changes(2, { topic: 'positions', key: 'A', value: null }))
    expect([...after.positions.keys()]).toEqual(['B'])
  })

  test('single values are replaced, null among them', () => {
    const usage = { slots: 1 }
    const with1 = apply(before, changes(2, { topic: 'usage', key: '', value: usage }))
    expect(with1.usage).toBe(usage)
    expect(apply(with1, changes(3, { topic: 'usage', key: '', value: null })).usage).toBeNull()
  })

  test('ten thousand decisions in a burst leave the latest, and no more than are kept', () => {
    const burst = Array.from({ length: 10_000 }, (_, n) => ({
      topic: 'decisions',
      key: `d${n}`,
      value: decision(`d${n}`),
    }))
    const after = apply(before, changes(2, ...burst))
    expect(after.decisions.size).toBe(MOST_ROWS.decisions)
    expect([...after.decisions.keys()].at(-1)).toBe('d9999')
  })
})
