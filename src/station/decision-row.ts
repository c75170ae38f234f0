/** A decision as the journal keeps it: the first gate that stopped it, the numbers there, and every stair before. */
import type { DecisionStep } from '../core/model/decision-step.ts'
import { stableId } from '../core/model/ids.ts'
import type { CloseIntent, Intent } from '../core/model/intent.ts'
import type { ExitReason } from '../core/model/position.ts'
import type { Denied, Dropped } from '../core/model/refusal.ts'
import type { Signal } from '../core/model/signal.ts'
import type { DecisionRow } from '../core/ports/journal.ts'
import type { Approved } from '../core/risk-guard/risk-guard.ts'

/** What led to a wish. `part` tells several decisions on one intent apart. */
export interface DecisionCause {
  readonly kind: DecisionRow['kind']
  readonly part: string
  readonly ranking: number | null
  readonly steps: readonly DecisionStep[]
  /** what a strategy said; absent: a person asked, or the intent itself remembers */
  readonly signal?: Signal
}

interface Frame {
  readonly at: number
  readonly ranking: number | null
  readonly steps: readonly DecisionStep[]
  readonly signal?: Signal
  readonly kind?: DecisionRow['kind']
  readonly part?: string
}

type Verdict = Approved | Denied | Omit<Dropped, 'signalId'>

/** Dropped: `about` is the signal; otherwise the intent that the guard judged. */
export function decisionRow(about: Signal | Intent, verdict: Verdict, frame: Frame): DecisionRow {
  const { at, ranking, steps, part = '', signal } = frame
  const isSignal = 'features' in about
  const signalId = isSignal ? about.id : about.kind === 'ENTRY' ? about.signalId : (signal?.id ?? null)
  return {
    id: stableId('decision', about.id, part, isSignal ? at : ''),
    at,
    traceId: about.traceId,
    signalId,
    intentId: isSignal ? null : about.id,
    strategyId: about.strategyId,
    symbol: about.symbol,
    side: about.side,
    kind: frame.kind ?? (isSignal ? about.kind : 'ENTRY'),
    bar: 'bar' in about ? about.bar : (signal?.bar ?? null),
    policyVersion: verdict.policyVersion,
    confidence: 'confidence' in about ? about.confidence : (signal?.confidence ?? null),
    ranking,
    steps,
    ...outcomeOf(about, verdict),
  }
}

type Outcome = Pick<DecisionRow, 'outcome' | 'gate' | 'code' | 'limit' | 'actual' | 'source' | 'sentence'>

function outcomeOf(about: Signal | Intent, verdict: Verdict): Outcome {
  switch (verdict.outcome) {
    case 'approved': {
      const nothing = { code: null, limit: null, actual: null, source: null, gate: null }
      return { outcome: 'approved', ...nothing, sentence: approvedSentence(about as Intent, verdict) }
    }
    case 'denied': {
      const { outcome, code, limit, actual, source, sentence } = verdict
      const who = `${source.kind} ${source.actor} v${String(source.version)}`
      return { outcome, gate: 'guard', code, limit, actual, source: who, sentence }
    }
    case 'dropped': {
      const { outcome, reason, limit, actual, sentence } = verdict
      return { outcome, gate: 'orchestrator', code: reason, limit, actual, source: null, sentence }
    }
  }
}

const percent = (fraction: number): string => `${(fraction * 100).toFixed(2)} %`

const CLOSED_BY: Readonly<Partial<Record<ExitReason, string>>> = {
  SIGNAL: 'its strategy says so',
  MANUAL: 'asked for by hand',
  FLATTEN: 'everything is being closed',
  UNPROTECTED: 'it could not be protected',
  STOP: 'the price is beyond its stop already',
  TAKE_PROFIT: 'the price is beyond its target already',
}

function approvedSentence(intent: Intent, approved: Approved): string {
  const quantity = approved.quantity.toFixed()
  if (intent.kind === 'ENTRY') {
    const price = (approved.price ?? intent.price).toFixed()
    return `${quantity} at ${price}, ${String(approved.leverage ?? 1)}×, risks ${percent(approved.riskFraction)}`
  }
  if (intent.kind === 'CLOSE') return `closes ${quantity}: ${CLOSED_BY[intent.reason] ?? intent.reason.toLowerCase()}`
  if (intent.kind === 'PROTECT') return `${quantity} at ${approved.triggerPrice?.toFixed() ?? 'a trailing distance'}`
  return 'cancels the order'
}

/** What led to a close that no signal asked for; `attempt` counts from 1. */
export function closeCause({ reason, actor, createdAt }: CloseIntent, attempt: number): DecisionCause {
  const kind = reason === 'MANUAL' || reason === 'FLATTEN' ? reason : 'PROTECT'
  const asked = { step: 'asked_by', passed: true, actual: actor, limit: null, source: null }
  return { kind, part: `close ${reason} ${createdAt} ${attempt}`, ranking: null, steps: [asked] }
}

/** Worth a line on a screen: a strategy's exit where it holds nothing happens all the time. */
export const isNews = ({ code }: DecisionRow): boolean => code !== 'no_position'
