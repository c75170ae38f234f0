/** Signals of one batch become sized intents, closes, or drops with their reason (SPEC §8). Pure; Exact only for survivors. */
import { type IntentId, intentIdOf } from '../model/ids.ts'
import type { CloseIntent, EntryIntent } from '../model/intent.ts'
import type { Dropped } from '../model/refusal.ts'
import type { Signal } from '../model/signal.ts'
import { settleConflicts } from './conflicts.ts'
import type { OrchestratorContext, SymbolView } from './context.ts'
import { type Candidate, type Decision, type Drop, droppedAt, passedGate } from './decision.ts'
import { entryOf } from './entry.ts'
import {
  calmEnough,
  confidence,
  cooledDown,
  duplicate,
  expired,
  ranked,
  type Standard,
  standardOf,
  strategyAllowed,
  symbolAllowed,
  symbolFree,
} from './gates.ts'

export interface Orchestrated {
  /** best first: in this order the guard is asked */
  readonly intents: readonly EntryIntent[]
  readonly exits: readonly CloseIntent[]
  readonly dropped: readonly Dropped[]
  /** one per signal: closes and early drops in the batch's order, then the entries best first */
  readonly decisions: readonly Decision[]
}

/** An EXIT and an ENTRY of one bar are different intents. */
const idOf = ({ kind, strategyId, symbol, side, bar }: Signal): IntentId =>
  intentIdOf(strategyId, symbol, kind === 'EXIT' ? `exit ${side}` : side, bar)

/** What the batch has used up so far. */
interface Batch extends Standard {
  readonly used: Set<IntentId>
  readonly closing: Set<string>
  readonly decisions: Decision[]
}

function drop(batch: Batch, candidate: Candidate, no: Drop): void {
  batch.decisions.push(droppedAt(candidate, no, batch.context.policy.version))
}

const notThere = ({ symbol, side, strategyId }: Signal, actual: string): Drop => ({
  reason: 'no_position',
  limit: `${side} by ${strategyId}`,
  actual,
  source: null,
  sentence: `${strategyId} has no ${side} position on ${symbol} to close: ${actual}`,
})

/** Whether this signal ends a position of its own strategy: an EXIT, or an ENTRY the other way. It never reverses in one order. */
function isOwnClose({ kind, strategyId, side }: Signal, view: SymbolView | undefined): boolean {
  const position = view?.position ?? null
  if (position === null || position.strategyId !== strategyId) return false
  return kind === 'EXIT' ? position.side === side : position.side !== side
}

function close(batch: Batch, candidate: Candidate, view: SymbolView): void {
  const { signal, intentId } = candidate
  const { position } = view
  if (position === null) return
  if (batch.closing.has(signal.symbol)) return drop(batch, candidate, notThere(signal, 'it is being closed already'))
  batch.closing.add(signal.symbol)
  passedGate(candidate, { reason: 'no_position', limit: 'own position', actual: position.side, source: null })
  const outcome: CloseIntent = {
    kind: 'CLOSE',
    id: intentId,
    traceId: signal.traceId,
    strategyId: signal.strategyId,
    symbol: signal.symbol,
    side: position.side,
    actor: `strategy:${signal.strategyId}`,
    createdAt: batch.context.now,
    quantity: position.quantity,
    reason: 'SIGNAL',
  }
  batch.decisions.push({ signal, intentId, ranking: null, outcome, steps: candidate.steps })
}

function heldText(view: SymbolView | undefined): string {
  const position = view?.position ?? null
  return position === null ? 'nothing is held' : `${position.side} by ${position.strategyId}`
}

const unseen = ({ signal }: Candidate): Drop => ({
  reason: 'data_not_ready',
  limit: 'market data',
  actual: 'none',
  source: null,
  sentence: `nothing is known of ${signal.symbol} yet`,
})

/** The gates of an entry after the ones every signal passes; null: it may compete. */
function entryGates(candidate: Candidate, view: SymbolView | undefined, batch: Batch): Drop | null {
  const { context } = batch
  return (
    strategyAllowed(candidate, batch) ??
    symbolAllowed(candidate, batch) ??
    ranked(candidate, batch) ??
    (view === undefined
      ? unseen(candidate)
      : (symbolFree(candidate, view) ?? cooledDown(candidate, view, context) ?? calmEnough(candidate, view)))
  )
}

/** Drops it, closes with it, or returns it as a candidate for a slot. */
function sift(signal: Signal, batch: Batch): Candidate | null {
  const { context, used } = batch
  const candidate: Candidate = { signal, intentId: idOf(signal), steps: [], ranking: Number.NaN, score: Number.NaN }
  const { intentId } = candidate
  const stale =
    expired(candidate, context) ?? duplicate(candidate, used.has(intentId) || context.usedIntents.has(intentId))
  if (stale !== null) return (drop(batch, candidate, stale), null)
  used.add(intentId)
  const view = context.symbols.get(signal.symbol)
  const isClose = isOwnClose(signal, view)
  if (signal.kind === 'EXIT' && !isClose) return (drop(batch, candidate, notThere(signal, heldText(view))), null)
  // an exit is no risk: it needs no confidence; an opposite entry that closes needs it, but no permission to open
  const unsure = signal.kind === 'EXIT' ? null : confidence(candidate, view, batch)
  if (unsure !== null) return (drop(batch, candidate, unsure), null)
  if (isClose && view !== undefined) return (close(batch, candidate, view), null)
  const no = entryGates(candidate, view, batch)
  if (no !== null) return (drop(batch, candidate, no), null)
  return candidate
}

const noSlot = (free: number): Drop => ({
  reason: 'no_free_slot',
  limit: free,
  actual: free + 1,
  source: null,
  sentence: free === 0 ? 'every position slot is taken' : `better signals of this batch take the ${free} free slots`,
})

/** Best first, until the free slots are handed out; margin goes to the better one. */
function serve(winners: readonly Candidate[], batch: Batch): void {
  const { context } = batch
  const slots = Math.max(0, context.limits.maxPositions.value - context.occupiedSlots)
  let handed = 0
  let freeMargin = context.freeMargin
  for (const candidate of winners) {
    const { signal, intentId, ranking, steps } = candidate
    const view = context.symbols.get(signal.symbol)
    const served =
      view === undefined
        ? unseen(candidate)
        : handed < slots
          ? entryOf(candidate, view, context, freeMargin)
          : noSlot(slots)
    if ('reason' in served) {
      drop(batch, candidate, served)
    } else {
      handed++
      freeMargin -= served.margin
      batch.decisions.push({ signal, intentId, ranking, outcome: served.intent, steps })
    }
  }
}

/** The same batch and context give the same answer; signals keep no order among equals but that of their names. */
export function orchestrate(signals: readonly Signal[], context: OrchestratorContext): Orchestrated {
  const batch: Batch = { ...standardOf(context), used: new Set(), closing: new Set(), decisions: [] }
  const candidates = signals.map((signal) => sift(signal, batch)).filter((candidate) => candidate !== null)
  const { winners, losers } = settleConflicts(candidates)
  for (const [candidate, no] of losers) drop(batch, candidate, no)
  serve(winners, batch)
  const outcomes = batch.decisions.map(({ outcome }) => outcome)
  return {
    intents: outcomes.filter((outcome): outcome is EntryIntent => 'kind' in outcome && outcome.kind === 'ENTRY'),
    exits: outcomes.filter((outcome): outcome is CloseIntent => 'kind' in outcome && outcome.kind === 'CLOSE'),
    dropped: outcomes.filter((outcome): outcome is Dropped => 'outcome' in outcome),
    decisions: batch.decisions,
  }
}
