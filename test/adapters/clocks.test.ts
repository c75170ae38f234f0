/** Virtual time wakes in order, at any speed, and loses neither a wake nor an error; the real clock keeps the same port. */
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { RealClock } from '../../src/adapters/system/real-clock.ts'
import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'

const START = 1_700_000_000_000

describe('the virtual clock', () => {
  it('wakes in order of time, then of asking, and shows the time of the wake', () => {
    const clock = new VirtualClock({ startAt: START })
    const seen: string[] = []
    clock.at(START + 20, () => seen.push(`c@${clock.now() - START}`))
    clock.at(START + 10, () => seen.push(`a@${clock.now() - START}`))
    clock.at(START + 10, () => seen.push(`b@${clock.now() - START}`))
    clock.advanceTo(START + 15)
    expect(seen).toEqual(['a@10', 'b@10'])
    expect(clock.now()).toBe(START + 15)
    clock.advanceTo(START + 20)
    expect(seen).toEqual(['a@10', 'b@10', 'c@20'])
  })

  it('equals a sorted list for any times, cancels and wakes that ask again', () => {
    const wish = fc.record({
      delay: fc.integer({ min: -5, max: 50 }),
      cancel: fc.boolean(),
      again: fc.integer({ min: 0, max: 30 }),
    })
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 600 }), (wishes) => {
        const clock = new VirtualClock({ startAt: START })
        const seen: number[] = []
        const expected: { time: number; name: number }[] = []
        const cancels = wishes.map(({ delay, again }, name) =>
          clock.at(START + delay, () => {
            seen.push(name)
            if (again > 0) clock.at(clock.now() + again, () => seen.push(name + 10_000))
          }),
        )
        const kept = wishes.map((each, name) => ({ ...each, name })).filter(({ cancel }) => !cancel)
        for (const [name, cancel] of cancels.entries()) if (wishes[name]?.cancel === true) cancel()
        const first = kept
          .map(({ delay, name }) => ({ time: Math.max(delay, 0), name }))
          .sort((a, b) => a.time - b.time)
        const second = first
          .map(({ time, name }) => ({
            time: time + (wishes[name]?.again ?? 0),
            name: name + 10_000,
            again: wishes[name]?.again ?? 0,
          }))
          .filter(({ again }) => again > 0)
        expected.push(...[...first, ...second].sort((a, b) => a.time - b.time))
        clock.advanceTo(START + 100)
        expect(seen).toEqual(expected.map(({ name }) => name))
      }),
      { numRuns: 60 },
    )
  })

  it('wakes at once, but never from inside the asking, when the time has passed', () => {
    const clock = new VirtualClock({ startAt: START })
    let woken = 0
    clock.at(START - 5000, () => (woken = clock.now()))
    expect(woken).toBe(0)
    clock.advanceTo(START)
    expect(woken).toBe(START)
    expect(() => clock.at(Number.NaN, () => undefined)).toThrow(/finite/u)
    expect(() => clock.advanceTo(START - 1)).toThrow(/already/u)
  })

  it('runs at max speed to the end, giving the doors their turn in between', async () => {
    const clock = new VirtualClock({ startAt: START, speed: 'max', sliceMs: 0 })
    let ticks = 0
    let turns = 0
    const tick = (): void => {
      if (++ticks < 500) clock.at(clock.now() + 60_000, tick)
    }
    const door = (): void => {
      turns++
      if (ticks < 500) setImmediate(door)
    }
    clock.at(START, tick)
    setImmediate(door)
    await clock.run()
    expect(clock.now()).toBe(START + 499 * 60_000)
    expect(turns).toBeGreaterThan(100)
  })

  it('rejects the run with the error of a wake, or tells it and goes on', async () => {
    const failing = new VirtualClock({ startAt: START })
    failing.at(START + 1, () => {
      throw new Error('strategy broke')
    })
    await expect(failing.run()).rejects.toThrow('strategy broke')

    const errors: unknown[] = []
    const going = new VirtualClock({ startAt: START, onError: (error) => errors.push(error) })
    let later = false
    going.at(START + 1, () => {
      throw new Error('told')
    })
    going.at(START + 2, () => (later = true))
    await going.run()
    expect(errors).toEqual([new Error('told')])
    expect(later).toBe(true)

    const stepped = new VirtualClock({ startAt: START })
    stepped.at(START, () => {
      throw new Error('thrown here')
    })
    expect(() => stepped.advanceTo(START)).toThrow('thrown here')
  })

  it('stops from inside a wake and leaves the rest unwoken', async () => {
    const clock = new VirtualClock({ startAt: START })
    let after = false
    clock.at(START + 1, () => clock.stop())
    clock.at(START + 1, () => (after = true))
    await clock.run()
    expect(after).toBe(false)
    await clock.run()
    expect(after).toBe(true)
  })

  it('stays while something holds it, and takes what is asked from outside', async () => {
    const clock = new VirtualClock({ startAt: START })
    const letGo = clock.hold()
    const run = clock.run()
    await new Promise((resolve) => setImmediate(resolve))
    let woken = false
    clock.at(START + 5, () => {
      woken = true
      letGo()
    })
    await run
    expect(woken).toBe(true)
  })

  it('does not reach a time that is held, and goes on from there in the same order', async () => {
    const clock = new VirtualClock({ startAt: START })
    const seen: string[] = []
    const letGo = clock.holdAt(START + 10)
    const letGoLater = clock.holdAt(START + 15)
    clock.at(START + 9, () => seen.push('before'))
    clock.at(START + 10, () => seen.push('at it'))
    clock.at(START + 10, () => seen.push('at it, asked later'))
    clock.at(START + 20, () => seen.push('after'))
    const run = clock.run()
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(seen).toEqual(['before'])
    expect(clock.now()).toBe(START + 9)
    letGo()
    letGo()
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(seen).toEqual(['before', 'at it', 'at it, asked later'])
    letGoLater()
    await run
    expect(seen.at(-1)).toBe('after')
  })

  it('does not end while it is held, nor is it stepped past that', async () => {
    const clock = new VirtualClock({ startAt: START })
    const letGo = clock.holdAt(START + 10)
    expect(() => clock.advanceTo(START + 10)).toThrow(/held/u)
    clock.advanceTo(START + 9)
    let ended = false
    const run = clock.run().then(() => (ended = true))
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(ended).toBe(false)
    letGo()
    await run
    expect(ended).toBe(true)
  })

  it('refuses a speed out of range', () => {
    const clock = new VirtualClock({ startAt: START })
    for (const speed of [0, 0.5, 1001, Number.NaN, Infinity])
      expect(() => clock.setSpeed(speed)).toThrow(/1…1000 or max/u)
  })
})

describe('paced virtual time', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function wakesEverySecond(speed: number) {
    const clock = new VirtualClock({ startAt: START, speed })
    const seen: number[] = []
    const tick = (): void => {
      seen.push((clock.now() - START) / 1000)
      clock.at(clock.now() + 1000, tick)
    }
    clock.at(START + 1000, tick)
    const run = clock.run()
    return { clock, seen, run }
  }

  it('passes as many seconds as the speed says, and none while paused', async () => {
    const { clock, seen, run } = wakesEverySecond(10)
    await vi.advanceTimersByTimeAsync(1005)
    expect(seen.length).toBe(10)
    clock.setPaused(true)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(seen.length).toBe(10)
    clock.setPaused(false)
    await vi.advanceTimersByTimeAsync(1005)
    expect(seen.length).toBe(20)
    clock.setSpeed(1)
    await vi.advanceTimersByTimeAsync(3005)
    expect(seen).toEqual(Array.from({ length: 23 }, (_, index) => index + 1))
    clock.stop()
    await run
  })

  it('keeps a pace that a wake sets from that wake on', async () => {
    const clock = new VirtualClock({ startAt: START, speed: 'max' })
    const wake = (second: number): void => {
      clock.at(START + second * 1000, () => {
        if (second === 3) clock.setSpeed(1)
        wake(second + 1)
      })
    }
    wake(1)
    const run = clock.run()
    await vi.advanceTimersByTimeAsync(500)
    expect(clock.now()).toBe(START + 3500)
    clock.stop()
    await run
  })

  it('lets time go by between wakes, but never past the next one', async () => {
    const clock = new VirtualClock({ startAt: START, speed: 2 })
    clock.at(START + 10_000, () => undefined)
    const run = clock.run()
    await vi.advanceTimersByTimeAsync(1000)
    expect(clock.now()).toBe(START + 2000)
    await vi.advanceTimersByTimeAsync(10_000)
    await run
    expect(clock.now()).toBe(START + 10_000)
  })

  it('stands still before a time that is held, and then catches up', async () => {
    const { clock, seen, run } = wakesEverySecond(1)
    const letGo = clock.holdAt(START + 2000)
    await vi.advanceTimersByTimeAsync(2900)
    expect(seen).toEqual([1])
    expect(clock.now()).toBe(START + 1999)
    letGo()
    await vi.advanceTimersByTimeAsync(105)
    expect(seen).toEqual([1, 2, 3])
    clock.stop()
    await run
  })

  it('goes on from where it stood after a suspend instead of racing to catch up', async () => {
    const { clock, seen, run } = wakesEverySecond(1)
    await vi.advanceTimersByTimeAsync(1005)
    vi.setSystemTime(Date.now() + 3_600_000)
    const real = performance.now.bind(performance)
    const jumped = vi.spyOn(performance, 'now').mockImplementation(() => real() + 3_600_000)
    await vi.advanceTimersByTimeAsync(2005)
    expect(seen.length).toBeLessThanOrEqual(4)
    jumped.mockRestore()
    clock.stop()
    await run
  })
})

describe('the real clock', () => {
  beforeEach(() => void vi.useFakeTimers({ now: START }))
  afterEach(() => void vi.useRealTimers())

  it('wakes in order and sleeps at most 30 s at once', async () => {
    const sleeps = vi.spyOn(globalThis, 'setTimeout')
    const clock = new RealClock()
    const seen: string[] = []
    clock.at(START + 90_000, () => seen.push('late'))
    clock.at(START + 1000, () => seen.push('b'))
    clock.at(START + 1000, () => seen.push('c'))
    clock.at(START, () => seen.push('a'))
    clock.at(START + 2000, () => seen.push('never'))()
    await vi.advanceTimersByTimeAsync(89_999)
    expect(seen).toEqual(['a', 'b', 'c'])
    await vi.advanceTimersByTimeAsync(1)
    expect(seen).toEqual(['a', 'b', 'c', 'late'])
    expect(Math.max(...sleeps.mock.calls.map(([, wait]) => wait ?? 0))).toBe(30_000)
    sleeps.mockRestore()
  })

  it('cannot be held', async () => {
    const clock = new RealClock()
    let woken = false
    clock.holdAt()
    clock.at(START + 5, () => (woken = true))
    await vi.advanceTimersByTimeAsync(5)
    expect(woken).toBe(true)
  })

  it('tells an error and wakes the others; forgets everything when closed', async () => {
    const errors: unknown[] = []
    const clock = new RealClock((error) => errors.push(error))
    const seen: string[] = []
    clock.at(START + 1, () => {
      throw new Error('broke')
    })
    clock.at(START + 1, () => seen.push('other'))
    await vi.advanceTimersByTimeAsync(5)
    expect(errors).toEqual([new Error('broke')])
    expect(seen).toEqual(['other'])
    clock.at(START + 10, () => seen.push('closed'))
    clock.close()
    await vi.advanceTimersByTimeAsync(100)
    expect(seen).toEqual(['other'])
  })
})
