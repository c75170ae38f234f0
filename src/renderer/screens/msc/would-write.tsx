/** The four numbers: what is in force, what MSC asks for, where the profile stops it, and what it would come to. */
import type { JSX } from 'react'

import type { Evaluation } from '../../../contract/msc.ts'
import { hrefOf } from '../../frame/route.ts'
import { LIMIT_NAMES, type LimitField } from '../../limits/limit-names.ts'
import { Panel } from '../../widgets/panel.tsx'

type Target = Evaluation['targets'][number]

const LIMITS: Readonly<Record<Target['field'], LimitField>> = {
  max_risk_per_trade: 'max_risk_per_trade',
  global_min_confidence: 'min_confidence',
  max_positions: 'max_positions',
  max_daily_trades: 'max_daily_trades',
}

const BESIDE: Readonly<Partial<Record<Evaluation['result'], string>>> = {
  held_by_pin: 'held by your pin',
  held_by_rule: 'held by a rule',
  waiting: 'waits for the next run',
  advice_only: 'advice only',
  failed: 'nothing was written',
}

export const WouldWrite = ({ run }: { readonly run: Evaluation }): JSX.Element => (
  <Panel
    title={run.policy_version === null ? 'What it would write' : 'What it wrote'}
    verbs={
      run.policy_version === null ? (
        <span className="meta">{BESIDE[run.result] ?? 'nothing to change'}</span>
      ) : (
        <a className="meta" href={hrefOf('policy', ['history', String(run.policy_version)])}>
          policy {run.policy_version}
        </a>
      )
    }
  >
    <table className="targets">
      <thead>
        <tr>
          <th scope="col">Limit</th>
          <th scope="col" className="num">
            In force
          </th>
          <th scope="col" className="num">
            MSC
          </th>
          <th scope="col" className="num wide">
            Profile
          </th>
          <th scope="col" className="num">
            {run.policy_version === null ? 'Would be' : 'Now'}
          </th>
        </tr>
      </thead>
      <tbody>
        {run.targets.map((target) => (
          <TargetRow key={target.field} target={target} />
        ))}
      </tbody>
    </table>
    <p className="meta active">
      {run.active_strategies.length === 0
        ? 'No strategy would trade.'
        : `${run.active_strategies.length} ${run.active_strategies.length === 1 ? 'strategy' : 'strategies'}: ${run.active_strategies.join(', ')}`}
    </p>
  </Panel>
)

function TargetRow({ target }: { readonly target: Target }): JSX.Element {
  const limit = LIMIT_NAMES.find(({ field }) => field === LIMITS[target.field])
  const text = (value: number | null): string => (value === null ? '–' : (limit?.text(value) ?? String(value)))
  const isSame = target.would_be === target.in_force
  return (
    <tr>
      <th scope="row">{limit?.name ?? target.field}</th>
      <td className="num dim">{text(target.in_force)}</td>
      <td className="num dim">{text(target.advised)}</td>
      <td className="num dim wide">{text(target.profile)}</td>
      <td className="num">{isSame ? text(target.would_be) : <b>{text(target.would_be)}</b>}</td>
    </tr>
  )
}
