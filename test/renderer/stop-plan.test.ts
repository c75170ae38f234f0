/** What stays when trading is stopped, in words. */
import { expect, test } from 'vitest'

import { keepsText } from '../../src/renderer/frame/stop-plan.ts'

test('positions are kept with their stops, and it is said when they have none', () => {
  const plan = { restingCount: 0, resting: '' }
  expect(keepsText({ ...plan, open: 0, heldStops: 0 })).toBe('nothing is open')
  expect(keepsText({ ...plan, open: 1, heldStops: 1 })).toBe('1 position and its 1 stop')
  expect(keepsText({ ...plan, open: 3, heldStops: 2 })).toBe('3 positions and their 2 stops')
  expect(keepsText({ ...plan, open: 1, heldStops: 0 })).toBe('1 position, without a stop')
})
