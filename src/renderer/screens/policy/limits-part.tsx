/** The numbers of the risk guard and of the safety governor: edited in place, marked where changed, reset to default. */
import { useState, type JSX } from 'react'

import { FaultNote } from '../../widgets/fault-note.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { Segmented } from '../../widgets/segmented.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { GOVERNOR_FIELDS, GUARD_FIELDS, type FieldWords } from './policy-fields.ts'
import { FromDefault } from './profiles-part.tsx'
import { RuleField } from './rule-field.tsx'
import { valueAt } from './rules-draft.ts'
import { RulesFoot } from './rules-foot.tsx'
import { valueText } from './units.ts'
import { useRulesForm, type RulesForm } from './use-rules-form.ts'

const PATHS: ReadonlySet<string> = new Set([
  ...Object.keys(GUARD_FIELDS).map((name) => `guard.${name}`),
  ...Object.keys(GOVERNOR_FIELDS).map((name) => `governor.${name}`),
])

type Shown = 'all' | 'changed'
const SHOWN = [
  { value: 'all', label: 'All' },
  { value: 'changed', label: 'Changed only' },
] as const

export function LimitsPart(): JSX.Element {
  const { form, fault, reload } = useRulesForm(PATHS)
  const [shown, setShown] = useState<Shown>('all')
  if (form === null)
    return fault === null ? (
      <Skeleton lines={8} label="Reading the limits" />
    ) : (
      <FaultNote what="The limits" fault={fault} onRetry={reload} />
    )
  const choice = <Segmented label="Limits shown" choices={SHOWN} value={shown} onChoose={setShown} />
  return (
    <div className="policy-rules">
      <div className="policy-limits">
        <Panel title="Risk guard" note={<span className="meta">the fifteen checks of every entry</span>} verbs={choice}>
          <LimitTable form={form} prefix="guard" fields={GUARD_FIELDS} shown={shown} />
        </Panel>
        <Panel title="Safety governor" note={<span className="meta">when it tightens and loosens</span>}>
          <LimitTable form={form} prefix="governor" fields={GOVERNOR_FIELDS} shown={shown} />
        </Panel>
      </div>
      <RulesFoot form={form} />
    </div>
  )
}

interface LimitTableProps {
  readonly form: RulesForm
  readonly prefix: string
  readonly fields: Readonly<Record<string, FieldWords>>
  readonly shown: Shown
}

export function LimitTable({ form, prefix, fields, shown }: LimitTableProps): JSX.Element {
  const differs = (path: string): boolean =>
    form.draft.has(path) || valueAt(form.rules, path) !== valueAt(form.defaults, path)
  const rows = Object.entries(fields).filter(([name]) => shown === 'all' || differs(`${prefix}.${name}`))
  if (rows.length === 0) return <p className="empty">All {Object.keys(fields).length} stand at their defaults.</p>
  return (
    <div className="scroll">
      <table className="policy-table rules-table">
        <thead>
          <tr>
            <th scope="col">Limit</th>
            <th scope="col">In force</th>
            <th scope="col">Default</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, words]) => {
            const path = `${prefix}.${name}`
            return (
              <tr key={name}>
                <th scope="row">
                  {words.label}
                  {words.help === undefined ? null : <span className="help">{words.help}</span>}
                </th>
                <td>
                  <RuleField form={form} path={path} label={words.label} />
                </td>
                <td>
                  <FromDefault form={form} path={path} words={words} label={words.label} />
                  <DefaultText form={form} path={path} words={words} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** The default in grey where nothing in force differs from it, and while the field is edited. */
function DefaultText({
  form,
  path,
  words,
}: Pick<LimitTableProps, 'form'> & { readonly path: string; readonly words: FieldWords }): JSX.Element | null {
  const usual = valueAt(form.defaults, path)
  const isShown = form.draft.has(path) || valueAt(form.rules, path) === usual
  return isShown ? <span className="dim">{valueText(usual, words.unit)}</span> : null
}
