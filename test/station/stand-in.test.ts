/** The simulator stands in for live prices: it is said for as long as it lasts, the exchange is looked for with patience. */
import { describe, expect, it } from 'vitest'

import { BinanceFault } from '../../src/adapters/binance/faults.ts'
import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import type { Alarm } from '../../src/station/alert-desk.ts'
import { publicPlace } from '../../src/station/compose-bases.ts'
import { OutOfReach, reachFault, StandIn } from '../../src/station/compose-stand-in.ts'

const START = Date.UTC(2026, 0, 5, 12)
const SECOND = 1000
const settings = { reachAgainMs: 10 * SECOND, reachAgainMostMs: 60 * SECOND }

function staged() {
  const clock = new VirtualClock({ startAt: START })
  const looks: number[] = []
  const standing = new Map<string, Alarm>()
  let answer: string | null = 'no network'
  const made = new StandIn({
    reason: 'no network',
    settings,
    clock,
    look: () => {
      looks.push((clock.now() - START) / SECOND)
      return Promise.resolve(answer)
    },
  })
  const alerts = {
    hold: (isWrong: boolean, alarm: Alarm): void => {
      if (isWrong) standing.set(alarm.code, alarm)
      else standing.delete(alarm.code)
    },
  }
  /** Second by second, so that each look has answered before the next is due. */
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      clock.advanceTo(clock.now() + SECOND)
      await new Promise((resolve) => void setImmediate(resolve))
    }
  }
  const answers = (next: string | null): void => {
    answer = next
  }
  return { clock, made, looks, standing, alerts, pass, answers }
}

describe('prices that stand in for live ones', () => {
  it('a lasting notice says since when and why; nothing says that the exchange answers', () => {
    const { made, alerts, standing } = staged()
    made.tellBy(alerts)
    expect([...standing.values()].map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', 'prices are made up since 2026-01-05 12:00 UTC, live prices cannot be had: no network'],
    ])
    expect(made.view).toEqual({ since: START, reason: 'no network', answersSince: null })
  })

  it('looks again with growing pauses', async () => {
    const { looks, pass } = staged()
    await pass(300)
    expect(looks).toEqual([10, 30, 70, 130, 190, 250])
  })

  it('says when the exchange answers, and takes it back when it is silent again', async () => {
    const { made, alerts, standing, pass, answers } = staged()
    made.tellBy(alerts)
    answers(null)
    await pass(15)
    expect(made.view.answersSince).toBe(START + 10 * SECOND)
    expect([...standing.keys()]).toEqual(['simulated_prices', 'exchange_answers'])
    await pass(60)
    expect(made.view.answersSince).toBe(START + 10 * SECOND)
    answers('it is out of service')
    await pass(70)
    expect(made.view).toEqual({ since: START, reason: 'it is out of service', answersSince: null })
    expect([...standing.values()].map(({ message }) => message)).toEqual([
      'prices are made up since 2026-01-05 12:00 UTC, live prices cannot be had: it is out of service',
    ])
  })

  it('ended it looks no more and tells nobody', async () => {
    const { made, alerts, standing, looks, pass } = staged()
    made.tellBy(alerts)
    standing.clear()
    made.end()
    await pass(100)
    expect([looks, standing.size]).toEqual([[], 0])
  })

  it('paper money takes prices from a venue only where that is on this machine', () => {
    const at = (rest: string) => publicPlace({ account: 'paper', rest, stream: '', permissions: '' })
    expect([at(''), at('https://mirror.example'), at('http://127.0.0.1:9555')]).toEqual(['live', 'live', 'simulated'])
  })

  it('only a line that is not there counts: what the exchange refuses is another matter', () => {
    expect(reachFault(new OutOfReach('no network'))).toBe('no network')
    expect(reachFault(new BinanceFault({ status: 0, code: null, message: 'fetch failed' }))).toBe('fetch failed')
    expect(reachFault(new BinanceFault({ status: 400, code: -1121, message: 'Invalid symbol.' }))).toBeNull()
    expect(reachFault(new Error('the folder is in use'))).toBeNull()
  })
})
