/** Spans in their two largest units, and moments in UTC for the hover. */
import { expect, test } from 'vitest'

import { formatSpan, utcClock, utcText } from '../../src/renderer/widgets/format-time.ts'

const said = (ms: number): string => formatSpan(ms).replaceAll('\u202F', ' ')

test.each([
  [0, '0.0 s'],
  [-50, '0.0 s'],
  [240, '0.2 s'],
  [19_400, '19 s'],
  [1_529_000, '25 m 29 s'],
  [7_560_000, '2 h 06 m'],
  [532_800_000, '6 d 4 h'],
])('%i ms is %s', (ms, text) => {
  expect(said(ms)).toBe(text)
})

test('UTC is told whole on hover', () => {
  const at = Date.UTC(2026, 8, 18, 12, 4, 31)
  expect(utcText(at)).toBe('2026-09-18 12:04:31 UTC')
  expect(utcClock(at)).toBe('12:04:31')
})
