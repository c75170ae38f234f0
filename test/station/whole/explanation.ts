/** Everything a run did can be asked why: signal → decision → policy version, trade → entry → fills → order → decision. */
import { expect } from 'vitest'

import { DENIAL_CODES, DROP_REASONS } from '../../../src/core/model/refusal.ts'
import type { DecisionRow } from '../../../src/core/ports/journal.ts'
import { policiesOf, rowsOf } from '../../fixtures/journal-reader.ts'

const grouped = <Row>(rows: readonly Row[], keyOf: (row: Row) => string | null): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return groups
}

/** the guard's no where it has nothing to measure: there are no numbers */
const NOTHING_KNOWN = 'risk_state_unavailable'

/** Every statement about the reasons of a run that has been stopped. */
export function expectExplained(folder: string): void {
  const decisions = rowsOf(folder, 'decisions')
  const orders = rowsOf(folder, 'orders')
  const versions = new Map(policiesOf(folder).map(({ policy }) => [policy.version, policy]))
  const byIntent = grouped(decisions, ({ intentId }) => intentId)
  const wrong = [...decisions.flatMap(faultsOfDecision), ...signalsUndecided(folder, decisions)]

  for (const { id, policyVersion, at } of decisions) {
    const policy = versions.get(policyVersion)
    if (policy === undefined) wrong.push(`decision ${id}: there was no policy ${policyVersion}`)
    else if (policy.updatedAt > at) wrong.push(`decision ${id}: policy ${policyVersion} is later than it`)
  }
  for (const order of orders) {
    const approval = byIntent.get(order.intentId)?.find(({ outcome }) => outcome === 'approved')
    const about = `order ${order.clientOrderId} (${order.purpose})`
    if (approval === undefined) wrong.push(`${about} has no approval`)
    else if (approval.at > order.createdAt) wrong.push(`${about} is older than its approval`)
    else if (approval.symbol !== order.symbol) wrong.push(`${about} is on another symbol than its approval`)
    if (!versions.has(order.policyVersion)) wrong.push(`${about}: there was no policy ${order.policyVersion}`)
    if (order.traceId === '') wrong.push(`${about} has no trace`)
  }
  wrong.push(...unled(folder, new Map(orders.map((order) => [order.clientOrderId as string, order]))))
  expect(wrong.slice(0, 10)).toEqual([])
}

/** The first gate that stopped it, the numbers there, and every stair before. */
function faultsOfDecision(row: DecisionRow): string[] {
  const { id, outcome, gate, code, limit, actual, source, steps, sentence, traceId } = row
  const faults: string[] = []
  const check = (isRight: boolean, what: string): void => {
    if (!isRight) faults.push(`decision ${id} (${outcome} ${code ?? ''}): ${what}`)
  }
  const failed = steps.filter((step) => !step.passed)
  check(traceId !== '' && sentence !== '', 'trace and sentence')
  check(steps.length > 0 || outcome === 'approved', 'steps')
  if (outcome === 'approved') {
    check(gate === null && code === null && failed.length === 0, 'an approval fails nowhere')
    return faults
  }
  check(failed.length === 1 && steps.at(-1) === failed[0], 'the first gate that fails is the last stair')
  check(failed[0]?.step === code, `the stair names its code, was ${failed[0]?.step ?? 'none'}`)
  check(failed[0]?.limit === limit && failed[0].actual === actual, 'the numbers of the gate')
  check(code === NOTHING_KNOWN || (limit !== null && actual !== null), 'numbers')
  if (outcome === 'denied') {
    check(gate === 'guard' && (DENIAL_CODES as readonly (string | null)[]).includes(code), 'a code of the guard')
    check(source !== null && source !== '', 'who set the limit')
  } else {
    check(gate === 'orchestrator' && (DROP_REASONS as readonly (string | null)[]).includes(code), 'a drop reason')
  }
  return faults
}

function signalsUndecided(folder: string, decisions: readonly DecisionRow[]): string[] {
  const bySignal = grouped(decisions, ({ signalId }) => signalId)
  return rowsOf(folder, 'signals').flatMap((signal) => {
    const [first] = bySignal.get(signal.id) ?? []
    if (first === undefined) return [`signal ${signal.id} of ${signal.strategyId} on ${signal.symbol} was not decided`]
    const isAbout = first.traceId === signal.traceId && first.symbol === signal.symbol && first.bar === signal.bar
    return isAbout && first.at >= signal.createdAt
      ? []
      : [`the decision on signal ${signal.id} is about something else`]
  })
}

interface LedTo {
  readonly purpose: string
  readonly intentId: string
  readonly traceId: string
}

/** Fills without their order, trades without the entry that opened them. */
function unled(folder: string, orders: ReadonlyMap<string, LedTo>): string[] {
  const entries = new Set(
    [...orders.values()].filter(({ purpose }) => purpose === 'ENTRY').map((order) => order.intentId),
  )
  const fills = rowsOf(folder, 'fills').flatMap((fill) => {
    const order = orders.get(fill.clientOrderId)
    if (order === undefined) return [`fill ${fill.id} has no order`]
    return order.intentId === fill.intentId && order.traceId === fill.traceId
      ? []
      : [`fill ${fill.id} is of another intent`]
  })
  const trades = rowsOf(folder, 'trades')
    .filter((trade) => !entries.has(trade.intentId))
    .map((trade) => `trade ${trade.id} on ${trade.symbol} has no entry order`)
  return [...fills, ...trades]
}
