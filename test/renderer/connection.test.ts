/** The link: it comes back after every kind of loss, and says where it stands. */
import { beforeEach, describe, expect, test, vi } from 'vitest'

import type { LiveMessage } from '../../src/contract/live.ts'
import { backOffMs } from '../../src/renderer/link/back-off.ts'
import type { StationClient } from '../../src/renderer/link/client.ts'
import { Connection } from '../../src/renderer/link/connection.ts'
import type { LinkState } from '../../src/renderer/link/link-state.ts'
import type { ClosedWhy, Transport } from '../../src/renderer/link/transport.ts'

const MESSAGE = { kind: 'snapshot', seq: 1, at: '2026-01-01T00:00:00Z', state: {} } as LiveMessage

/** A wire whose other end is the test. */
class Wire implements Transport {
  readonly link = { call: () => Promise.reject(new Error('not used')) }
  #listener: (why: ClosedWhy) => void = () => undefined
  isClosed = false
  onClosed(listener: (why: ClosedWhy) => void): void {
    this.#listener = listener
  }
  close(): void {
    this.cut('gone')
  }
  cut(why: ClosedWhy): void {
    this.isClosed = true
    this.#listener(why)
  }
}

interface Stage {
  readonly connection: Connection
  readonly states: LinkState[]
  readonly wires: Wire[]
  readonly watches: () => number
  /** false from now on: every message is one too many */
  accepts: boolean
  neverAccepts: boolean
  opens: boolean
  isAnswering: boolean
}

function stage(): Stage {
  let watches = 0
  const states: LinkState[] = []
  const wires: Wire[] = []
  async function* messages(wire: Wire | undefined) {
    yield MESSAGE
    await vi.waitUntil(() => wire?.isClosed === true, { timeout: 1e9, interval: 100 })
    throw new Error('the wire is gone')
  }
  const client = {
    station: {
      watch: () => {
        watches++
        return Promise.resolve(messages(wires.at(-1)))
      },
      health: () => (set.isAnswering ? Promise.resolve({}) : Promise.reject(new Error('timeout'))),
    },
  } as unknown as StationClient
  const connection = new Connection({
    open: () => {
      if (!set.opens) return Promise.reject(new Error('nobody there'))
      const wire = new Wire()
      wires.push(wire)
      return Promise.resolve(wire)
    },
    station: client,
    take: () => undefined,
    topics: [],
    apply: () => !set.neverAccepts && (set.accepts || watches > 1),
    tell: (state) => states.push(state),
    answered: () => undefined,
  })
  const set: Stage = {
    connection,
    states,
    wires,
    watches: () => watches,
    accepts: true,
    neverAccepts: false,
    opens: true,
    isAnswering: true,
  }
  return set
}

const phases = ({ states }: Stage): string[] => states.map(({ phase }) => phase)

beforeEach(() => {
  vi.useFakeTimers()
})

describe('the link', () => {
  test('is live with the first message', async () => {
    const set = stage()
    set.connection.start()
    await vi.advanceTimersByTimeAsync(10)
    expect(phases(set)).toEqual(['live'])
  })

  test('tries until the station is there, and waits longer each time', async () => {
    const set = stage()
    set.opens = false
    set.connection.start()
    await vi.advanceTimersByTimeAsync(8000)
    const lost = set.states.filter((state) => state.phase === 'lost')
    expect(lost.length).toBeGreaterThan(3)
    expect(lost.map(({ attempt }) => attempt)).toEqual(lost.map((_, index) => index + 1))
    expect(new Set(lost.map(({ since }) => since)).size).toBe(1)
    set.opens = true
    await vi.advanceTimersByTimeAsync(12_000)
    expect(phases(set).at(-1)).toBe('live')
  })

  test('comes back after a cut', async () => {
    const set = stage()
    set.connection.start()
    await vi.advanceTimersByTimeAsync(10)
    set.wires[0]?.cut('gone')
    await vi.advanceTimersByTimeAsync(1000)
    expect(phases(set)).toEqual(['live', 'lost', 'live'])
    expect(set.wires).toHaveLength(2)
  })

  test('a wire that is open but dead is cut and replaced', async () => {
    const set = stage()
    set.connection.start()
    await vi.advanceTimersByTimeAsync(10)
    set.isAnswering = false
    await vi.advanceTimersByTimeAsync(2500)
    set.isAnswering = true
    await vi.advanceTimersByTimeAsync(3000)
    expect(phases(set)).toEqual(['live', 'lost', 'live'])
  })

  test('a missing message means a new subscription over the same wire', async () => {
    const set = stage()
    set.accepts = false
    set.connection.start()
    await vi.advanceTimersByTimeAsync(10)
    expect(set.watches()).toBe(2)
    expect(set.wires).toHaveLength(1)
    expect(phases(set)).toEqual(['live'])
  })

  test('subscriptions that tell nothing usable: the wire is left, and the waits grow', async () => {
    const set = stage()
    set.neverAccepts = true
    set.connection.start()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(set.watches()).toBeLessThan(40)
    expect(set.wires.length).toBeGreaterThan(3)
    expect(phases(set)).not.toContain('live')
    set.neverAccepts = false
    await vi.advanceTimersByTimeAsync(12_000)
    expect(phases(set).at(-1)).toBe('live')
  })

  test('started over, it opens another wire', async () => {
    const set = stage()
    set.connection.start()
    await vi.advanceTimersByTimeAsync(10)
    set.connection.startOver()
    await vi.advanceTimersByTimeAsync(1000)
    expect(phases(set)).toEqual(['live', 'lost', 'live'])
    expect(set.wires).toHaveLength(2)
  })

  test('wires that break again and again at once are waited for ever longer, after a steady one not', async () => {
    const set = stage()
    set.connection.start()
    const attempts = (): number[] => set.states.flatMap((state) => (state.phase === 'lost' ? [state.attempt] : []))
    for (let times = 0; times < 3; times++) {
      await vi.advanceTimersByTimeAsync(4000)
      set.connection.startOver()
    }
    expect(attempts()).toEqual([1, 2, 3])
    await vi.advanceTimersByTimeAsync(25_000)
    set.connection.startOver()
    expect(attempts().at(-1)).toBe(1)
  })

  test('asked again and again while it tries, it opens one wire', async () => {
    const set = stage()
    set.opens = false
    set.connection.start()
    await vi.advanceTimersByTimeAsync(10)
    set.opens = true
    for (let times = 0; times < 5; times++) set.connection.retryNow()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(set.wires).toHaveLength(1)
    expect(phases(set).at(-1)).toBe('live')
  })

  test('signed out, it does not knock again until a person asks', async () => {
    const set = stage()
    set.connection.start()
    await vi.advanceTimersByTimeAsync(10)
    set.wires[0]?.cut('signed-out')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(phases(set)).toEqual(['live', 'signed-out'])
    set.connection.retryNow()
    await vi.advanceTimersByTimeAsync(10)
    expect(phases(set).at(-1)).toBe('live')
  })
})

test('waits double up to a bound, and are spread', () => {
  expect([0, 1, 2, 3].map((attempt) => backOffMs(attempt, 0))).toEqual([200, 400, 800, 1600])
  expect(backOffMs(50, 0.999)).toBeLessThanOrEqual(10_000)
  expect(backOffMs(3, 0.9)).toBeGreaterThan(backOffMs(3, 0.1))
})
