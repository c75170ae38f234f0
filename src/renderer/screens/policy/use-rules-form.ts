/** A form over the rules: what was typed, what is wrong with which field, and the save. */
import { useEffect, useMemo, useState } from 'react'

import type { PolicyRules } from '../../../contract/rules-shapes.ts'
import { offerUndo } from '../../commands/mode-commands.ts'
import { station } from '../../link/client.ts'
import { useLive } from '../../state/live.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { changesText } from './change-words.ts'
import { fieldOf } from './policy-fields.ts'
import { faultsByPath, readDraft, type Draft } from './rules-draft.ts'
import type { RulesPatch } from './use-preview.ts'
import { writePolicy, type WriteOutcome } from './write-policy.ts'

type Conflict = Extract<WriteOutcome, { kind: 'conflict' }> & { readonly since: number }

export interface RulesForm {
  readonly rules: PolicyRules
  readonly defaults: PolicyRules
  readonly draft: Draft
  readonly changed: readonly string[]
  /** what would be sent; null: nothing, or what was typed cannot be read */
  readonly patch: RulesPatch | null
  readonly faults: ReadonlyMap<string, string>
  readonly conflict: Conflict | null
  /** why the last save failed as a whole */
  readonly failure: string | null
  readonly isSending: boolean
  readonly type: (path: string, text: string) => void
  readonly save: (reason: string, overConflict?: boolean) => Promise<void>
  readonly discard: () => void
}

const EMPTY: Draft = new Map()
const NO_FAULTS: ReadonlyMap<string, string> = new Map()

export interface RulesFormState {
  readonly form: RulesForm | null
  readonly fault: string | null
  readonly reload: () => void
}

/** `paths`: the fields that the form shows. */
export function useRulesForm(paths: ReadonlySet<string>): RulesFormState {
  const version = useLive(({ policy }) => policy?.version ?? 0)
  const { value: told, fault, reload } = useAnswer('rules', () => station.policy.rules(), version)
  const [draft, setDraft] = useState(EMPTY)
  const [found, setFound] = useState(NO_FAULTS)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [isSending, setIsSending] = useState(false)
  /** the version of the rules that were shown when the first field was touched */
  const [base, setBase] = useState<number | null>(null)
  /** what was written, until it is shown */
  const [saved, setSaved] = useState<{ readonly version: number; readonly draft: Draft } | null>(null)
  const read = useMemo(() => (told === null ? null : readDraft(draft, told.rules, fieldOfRule)), [draft, told])
  const clear = (): void => {
    setDraft(EMPTY)
    setFound(NO_FAULTS)
    setConflict(null)
    setFailure(null)
    setBase(null)
  }
  const type = (path: string, text: string): void => {
    setBase((now) => now ?? told?.version ?? null)
    setDraft((now) => new Map(now).set(path, text))
    setFound((now) => new Map([...now].filter(([at]) => at !== path && at !== '')))
    setFailure(null)
  }
  // what was typed stands until what was saved is shown in its place; what was typed meanwhile stays
  useEffect(() => {
    if (saved === null || told === null || (told.version < saved.version && fault === null)) return
    setDraft((now) => new Map([...now].filter(([path, text]) => saved.draft.get(path) !== text)))
    setBase(null)
    setSaved(null)
  }, [saved, told, fault])
  const save = async (reason: string, overConflict = false): Promise<void> => {
    if (read === null || read.patch === null || read.faults.size > 0 || isSending || saved !== null) return
    const since = base ?? told?.version ?? 1
    const expected = overConflict ? (conflict?.currentVersion ?? since) : since
    setIsSending(true)
    const outcome = await writePolicy(() =>
      station.policy.changeRules({
        rules: read.patch as RulesPatch,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        expected_version: expected,
      }),
    )
    setIsSending(false)
    if (outcome.kind === 'done') {
      setSaved({ version: outcome.answer.policy.version, draft })
      setConflict(null)
      offerUndo(outcome.answer, `${changesText(outcome.answer.changes)} saved`)
      return
    }
    setConflict(outcome.kind === 'conflict' ? { ...outcome, since } : null)
    setFailure(outcome.kind === 'failed' ? outcome.sentence : null)
    if (outcome.kind === 'invalid') setFound(faultsByPath(outcome.fields, paths, fieldOfRule))
  }
  if (told === null || read === null) return { form: null, fault, reload }
  const faults = new Map([...found, ...read.faults])
  const { rules, defaults } = told
  const form = {
    rules,
    defaults,
    draft,
    changed: read.changed,
    patch: faults.size > 0 ? null : (read.patch as RulesPatch | null),
    faults,
    conflict,
    failure,
    isSending: isSending || saved !== null,
    type,
    save,
    discard: clear,
  }
  return { form, fault: null, reload }
}

const fieldOfRule = (path: string): ReturnType<typeof fieldOf> => fieldOf(`rules.${path}`)
