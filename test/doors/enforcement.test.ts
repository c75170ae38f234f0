/**
 * From a policy change over HTTP to its enforcement: once the answer to a switch to DEFENSIVE is there, no order that breaks
 * the new limits leaves until the next switch is asked for, under 1000 signals per second of the station's clock.
 */
import { expect, it } from 'vitest'

import type { RiskMode } from '../../src/core/policy/policy.ts'
import { serveHeadless } from '../../src/headless/serve.ts'
import { addToken } from '../../src/headless/tokens.ts'
import { faultsOf, openStorm } from '../fixtures/signal-storm.ts'

const ROUND: readonly RiskMode[] = ['DEFENSIVE', 'AGGRESSIVE', 'DEFENSIVE', 'NORMAL']
const SWITCHES = 40
/** entries that leave between two switches, so that each mode is in force under load */
const ENTRIES_BETWEEN = 4

it('nothing that breaks the limits leaves once the answer is there', async () => {
  // while a looser mode is on its way, it may be in force already
  let bound: RiskMode = 'AGGRESSIVE'
  const storm = await openStorm(12, () => bound)
  const quiet = (): void => undefined
  const door = await serveHeadless({
    facade: storm.facade,
    tokens: storm.tokens,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    port: 0,
  })
  const authorization = `Bearer ${addToken(storm.tokens, 'storm', 'control', 0)}`
  storm.facade.setPaused(false)
  try {
    for (let step = 0; step < SWITCHES; step++) {
      const next = ROUND[step % ROUND.length]!
      if (next !== 'DEFENSIVE') bound = 'AGGRESSIVE'
      const answer = await fetch(`${door.address}/api/policy/risk_mode/${next}`, {
        method: 'POST',
        headers: { authorization },
      })
      expect(answer.status).toBe(200)
      bound = next
      const left = storm.departures.length
      await expect
        .poll(() => storm.departures.length - left, { interval: 1, timeout: 20_000 })
        .toBeGreaterThan(ENTRIES_BETWEEN)
    }
  } finally {
    storm.facade.setPaused(true)
    await door.close()
    await storm.stop()
  }
  expect(storm.departures.flatMap(faultsOf).slice(0, 10)).toEqual([])
  const defensive = storm.departures.filter(({ under }) => under === 'DEFENSIVE')
  expect(defensive.length).toBeGreaterThan((SWITCHES / 2) * ENTRIES_BETWEEN)
  const loose = storm.departures.filter((each) => faultsOf({ ...each, under: 'DEFENSIVE' }).length > 0)
  expect(loose.length).toBeGreaterThan(20)
}, 120_000)
