/** Writes to the policy from this screen: what came of it, with every bad field and every conflict as data. */
import { ORPCError } from '@orpc/client'

import type { FieldFault } from '../../../contract/errors.ts'
import type { ChangeAnswer } from '../../../contract/policy-shapes.ts'
import { offerUndo } from '../../commands/mode-commands.ts'
import { faultSentence } from '../../link/fault-sentence.ts'
import { policyShown } from '../../state/policy-shown.ts'
import { showFault } from '../../widgets/toasts.tsx'

export type WriteOutcome =
  | { readonly kind: 'done'; readonly answer: ChangeAnswer }
  /** nothing was written: the fields and what was expected of each */
  | { readonly kind: 'invalid'; readonly fields: readonly FieldFault[] }
  /** nothing was written: somebody changed these fields since the version that the person looked at */
  | { readonly kind: 'conflict'; readonly fields: readonly FieldFault[]; readonly currentVersion: number }
  | { readonly kind: 'failed'; readonly sentence: string }

interface FaultData {
  readonly fields?: readonly FieldFault[]
  readonly current_version?: number
}

export function outcomeOfFault(problem: unknown): Exclude<WriteOutcome, { kind: 'done' }> {
  if (problem instanceof ORPCError) {
    const { fields = [], current_version: currentVersion = 0 } = (problem.data ?? {}) as FaultData
    if (problem.code === 'INVALID_INPUT') return { kind: 'invalid', fields }
    if (problem.code === 'CONFLICT') return { kind: 'conflict', fields, currentVersion }
  }
  return { kind: 'failed', sentence: faultSentence(problem) }
}

/** Done: the page shows it by then. */
export async function writePolicy(ask: () => Promise<ChangeAnswer>): Promise<WriteOutcome> {
  try {
    const answer = await ask()
    await policyShown(answer.policy.version)
    return { kind: 'done', answer }
  } catch (problem) {
    return outcomeOfFault(problem)
  }
}

/** For a verb without a form: done offers its undo, anything else is said at the foot of the page. */
export async function writeAtOnce(
  words: { readonly done: string; readonly notDone: string },
  ask: () => Promise<ChangeAnswer>,
): Promise<boolean> {
  const outcome = await writePolicy(ask)
  if (outcome.kind === 'done') {
    offerUndo(outcome.answer, words.done)
    return true
  }
  showFault(`${words.notDone}: ${outcomeSentence(outcome)}.`)
  return false
}

const outcomeSentence = (outcome: Exclude<WriteOutcome, { kind: 'done' }>): string => {
  if (outcome.kind === 'failed') return outcome.sentence
  if (outcome.kind === 'invalid') return outcome.fields.map(({ message }) => message).join('; ')
  return `the policy is at version ${outcome.currentVersion} by now`
}
