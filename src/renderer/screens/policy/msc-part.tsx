/** What MSC and the ranker judge by: thresholds, weights, evidence, scoring; edited in place, saved as one change. */
import type { JSX } from 'react'

import { hrefOf } from '../../frame/route.ts'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { LimitTable } from './limits-part.tsx'
import {
  MSC_DECISION,
  MSC_EVIDENCE,
  MSC_SCORING,
  MSC_SELECTION,
  MSC_SYMBOLS,
  MSC_THRESHOLDS,
  MSC_WEIGHTS,
} from './msc-fields.ts'
import { RANKER_FIELDS, type FieldWords } from './policy-fields.ts'
import { RulesFoot } from './rules-foot.tsx'
import { useRulesForm } from './use-rules-form.ts'

interface Group {
  readonly title: string
  readonly note: string
  readonly prefix: string
  readonly fields: Readonly<Record<string, FieldWords>>
}

const LEFT: readonly Group[] = [
  {
    title: 'Votes',
    note: 'from which reading a voter speaks, and how loud',
    prefix: 'msc.thresholds',
    fields: MSC_THRESHOLDS,
  },
  { title: 'Defensive weights', note: 'what each such vote weighs', prefix: 'msc.weights', fields: MSC_WEIGHTS },
  { title: 'Evidence', note: 'what the readings are made of', prefix: 'msc.evidence', fields: MSC_EVIDENCE },
]
const RIGHT: readonly Group[] = [
  { title: 'Decision', note: 'when the votes move the mode', prefix: 'msc.decision', fields: MSC_DECISION },
  { title: 'Strategy scores', note: 'what a score is made of', prefix: 'msc.scoring', fields: MSC_SCORING },
  { title: 'Strategies allowed', note: 'best scores first', prefix: 'msc.selection', fields: MSC_SELECTION },
  { title: 'Symbols allowed', note: 'best ranked first', prefix: 'msc.symbols', fields: MSC_SYMBOLS },
  { title: 'Ranker', note: 'what counts as an opportunity', prefix: 'ranker', fields: RANKER_FIELDS },
]

const PATHS: ReadonlySet<string> = new Set(
  [...LEFT, ...RIGHT].flatMap(({ prefix, fields }) => Object.keys(fields).map((name) => `${prefix}.${name}`)),
)

export function MscPart(): JSX.Element {
  const { form, fault, reload } = useRulesForm(PATHS)
  if (form === null)
    return fault === null ? (
      <Skeleton lines={8} label="Reading the thresholds" />
    ) : (
      <FaultNote what="The thresholds" fault={fault} onRetry={reload} />
    )
  const part = ({ title, note, prefix, fields }: Group): JSX.Element => (
    <Panel
      key={prefix}
      title={title}
      note={<span className="meta">{note}</span>}
      verbs={
        prefix === 'ranker' ? (
          <a className="meta" href={hrefOf('opportunities', [], { show: 'weights' })}>
            weights, with the ranking that they make
          </a>
        ) : undefined
      }
    >
      <LimitTable form={form} prefix={prefix} fields={fields} shown="all" />
    </Panel>
  )
  return (
    <div className="policy-rules">
      <div className="policy-groups">
        <div className="scroll">{LEFT.map(part)}</div>
        <div className="scroll">{RIGHT.map(part)}</div>
      </div>
      <RulesFoot form={form} />
    </div>
  )
}
