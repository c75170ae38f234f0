/** A start that takes its time says how far it is: on a terminal in one line, in a pipe now and then. */
import { expect, it } from 'vitest'

import { pastLine } from '../../src/headless/cli/past-line.ts'

/** 40 symbols, one each second; what has been written. */
function read(isTTY: boolean, until = 40): string[] {
  const written: string[] = []
  let now = 1_000_000
  const progress = pastLine({ isTTY, write: (text) => written.push(text) }, () => now)
  for (let done = 0; done <= until; done++, now += 1000) progress({ done, of: 40 })
  return written
}

it('in a pipe: a line every ten seconds, with what is left at this pace', () => {
  expect(read(false).join('')).toBe(
    [
      'reading the past of 40 symbols: 10/40, about 30 s left\n',
      'reading the past of 40 symbols: 20/40, about 20 s left\n',
      'reading the past of 40 symbols: 30/40, about 10 s left\n',
    ].join(''),
  )
})

it('on a terminal: each takes the place of the one before, and none is left at the end', () => {
  const [first, second, ...rest] = read(true)
  expect(first).toBe('reading the past of 40 symbols: 1/40, about 40 s left\n')
  expect(second).toBe('\u{1B}[1A\r\u{1B}[2Kreading the past of 40 symbols: 2/40, about 40 s left\n')
  expect(rest.at(-1)).toBe('\u{1B}[1A\r\u{1B}[2K')
})

it('one that breaks off leaves its last words as a line of their own', () => {
  expect(read(true, 3).at(-1)).toMatch(/3\/40, about 40 s left\n$/)
})

it('far ahead in minutes; what is done at once is not told at all', () => {
  const written: string[] = []
  const times = [0, 0, 20_000, 20_001]
  const progress = pastLine({ write: (text) => written.push(text) }, () => times.shift() ?? 0)
  for (const done of [0, 1, 50, 500]) progress({ done, of: 500 })
  expect(written).toEqual(['reading the past of 500 symbols: 50/500, about 3 min left\n', ''])
  written.length = 0
  const atOnce = pastLine({ isTTY: true, write: (text) => written.push(text) }, () => 5)
  for (const done of [0, 1, 2]) atOnce({ done, of: 2 })
  expect(written.join('')).toBe('')
})
