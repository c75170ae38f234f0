/** What scenarios came to, all together: counts, the worst, and how to play a failed one again. */
import type { Outcome } from './scenario.ts'

export const replayOf = (seed: number): string => `npm run chaos -- --seed ${String(seed)}`

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0)

/** One line, after so many seconds. */
export function summary(outcomes: readonly Outcome[]): string {
  const of = (field: 'crashes' | 'orders' | 'fills' | 'faults'): string =>
    String(sumOf(outcomes.map((outcome) => outcome[field])))
  const worst = outcomes.reduce<Outcome | null>(
    (most, each) => (most === null || each.worstNakedMs > most.worstNakedMs ? each : most),
    null,
  )
  const naked = `${((worst?.worstNakedMs ?? 0) / 1000).toFixed(3)} (seed ${String(worst?.seed ?? 0)})`
  return (
    `${String(outcomes.length)} scenarios, ${of('faults')} faults, ${of('crashes')} crashes, ` +
    `${of('orders')} orders, ${of('fills')} fills; worst naked_seconds ${naked}`
  )
}

/** null: all that must hold held */
export function accusation({ seed, kinds, violations }: Outcome): string | null {
  if (violations.length === 0) return null
  return [`seed ${String(seed)} (${kinds.join(', ')}): ${replayOf(seed)}`, ...violations].join('\n  ')
}
