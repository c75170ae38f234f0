/** The sheet in which a rule is made or changed. */
import { useId, useState, type JSX, type SyntheticEvent } from 'react'

import { offerUndo } from '../../commands/mode-commands.ts'
import { station } from '../../link/client.ts'
import { Button } from '../../widgets/button.tsx'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { ModeMark, RISK_MODES, type RiskMode } from '../../widgets/mode-mark.tsx'
import { Segmented } from '../../widgets/segmented.tsx'
import { Sheet } from '../../widgets/sheet.tsx'
import { TextField } from '../../widgets/text-field.tsx'
import { conditionText, nameFault, windowText } from './mode-rule-words.ts'
import { draftFrom, readRule, type RuleDraft } from './rule-draft.ts'
import type { EditedRule, ModeRules } from './use-mode-rules.ts'
import { WindowFields } from './window-fields.tsx'
import { writePolicy, type WriteOutcome } from './write-policy.ts'

interface RuleSheetProps {
  readonly told: ModeRules
  readonly edited: EditedRule
  readonly onClose: () => void
}

const MODES = RISK_MODES.map((mode) => ({ value: mode, label: <ModeMark mode={mode} /> }))
const WILD = [
  { value: 'HIGH', label: 'High or extreme' },
  { value: 'EXTREME', label: 'Extreme' },
] as const

export function RuleSheet({ told, edited, onClose }: RuleSheetProps): JSX.Element {
  const { kind, place } = edited
  /** the rules as they were when the sheet opened: what is saved must not undo what somebody wrote since */
  const [{ rules, version }] = useState(told)
  const [draft, setDraft] = useState<RuleDraft>(() => draftFrom(rules, edited))
  const [outcome, setOutcome] = useState<Exclude<WriteOutcome, { kind: 'done' }> | null>(null)
  const [isSending, setIsSending] = useState(false)
  /** an empty name is no fault before anything was typed */
  const [isTouched, setIsTouched] = useState(false)
  const faultId = useId()
  const set = (changes: Partial<RuleDraft>): void => {
    setDraft((now) => ({ ...now, ...changes }))
    setOutcome(null)
    setIsTouched(true)
  }
  const others = [...rules.time_rules, ...rules.volatility_rules].map(({ name }) => name)
  const own = place === null ? null : draftFrom(rules, edited).name
  const read = readRule(draft, rules, edited)
  const fault =
    nameFault(
      draft.name,
      others.filter((name) => name !== own),
    ) ??
    read.fault ??
    faultOf(outcome)
  const title = place === null ? `New ${kind} rule` : `Rule ${own ?? ''}`
  const save = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault()
    setIsTouched(true)
    if (read.change === null || fault !== null || isSending) return
    const { change } = read
    setIsSending(true)
    const written = await writePolicy(() =>
      station.policy.changeRules({
        rules: change,
        reason: `rule ${draft.name.trim()} ${place === null ? 'made' : 'changed'}`,
        expected_version: version,
      }),
    )
    setIsSending(false)
    if (written.kind !== 'done') return setOutcome(written)
    offerUndo(written.answer, `Rule ${draft.name.trim()} saved`)
    onClose()
  }
  return (
    <Sheet label={title} className="change-sheet" onClose={onClose}>
      <form noValidate onSubmit={(event) => void save(event)}>
        <div className="title">
          <h1>{title}</h1>
        </div>
        <div className="body">
          <TextField
            label="Name"
            data-autofocus
            value={draft.name}
            maxLength={80}
            placeholder={kind === 'time' ? 'Night' : 'Storm'}
            aria-describedby={faultId}
            onChange={(name) => set({ name })}
          />
          <div className="field">
            <span className="label">Sets</span>
            <Segmented<RiskMode>
              label="Mode it sets"
              choices={MODES}
              value={draft.mode}
              onChoose={(mode) => set({ mode })}
            />
          </div>
          {kind === 'time' ? (
            <WindowFields draft={draft} onChange={set} />
          ) : (
            <div className="field">
              <span className="label">While</span>
              <Segmented
                label="Volatility"
                choices={WILD}
                value={draft.atLeast}
                onChoose={(atLeast) => set({ atLeast })}
              />
            </div>
          )}
          <p className="note-line" role="status">
            Sets <ModeMark mode={draft.mode} />{' '}
            {kind === 'volatility'
              ? conditionText({ at_least: draft.atLeast })
              : read.window === null
                ? ''
                : windowText(read.window)}
            . A pin stands above it; MSC may only tighten while it speaks. Of two rules the tighter speaks.
          </p>
          <p className="field-fault" id={faultId} role="alert">
            {isTouched ? fault : null}
          </p>
        </div>
        <div className="foot">
          <span className="push" />
          <Button isBig onClick={onClose}>
            {place === null ? 'Leave it' : 'Keep it'} <KeyCap keys="Escape" />
          </Button>
          <Button isBig look="primary" type="submit" disabled={(isTouched && fault !== null) || isSending}>
            {place === null ? 'Make rule' : 'Save rule'} <KeyCap keys="Enter" />
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

function faultOf(outcome: Exclude<WriteOutcome, { kind: 'done' }> | null): string | null {
  if (outcome === null) return null
  if (outcome.kind === 'invalid') return outcome.fields.map(({ path, message }) => `${path}: ${message}`).join('; ')
  if (outcome.kind === 'conflict')
    return `The policy is at version ${outcome.currentVersion} by now: close this and look at the rules again`
  return `Not saved: ${outcome.sentence}`
}
