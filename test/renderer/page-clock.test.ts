/** Ages on the page: a machine's clock that jumps makes nothing look fresher than it is. */
import { expect, test } from 'vitest'

import { PageClock } from '../../src/renderer/link/page-clock.ts'

function clockAt(wall: number): { readonly clock: PageClock; step: (wallMs: number, ticksMs?: number) => number } {
  let [at, ticks] = [wall, 0]
  const clock = new PageClock(
    () => at,
    () => ticks,
  )
  return {
    clock,
    step(wallMs, ticksMs = wallMs) {
      at += wallMs
      ticks += ticksMs
      return clock.now()
    },
  }
}

test('runs with the machine', () => {
  const { step } = clockAt(1_000_000)
  expect(step(0)).toBe(1_000_000)
  expect(step(40)).toBe(1_000_040)
  expect(step(60_000)).toBe(1_060_040)
})

test('set back by an hour, and again by a day, it runs on', () => {
  const { step } = clockAt(100_000_000)
  expect(step(-3_600_000 + 1000, 1000)).toBe(100_001_000)
  expect(step(1000)).toBe(100_002_000)
  expect(step(-86_400_000 + 500, 500)).toBe(100_002_500)
})

test('set forward, or asleep meanwhile, it goes along: what is shown is that much older', () => {
  const { step } = clockAt(1_000_000)
  expect(step(3_600_000, 5)).toBe(4_600_000)
})

test('a slow correction of the machine’s clock is followed', () => {
  const { step } = clockAt(1_000_000)
  let now = 0
  for (let second = 0; second < 600; second++) now = step(999, 1000)
  expect(now).toBe(1_000_000 + 599_400)
})
