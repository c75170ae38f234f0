/** What one UTC day brought: the account, the trades, what was denied and dropped, who changed the policy. */
import { groupStatistics, statisticsOfGroups, type GroupStatistics } from '../core/analytics/trade-groups.ts'
import type { AlertRow } from '../core/ports/journal.ts'
import type { PolicyVersion } from '../core/ports/policy-shelf.ts'
import type { Records } from '../core/ports/records.ts'
import type { PolicyStore } from './policy-store.ts'
import { analysedTrades } from './trade-analysis.ts'

type GroupRow = GroupStatistics & { readonly key: string }

interface Counted {
  readonly name: string
  readonly count: number
}

export interface DailyReport {
  /** `2025-01-31` */
  readonly date: string
  readonly isOpen: boolean
  readonly account: {
    readonly equityStart: number
    readonly equityEnd: number
    readonly returnPct: number
    readonly maxDrawdownPct: number
  } | null
  readonly trades: GroupStatistics
  readonly byStrategy: readonly GroupRow[]
  readonly bySymbol: readonly GroupRow[]
  readonly byMode: readonly GroupRow[]
  readonly approved: number
  readonly denied: readonly Counted[]
  readonly dropped: readonly Counted[]
  /** oldest first, rankings left out */
  readonly policyChanges: readonly PolicyVersion[]
  /** newest first */
  readonly alerts: readonly AlertRow[]
}

const DAY_MS = 86_400_000
const PERCENT = 100
/** more than a day ever has */
const MOST_TRADES = 20_000
/** a sample a minute and some */
const MOST_SAMPLES = 2000
const MOST_ALERTS = 500
const HISTORY_PAGE = 200

export const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** `date`: a UTC day; `now`: of the station's clock. @throws when `date` is none */
export async function dailyReport(
  { records, policy }: { readonly records: Records; readonly policy: Pick<PolicyStore, 'history'> },
  date: string,
  now: number,
): Promise<DailyReport> {
  const from = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(date) : Number.NaN
  if (Number.isNaN(from)) throw new Error(`a day is written like 2025-01-31, was ${JSON.stringify(date)}`)
  const to = from + DAY_MS - 1
  const { trades } = await analysedTrades(records, { from, to }, MOST_TRADES)
  const decisions = records.decisionCounts({ from, to })
  const counted = (outcome: string): Counted[] =>
    decisions.filter((each) => each.outcome === outcome).map(({ code, count }) => ({ name: code ?? '', count }))
  return {
    date,
    isOpen: now <= to,
    account: accountOver(records, from, to),
    trades: groupStatistics(trades),
    byStrategy: statisticsOfGroups(trades, 'strategy'),
    bySymbol: statisticsOfGroups(trades, 'symbol'),
    byMode: statisticsOfGroups(trades, 'mode'),
    approved: counted('approved').reduce((sum, { count }) => sum + count, 0),
    denied: counted('denied'),
    dropped: counted('dropped'),
    policyChanges: changesIn(policy, from, to),
    alerts: records.alerts({ from, to, limit: MOST_ALERTS }).items,
  }
}

function accountOver(records: Records, from: number, to: number): DailyReport['account'] {
  const samples = records.equity({ from, to, points: MOST_SAMPLES })
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined) return null
  return {
    equityStart: first.equity.toNumber(),
    equityEnd: last.equity.toNumber(),
    returnPct: (last.nav / first.nav - 1) * PERCENT,
    maxDrawdownPct: Math.max(...samples.map(({ drawdown }) => drawdown)) * PERCENT,
  }
}

function changesIn(policy: Pick<PolicyStore, 'history'>, from: number, to: number): PolicyVersion[] {
  const found: PolicyVersion[] = []
  let before = Number.MAX_SAFE_INTEGER
  for (;;) {
    const page = policy.history({ limit: HISTORY_PAGE, before })
    const last = page.at(-1)
    found.push(...page.filter((version) => isOf(version, from, to)))
    if (last === undefined || page.length < HISTORY_PAGE || last.policy.updatedAt < from) return found.toReversed()
    before = last.policy.version
  }
}

/** The note on an evaluation that changed nothing else is no change. */
const isOf = ({ policy: { updatedAt }, changes }: PolicyVersion, from: number, to: number): boolean =>
  updatedAt >= from &&
  updatedAt <= to &&
  (changes.length === 0 || changes.some(({ path }) => !path.startsWith('evaluation')))
