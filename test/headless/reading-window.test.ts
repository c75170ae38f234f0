/** A reader gets no more than a window full before it has said that it took what went before. */
import { EventEmitter } from 'node:events'

import { expect, test } from 'vitest'

import { ReadingWindow } from '../../src/headless/reading-window.ts'

const QUARTER = 16 * 1024

class Line extends EventEmitter {
  pings = 0

  ping(): void {
    this.pings++
  }
}

/** What was let through so far. */
function watched(promise: Promise<void>): { isOver: boolean } {
  const seen = { isOver: false }
  void promise.then(() => (seen.isOver = true))
  return seen
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('the reader is asked at a full window, once, and then waited for', async () => {
  const line = new Line()
  const window = new ReadingWindow(line as never)
  for (let sent = 0; sent < 3; sent++) await window.sent(QUARTER)
  expect(line.pings).toBe(0)
  const fourth = watched(window.sent(QUARTER))
  const fifth = watched(window.sent(QUARTER))
  await turn()
  expect([line.pings, fourth.isOver, fifth.isOver]).toEqual([1, false, false])

  line.emit('pong')
  await turn()
  expect([fourth.isOver, fifth.isOver]).toEqual([true, true])
  await window.sent(QUARTER)
  expect(line.pings).toBe(1)
})

test('a line that breaks lets go of everything that waits', async () => {
  const line = new Line()
  const window = new ReadingWindow(line as never)
  const waiting = watched(window.sent(10 * QUARTER))
  line.emit('close')
  await turn()
  expect(waiting.isOver).toBe(true)
})
