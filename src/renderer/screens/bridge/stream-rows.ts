/** What happened, in one stream: decisions, closed trades, changes of the policy. Newest first. Pure. */
import type { PolicyVersion } from '../../../contract/policy-shapes.ts'
import type { Decision, Trade } from '../../../contract/trading-shapes.ts'
import { actorText, capitalised } from '../../limits/actor-text.ts'
import { formatSpan } from '../../widgets/format-time.ts'
import type { IconName } from '../../widgets/icon.tsx'
import { changeText } from './change-text.ts'

export interface StreamRow {
  readonly id: string
  readonly at: string
  readonly kind: 'decision' | 'trade' | 'policy'
  /** first column: a symbol, or who spoke */
  readonly subject: string
  readonly side: string
  readonly verdict: string
  readonly icon: IconName
  readonly outcome: Decision['outcome'] | 'closed' | 'policy'
  readonly sentence: string
  /** of a closed trade, USDT */
  readonly profit: string | null
  readonly source: string
  /** the decision or trace behind it, for the journal */
  readonly link: { readonly decision: string } | { readonly trace: string } | null
}

const WORDS: Readonly<Record<Decision['outcome'], readonly [string, IconName]>> = {
  approved: ['Approved', 'ok'],
  denied: ['Denied', 'deny'],
  dropped: ['Dropped', 'drop'],
}

const CLOSES: Readonly<Partial<Record<Decision['kind'], readonly [string, IconName]>>> = {
  PROTECT: ['Protected', 'shield'],
  FLATTEN: ['Flatten', 'octagon'],
}

function verdictOf({ kind, outcome, steps }: Decision): readonly [string, IconName] {
  if (outcome !== 'approved') return WORDS[outcome]
  const isClose = kind === 'EXIT' || steps.some(({ step }) => step === 'reduce_only')
  return CLOSES[kind] ?? (isClose ? ['Close', 'cross'] : WORDS.approved)
}

const decisionRow = (decision: Decision): StreamRow => {
  const [verdict, icon] = verdictOf(decision)
  const { id, at, symbol, side, outcome, sentence, strategy_id, policy_version } = decision
  return {
    id,
    at,
    kind: 'decision',
    subject: symbol,
    side: side.toLowerCase(),
    verdict,
    icon,
    outcome,
    sentence,
    profit: null,
    source: `${strategy_id}, policy ${policy_version}`,
    link: { decision: id },
  }
}

const EXITS: Readonly<Record<string, string>> = {
  STOP: 'stop hit',
  TAKE_PROFIT: 'target hit',
  TRAILING: 'trailing stop hit',
  SIGNAL: 'by its strategy',
  MANUAL: 'by hand',
  FLATTEN: 'flattened',
  LIQUIDATION: 'liquidated',
}

const tradeRow = (trade: Trade): StreamRow => ({
  id: `trade ${trade.id}`,
  at: trade.closed_at,
  kind: 'trade',
  subject: trade.symbol,
  side: trade.side.toLowerCase(),
  verdict: 'Closed',
  icon: 'cross',
  outcome: 'closed',
  sentence: `${EXITS[trade.exit_reason] ?? trade.exit_reason.toLowerCase().replaceAll('_', ' ')} after ${formatSpan(Date.parse(trade.closed_at) - Date.parse(trade.opened_at))}`,
  profit: trade.profit,
  source: trade.strategy_id,
  link: { trace: trade.trace_id },
})

const versionRow = (version: PolicyVersion): StreamRow => {
  const told = version.changes.map(changeText)
  const changes = told.length > 4 ? `${told.slice(0, 4).join(', ')} and ${told.length - 4} more` : told.join(', ')
  return {
    id: `policy ${version.version}`,
    at: version.at,
    kind: 'policy',
    subject: capitalised(actorText(version.actor)),
    side: '',
    verdict: 'Policy',
    icon: 'policy',
    outcome: 'policy',
    sentence: [changes, version.reason === '' ? '' : `“${version.reason}”`].filter(Boolean).join(': '),
    profit: null,
    source: `policy ${version.version}`,
    link: null,
  }
}

export function streamRows(
  decisions: Iterable<Decision>,
  trades: Iterable<Trade>,
  versions: readonly PolicyVersion[],
): StreamRow[] {
  // of one instant what was told last stands first
  const told = [...[...decisions].map(decisionRow), ...[...trades].map(tradeRow)].toReversed()
  const rows = [...told, ...versions.map(versionRow)]
  return rows.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

export type StreamFilter = 'all' | 'denied' | 'approved' | 'policy'

export const isShown = ({ outcome }: StreamRow, filter: StreamFilter): boolean =>
  filter === 'all' ||
  (filter === 'denied' && (outcome === 'denied' || outcome === 'dropped')) ||
  (filter === 'approved' && (outcome === 'approved' || outcome === 'closed')) ||
  (filter === 'policy' && outcome === 'policy')

/** Every typed word occurs somewhere in the row. */
export function isFound({ subject, side, verdict, sentence, source }: StreamRow, text: string): boolean {
  const within = `${subject} ${side} ${verdict} ${sentence} ${source}`.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => within.includes(word))
}

/** The sentence in three parts: what comes before its first figure, the figure, the rest. */
export function aroundFigure(sentence: string): readonly [string, string, string] {
  const found = /(?<![\p{L}\p{N}_.,])[-\u2212+]?\d[\d\u202F]*(?:[.,]\d+)?(?:\s?(?:%|×|USDT))?(?![\p{L}\p{N}_])/u.exec(
    sentence,
  )
  if (found === null) return [sentence, '', '']
  const [figure] = found
  return [sentence.slice(0, found.index), figure, sentence.slice(found.index + figure.length)]
}
