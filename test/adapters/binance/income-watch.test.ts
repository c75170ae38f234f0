/** Movements of the wallet: each told once, however often and late the list shows it, and nothing is remembered for ever. */
import { describe, expect, it } from 'vitest'

import { IncomeWatch } from '../../../src/adapters/binance/income-watch.ts'
import type { Request, Rest } from '../../../src/adapters/binance/rest.ts'
import { BINANCE_SETTINGS } from '../../../src/adapters/binance/settings.ts'
import { VirtualClock } from '../../../src/adapters/system/virtual-clock.ts'
import type { Income } from '../../../src/core/ports/venue.ts'

const HOUR = 3_600_000
const START = Date.UTC(2026, 0, 5)

interface Row {
  readonly symbol: string
  readonly incomeType: string
  readonly income: string
  readonly asset: string
  readonly time: number
  readonly tranId: string
}

function staged() {
  const clock = new VirtualClock({ startAt: START })
  const rows: Row[] = []
  let looks = 0
  const call = ({ params }: Request): Promise<unknown> => {
    looks++
    const from = Number(params?.['startTime'])
    return Promise.resolve(rows.filter(({ time }) => time >= from))
  }
  const told: Income[] = []
  const watch = new IncomeWatch({
    rest: { call } as unknown as Rest,
    clock,
    settings: BINANCE_SETTINGS,
    tell: (income) => told.push(income),
    problem: (message) => expect(message).toBe(''),
  })
  watch.start()
  clock.advanceTo(START + 1_000)
  const fund = (id: number, time = clock.now()): void =>
    void rows.push({
      symbol: 'BTCUSDT',
      incomeType: 'FUNDING_FEE',
      income: '-0.5',
      asset: 'USDT',
      time,
      tranId: String(id),
    })
  const goOn = async (ms: number, step = 500): Promise<void> => {
    for (let gone = 0; gone < ms; gone += step) {
      clock.advanceTo(clock.now() + step)
      for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    }
  }
  return { watch, told, fund, goOn, clock, looks: () => looks }
}

describe('movements of the wallet', () => {
  it('two at once, of which the list shows the second later: both are told', async () => {
    const { watch, told, fund, goOn } = staged()
    watch.soon()
    watch.soon()
    fund(1)
    await goOn(500)
    expect(told.map(({ id }) => id)).toEqual(['FUNDING_FEE:1'])
    fund(2)
    await goOn(2_000)
    expect(told.map(({ id }) => id)).toEqual(['FUNDING_FEE:1', 'FUNDING_FEE:2'])
  })

  it('looks no more often than it was told to while the list says nothing', async () => {
    const { watch, goOn, looks } = staged()
    watch.soon()
    await goOn(60_000)
    expect(looks()).toBe(BINANCE_SETTINGS.incomeLooks)
  })

  it('ten days of funding every hour: each once, and only what may be listed again is remembered', async () => {
    const { watch, told, fund, goOn } = staged()
    for (let hour = 0; hour < 240; hour++) {
      fund(hour)
      watch.soon()
      await goOn(2_000)
      await goOn(HOUR - 2_000, HOUR - 2_000)
    }
    expect(new Set(told.map(({ id }) => id)).size).toBe(240)
    expect(told).toHaveLength(240)
    expect(watch.remembered).toBeLessThan(4)
  })
})
