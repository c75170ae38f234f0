/** The contract canary's desk: nothing is opened before it has looked and while it finds something; each finding is an alert. */
import { describe, expect, it } from 'vitest'

import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import type { ClientOrderId } from '../../src/core/model/ids.ts'
import type { ContractFinding } from '../../src/core/ports/link.ts'
import type { RejectionCode } from '../../src/core/ports/venue.ts'
import { AlertDesk } from '../../src/station/alert-desk.ts'
import { CanaryDesk } from '../../src/station/canary-desk.ts'
import { CANARY_SETTINGS } from '../../src/station/canary-settings.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
const START = 1_700_000_000_000

function staged(hasCanary = true) {
  const clock = new VirtualClock({ startAt: START })
  const looks: string[][] = []
  const world: { findings: ContractFinding[]; isSilent: boolean } = { findings: [], isSilent: false }
  const alerts = new AlertDesk({
    journal: { write: () => undefined },
    announcer: { publish: () => undefined, touch: () => undefined },
    clock,
    log: { warn: () => undefined },
  })
  const checkContract = (symbols: readonly string[]) => {
    looks.push([...symbols])
    return world.isSilent ? Promise.reject(new Error('no answer')) : Promise.resolve([...world.findings])
  }
  const desk = new CanaryDesk({
    clock,
    venue: hasCanary ? { checkContract } : {},
    alerts,
    settings: CANARY_SETTINGS,
    symbols: () => ['BTCUSDT'],
    settle: () => undefined,
  })
  const goOn = async (ms: number): Promise<void> => {
    clock.advanceTo(clock.now() + ms)
    await Promise.resolve()
    await Promise.resolve()
  }
  const refuse = (code: RejectionCode): void =>
    desk.onReport({ kind: 'rejected', clientOrderId: 'a' as ClientOrderId, code, message: '', at: clock.now() })
  const start = (): Promise<void> => {
    desk.start()
    return goOn(0)
  }
  return { clock, looks, world, alerts, desk, goOn, refuse, start }
}

const DRIFT: ContractFinding[] = [
  { about: 'rules', message: 'no filter LOT_SIZE' },
  { about: 'fees', message: 'the taker fee is 0.01' },
]

describe('the canary’s desk', () => {
  it('a venue without a contract has none', async () => {
    const { desk, start, looks } = staged(false)
    await start()
    expect([desk.entriesOff, desk.last, looks]).toEqual([null, null, []])
  })

  it('looks at start and every hour; entries wait for the first look', async () => {
    const { desk, start, looks, goOn } = staged()
    expect(desk.entriesOff).toBe('what the station relies on at the exchange is not checked yet')
    await start()
    expect(desk.entriesOff).toBeNull()
    expect(desk.last).toEqual({ at: START, findings: [] })
    await goOn(HOUR - 1)
    expect(looks).toEqual([['BTCUSDT']])
    await goOn(1)
    expect(looks).toHaveLength(2)
  })

  it('what it finds turns entries off and stands as alerts, until it is well again', async () => {
    const { desk, start, world, alerts, goOn } = staged()
    await start()
    world.findings = DRIFT
    await goOn(HOUR)
    expect(desk.entriesOff).toBe('the exchange is not as the station relies on: no filter LOT_SIZE (and 1 more)')
    expect(alerts.standing.map(({ severity, code, about }) => [severity, code, about])).toEqual([
      ['critical', 'exchange_contract', 'rules'],
      ['critical', 'exchange_contract', 'fees'],
    ])
    world.findings = DRIFT.slice(1)
    await goOn(CANARY_SETTINGS.againMs)
    expect(alerts.standing.map(({ about }) => about)).toEqual(['fees'])
    world.findings = []
    await goOn(CANARY_SETTINGS.againMs)
    expect([desk.entriesOff, alerts.standing]).toEqual([null, []])
  })

  it('an alert of before a restart ends when the first look finds nothing', async () => {
    const { desk, start, alerts } = staged()
    alerts.raise({ severity: 'critical', code: 'exchange_contract', message: 'of before', about: 'rules' })
    alerts.raise({ severity: 'warning', code: 'something_else', message: 'stays', about: '' })
    await start()
    expect(desk.entriesOff).toBeNull()
    expect(alerts.standing.map(({ code }) => code)).toEqual(['something_else'])
  })

  it('an exchange that cannot be asked is asked again soon, and the last word stands until then', async () => {
    const { desk, start, world, goOn, looks } = staged()
    world.isSilent = true
    await start()
    expect(desk.entriesOff).toContain('not checked yet')
    world.isSilent = false
    await goOn(CANARY_SETTINGS.retryMs)
    expect(desk.entriesOff).toBeNull()
    world.isSilent = true
    await goOn(HOUR)
    await goOn(CANARY_SETTINGS.retryMs)
    expect(looks).toHaveLength(4)
    expect(desk.entriesOff).toBeNull()
  })

  it('an order refused for a reason nobody foresaw brings a look, but not again and again', async () => {
    const { start, looks, goOn, refuse } = staged()
    await start()
    refuse('OTHER')
    expect(looks).toHaveLength(1)
    await goOn(MINUTE)
    refuse('FILTER')
    expect(looks).toHaveLength(1)
    refuse('OTHER')
    refuse('OTHER')
    expect(looks).toHaveLength(2)
  })

  it('stopped, it looks no more', async () => {
    const { desk, start, looks, goOn } = staged()
    await start()
    desk.stop()
    await goOn(2 * HOUR)
    expect(looks).toHaveLength(1)
  })
})
