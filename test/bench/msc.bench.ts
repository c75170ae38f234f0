/** An evaluation over 10 000 trades and 20 strategies, from evidence to the policy's next version. */
import { evaluate } from '../../src/core/msc/evaluation.ts'
import type { MscTrade, NavPoint } from '../../src/core/msc/evidence.ts'
import type { StrategyRecord } from '../../src/core/msc/score.ts'
import { firstPolicy, INITIAL_POLICY } from '../../src/core/policy/initial-policy.ts'
import { CALM_GOVERNOR } from '../../src/core/policy/policy.ts'
import { PolicyStore } from '../../src/station/policy-store.ts'
import { MemoryPolicyShelf } from '../fixtures/memory-policy-shelf.ts'
import { type BenchRow, printRows } from './bench-row.ts'

const TRADES = 10_000
const STRATEGIES = 20
const SYMBOLS = 500
const RUNS = 60
const LIMIT_MS = 20
const NOW = Date.UTC(2025, 2, 3, 12)
const HOUR_MS = 3_600_000
const DAYS_MS = 30 * 24 * HOUR_MS

/** Spread over 30 days; every third wins. */
const trades: MscTrade[] = Array.from({ length: TRADES }, (_, index) => {
  const multiple = index % 3 === 0 ? 1.9 : -1
  return {
    strategyId: `s${index % STRATEGIES}`,
    closedAt: NOW - DAYS_MS + Math.floor((index / TRADES) * DAYS_MS),
    profit: 10 * multiple,
    rMultiple: multiple,
  }
})

const strategies: StrategyRecord[] = Array.from({ length: STRATEGIES }, (_, index) => ({
  id: `s${index}`,
  name: `S ${index}`,
  regimeTags: ['RANGING'],
  live: trades.filter(({ strategyId }) => strategyId === `s${index}`),
  shadow: null,
}))

const nav: NavPoint[] = Array.from({ length: 720 }, (_, hour) => {
  const value = 1 + Math.sin(hour / 40) / 50
  return { at: NOW - (719 - hour) * HOUR_MS, nav: value, high: value }
})

const scores = Object.fromEntries(Array.from({ length: SYMBOLS }, (_, index) => [`S${index}USDT`, (index % 100) / 100]))

/** Median ms of one evaluation and its write to a store in memory. */
function medianMs(): number {
  const initial = INITIAL_POLICY
  const store = new PolicyStore({ shelf: new MemoryPolicyShelf(), now: () => NOW, initial, exposed: () => false })
  const policy = firstPolicy(initial, { at: NOW, reason: 'bench', emergency: null })
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const begun = performance.now()
    const { patch } = evaluate({
      now: NOW,
      trigger: 'schedule',
      policy,
      governor: CALM_GOVERNOR,
      memory: null,
      nav,
      trades,
      market: { regime: 'RANGING', volatility: 'NORMAL' },
      health: 'HEALTHY',
      rebasedAt: null,
      strategies,
      ranked: { at: NOW, scores },
      applies: true,
    })
    if (store.change(patch, { actor: 'msc' }).outcome !== 'accepted') throw new Error('the bench wrote no policy')
    times.push(performance.now() - begun)
  }
  return times.toSorted((one, other) => one - other)[RUNS >> 1] ?? Infinity
}

export async function run(): Promise<BenchRow[]> {
  const measured = medianMs()
  return [
    {
      name: 'msc: evaluation, 10 000 trades, 20 strategies',
      measured,
      unit: 'ms',
      against: null,
      ratio: null,
      limit: `≤ ${LIMIT_MS} ms`,
      ok: measured <= LIMIT_MS,
    },
  ]
}

if (import.meta.main) process.exitCode = printRows(await run()) ? 0 : 1
