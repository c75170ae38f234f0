/** One decision as a staircase: five stairs of the orchestrator, then the guard with its fifteen checks. Pure. */
import type { Decision, Signal } from '../../../../contract/trading-shapes.ts'
import { actualText, limitText } from './figure-words.ts'
import { sourceWords, type SourceWords } from './source-words.ts'
import { CHECKS, type StepWords, wordsOf } from './step-words.ts'

type Step = Decision['steps'][number]

export interface Line {
  readonly key: string
  readonly label: string
  /** what else was looked at on this stair */
  readonly note: string
  readonly actual: string
  readonly limit: string
  readonly source: SourceWords
  readonly state: 'passed' | 'failed' | 'not reached'
}

export interface CheckLine extends Line {
  readonly number: number
  /** every figure of the check, where it has several */
  readonly parts: readonly Line[]
}

export interface Staircase {
  readonly stairs: readonly Line[]
  /** empty: the guard judged no entry here */
  readonly checks: readonly CheckLine[]
  /** a close or a stop: what the guard looked at instead of the fifteen checks */
  readonly reducing: readonly Line[]
}

const NO_SOURCE: SourceWords = { words: '', policyVersion: null }

/** The first code of each is the stair itself, the others are noted beside it. */
const STAIRS: readonly { readonly label: string; readonly codes: readonly string[] }[] = [
  { label: 'Signal', codes: ['expired', 'duplicate'] },
  { label: 'Confidence', codes: ['confidence_below_required'] },
  { label: 'Strategy allowed', codes: ['strategy_not_allowed', 'symbol_not_allowed'] },
  {
    label: 'Ranking',
    codes: [
      'not_ranked',
      'symbol_busy',
      'opposite_position',
      'cooldown',
      'volatility_extreme',
      'conflicting_signals',
      'no_free_slot',
    ],
  },
  { label: 'Size', codes: ['size_zero', 'price_ran_away', 'data_not_ready'] },
]
const EXIT_STAIRS: typeof STAIRS = [...STAIRS.slice(0, 2), { label: 'Own position', codes: ['no_position'] }]

const REDUCING_CODES = new Set(['reduce_only', 'not_reducing'])
const REDUCING_KINDS = new Set<Decision['kind']>(['EXIT', 'PROTECT', 'FLATTEN'])

/** A close, whoever asked for it. */
export const reduces = ({ kind, steps }: Pick<Decision, 'kind' | 'steps'>): boolean =>
  REDUCING_KINDS.has(kind) || steps.some(({ step }) => REDUCING_CODES.has(step))

export function staircaseOf(decision: Decision, signal: Signal | null): Staircase {
  const steps = withStop(decision)
  const first = firstOfGuard(decision, steps)
  const [before, guard] = [steps.slice(0, first), steps.slice(first)]
  const isReducing = reduces(decision)
  const isClose = before.some(({ step }) => step === 'no_position')
  const isSpoken = decision.signal_id !== null
  const stairs = isSpoken ? stairsOf(isClose || decision.kind === 'EXIT' ? EXIT_STAIRS : STAIRS, before, signal) : []
  const failedBefore = decision.gate === 'orchestrator'
  return {
    stairs,
    checks: isReducing || isClose ? [] : checksOf(guard, failedBefore),
    reducing: isReducing || isClose ? guard.map((step, place) => lineOf(step, 'guard', place)) : [],
  }
}

/** The step that stopped it, where the journal keeps it beside the steps. */
function withStop({ steps, gate, code, actual, limit, source }: Decision): readonly Step[] {
  if (gate === null || code === null || steps.some(({ passed }) => !passed)) return steps
  return [...steps, { step: code, passed: false, actual, limit, source }]
}

const ORCHESTRATOR_ONLY = new Set(STAIRS.flatMap(({ codes }) => codes).concat('no_position'))

/** Where the guard's own steps begin: with its first check, or with the first code that only it has. */
function firstOfGuard({ gate, signal_id }: Decision, steps: readonly Step[]): number {
  if (signal_id === null) return 0
  const first = steps.findIndex(({ step }) => step === 'emergency' || !ORCHESTRATOR_ONLY.has(step))
  return first < 0 || gate === 'orchestrator' ? steps.length : first
}

function lineOf(step: Step, gate: 'orchestrator' | 'guard', place: number, label?: string): Line {
  const words: StepWords = wordsOf(step.step, gate)
  return {
    key: `${step.step}-${place}`,
    label: label ?? words.label,
    note: '',
    actual: actualText(step, words),
    limit: limitText(step, words),
    source: sourceWords(step.source),
    state: step.passed ? 'passed' : 'failed',
  }
}

const unreached = (key: string, label: string): Line => ({
  key,
  label,
  note: '',
  actual: '',
  limit: '',
  source: NO_SOURCE,
  state: 'not reached',
})

function stairsOf(stairs: typeof STAIRS, steps: readonly Step[], signal: Signal | null): readonly Line[] {
  const hasFailed = steps.some(({ passed }) => !passed)
  return stairs.map(({ label, codes }, place) => {
    const own = steps.filter(({ step }) => codes.includes(step))
    const failed = own.find(({ passed }) => !passed)
    if (place === 0 && failed === undefined) return signalLine(signal)
    const main = failed ?? own.find(({ step }) => step === codes[0]) ?? own[0]
    if (main === undefined) return hasFailed ? unreached(label, label) : notAsked(label)
    const others = own.filter((step) => step !== main)
    const line = lineOf(main, 'orchestrator', place, failed === undefined ? label : undefined)
    return { ...line, note: others.toReversed().map(noteOf).join(' · ') }
  })
}

function noteOf(step: Step): string {
  const words = wordsOf(step.step, 'orchestrator')
  const isTelling = step.step === 'volatility_extreme' || typeof step.actual === 'number'
  const isMoment = step.step === 'cooldown' || step.step === 'expired'
  return isTelling && !isMoment ? `${words.label.toLowerCase()} ${actualText(step, words)}` : words.label.toLowerCase()
}

const notAsked = (label: string): Line => ({ ...unreached(label, label), actual: 'not asked', state: 'passed' })

const MINUTE_MS = 60_000

function signalLine(signal: Signal | null): Line {
  const base = { key: 'signal', label: 'Signal', state: 'passed' } as const
  if (signal === null) return { ...base, note: '', actual: '', limit: '', source: NO_SOURCE }
  const features = Object.entries(signal.features).slice(0, 3)
  return {
    ...base,
    note: features.map(([name, value]) => `${name.replaceAll('_', ' ')} ${Number(value.toPrecision(3))}`).join(' · '),
    actual: actualText({ passed: true, actual: signal.price, limit: null }, wordsOf('price_ran_away', 'orchestrator')),
    limit: `valid ${Math.round(signal.ttl_ms / MINUTE_MS)}\u202Fmin`,
    source: { words: signal.strategy_id, policyVersion: null },
  }
}

function checksOf(steps: readonly Step[], failedBefore: boolean): readonly CheckLine[] {
  const failedAt = CHECKS.findIndex(({ codes }) => steps.some(({ step, passed }) => !passed && codes.includes(step)))
  const isUnknown = steps.some(({ step, passed }) => !passed && step === 'risk_state_unavailable')
  return CHECKS.map(({ name, codes }, place) => {
    const own = steps.filter(({ step }) => codes.includes(step))
    const isReached = !failedBefore && (failedAt < 0 || place <= failedAt) && own.length > 0
    const key = `check-${place + 1}`
    if (!isReached) return { ...unreached(key, name), number: place + 1, parts: [] }
    const failed = own.find(({ passed }) => !passed)
    const main = failed ?? tightest(own)
    const line = lineOf(main, 'guard', place, failed === undefined ? name : undefined)
    const parts = own.length > 1 ? own.map((step, at) => lineOf(step, 'guard', at)) : []
    return { ...line, key, number: place + 1, parts, state: isUnknown && own.length === 0 ? 'not reached' : line.state }
  })
}

/** The fifteen checks of a wish that nobody has decided yet. */
export const guardChecks = (steps: Decision['steps']): readonly CheckLine[] => checksOf(steps, false)

/** The figure of a check that came nearest to its limit; words only where there are no figures. */
function tightest(steps: readonly Step[]): Step {
  const nearness = ({ actual, limit }: Step): number => {
    if (typeof actual !== 'number' || typeof limit !== 'number' || limit === 0 || actual === 0) return -1
    return Math.min(actual / limit, limit / actual)
  }
  const [first] = steps
  if (first === undefined) throw new Error('a check that was reached has a step')
  return steps.reduce((best, step) => (nearness(step) > nearness(best) ? step : best), first)
}
