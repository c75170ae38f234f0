/** Requests that come all at once leave the station its turn between them, keep their order, and never wait for a slow one. */
import { describe, expect, it } from 'vitest'

import { Turnstile } from '../../src/headless/turnstile.ts'

/** Keeps the thread, as the work of a request does. */
function work(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

describe('the turnstile', () => {
  it('lets everybody in, in order', async () => {
    const turnstile = new Turnstile(1)
    const seen: number[] = []
    await Promise.all(Array.from({ length: 50 }, (_, index) => turnstile.enter().then(() => seen.push(index))))
    expect(seen).toEqual(Array.from({ length: 50 }, (_, index) => index))
  })

  it('of many at once gives the rest of the station a turn after each slice', async () => {
    const turnstile = new Turnstile(1)
    let served = 0
    const servedAtTurns: number[] = []
    const watch = (): void => {
      servedAtTurns.push(served)
      if (served < 20) setImmediate(watch)
    }
    setImmediate(watch)
    const one = async (): Promise<void> => {
      await turnstile.enter()
      work(1)
      served++
    }
    await Promise.all(Array.from({ length: 20 }, one))
    const steps = servedAtTurns.map((count, turn) => count - (servedAtTurns[turn - 1] ?? 0))
    expect(Math.max(...steps)).toBeLessThanOrEqual(2)
    expect(servedAtTurns.length).toBeGreaterThan(10)
  })

  it('goes on while somebody inside waits, and after everybody has left', async () => {
    const turnstile = new Turnstile(1)
    let release = (): void => undefined
    const slow = turnstile.enter().then(() => new Promise<void>((resolve) => (release = resolve)))
    await turnstile.enter()
    await turnstile.enter()
    release()
    await slow
    await turnstile.enter()
  })
})
