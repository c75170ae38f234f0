/** The three profiles side by side, and what each mode asks for inside its own: edited in place, saved as one change. */
import type { JSX } from 'react'

import { Button } from '../../widgets/button.tsx'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { ModeMark, RISK_MODES, type RiskMode } from '../../widgets/mode-mark.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { fieldOf, PROFILE_FIELDS, TARGET_FIELDS, type FieldWords } from './policy-fields.ts'
import { RuleField } from './rule-field.tsx'
import { valueAt } from './rules-draft.ts'
import { RulesFoot } from './rules-foot.tsx'
import { fieldText, valueText } from './units.ts'
import { useRulesForm, type RulesForm } from './use-rules-form.ts'

const ROOMS = [
  { prefix: 'profiles', fields: PROFILE_FIELDS },
  { prefix: 'msc.targets', fields: TARGET_FIELDS },
] as const

const PATHS: ReadonlySet<string> = new Set(
  ROOMS.flatMap(({ prefix, fields }) =>
    RISK_MODES.flatMap((mode) => Object.keys(fields).map((name) => `${prefix}.${mode}.${name}`)),
  ),
)

export function ProfilesPart({ mode }: { readonly mode: RiskMode }): JSX.Element {
  const { form, fault, reload } = useRulesForm(PATHS)
  if (form === null)
    return fault === null ? (
      <Skeleton lines={8} label="Reading the profiles" />
    ) : (
      <FaultNote what="The profiles" fault={fault} onRetry={reload} />
    )
  return (
    <div className="policy-rules">
      <div className="scroll">
        <Panel
          title="Profiles"
          note={<span className="meta">the envelope of each mode: nothing in the policy reaches beyond it</span>}
        >
          <ModeTable form={form} prefix="profiles" fields={PROFILE_FIELDS} inForce={mode} />
        </Panel>
        <Panel
          title="What each mode asks for"
          note={<span className="meta">written to the four numbers with a switch, held inside the profile</span>}
        >
          <ModeTable form={form} prefix="msc.targets" fields={TARGET_FIELDS} inForce={mode} />
        </Panel>
      </div>
      <RulesFoot form={form} />
    </div>
  )
}

interface ModeTableProps {
  readonly form: RulesForm
  readonly prefix: string
  readonly fields: Readonly<Record<string, FieldWords>>
  readonly inForce: RiskMode
}

const ModeTable = ({ form, prefix, fields, inForce }: ModeTableProps): JSX.Element => (
  <table className="policy-table rules-table">
    <thead>
      <tr>
        <th scope="col">Limit</th>
        {RISK_MODES.map((mode) => (
          <th key={mode} scope="col">
            <ModeMark mode={mode} /> {mode === inForce ? <span className="tag">in force</span> : null}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {Object.entries(fields).map(([name, words]) => (
        <tr key={name}>
          <th scope="row">
            {words.label}
            {words.help === undefined ? null : <span className="help">{words.help}</span>}
          </th>
          {RISK_MODES.map((mode) => (
            <td key={mode}>
              <RuleField
                form={form}
                path={`${prefix}.${mode}.${name}`}
                label={fieldOf(`rules.${prefix}.${mode}.${name}`).label}
              />
              <FromDefault
                form={form}
                path={`${prefix}.${mode}.${name}`}
                words={words}
                label={fieldOf(`rules.${prefix}.${mode}.${name}`).label}
              />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)

interface FromDefaultProps {
  readonly form: RulesForm
  readonly path: string
  readonly words: FieldWords
  readonly label: string
}

/** Marks what differs from the default and takes it back to it; nothing where it does not, or while it is edited. */
export function FromDefault({ form, path, words, label }: FromDefaultProps): JSX.Element | null {
  const { unit } = words
  const usual = valueAt(form.defaults, path)
  if (form.draft.has(path) || valueAt(form.rules, path) === usual) return null
  const reset = (): void => form.type(path, fieldText(usual, unit))
  return (
    <span className="from-default">
      <span className="tag">changed</span>
      <Button look="quiet" aria-label={`Reset ${label}`} onClick={reset}>
        Reset to {valueText(usual, unit)}
      </Button>
    </span>
  )
}
