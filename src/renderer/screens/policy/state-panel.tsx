/** What else decides: the other limits in force, the governor above them, the stop. */
import type { JSX } from 'react'

import { useLive } from '../../state/live.ts'
import { Time } from '../../widgets/figures.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { actorWords } from './change-words.ts'
import type { DocumentProps } from './document-props.ts'
import { sourceWords } from './source-words.ts'
import { valueText, type Unit } from './units.ts'

const OTHERS = [
  { limit: 'max_leverage', label: 'Leverage', unit: 'times' },
  { limit: 'position_size_cap_fraction', label: 'Position size', unit: 'percent' },
  { limit: 'position_size_cap_usd', label: 'Size, small account', unit: 'usd' },
  { limit: 'max_daily_drawdown', label: 'Drawdown a day', unit: 'percent' },
  { limit: 'max_gross_exposure', label: 'Exposure', unit: 'multiple' },
  { limit: 'max_symbol_exposure', label: 'Exposure of a symbol', unit: 'multiple' },
  { limit: 'allow_new_positions', label: 'New positions', unit: 'flag' },
] as const satisfies readonly { limit: string; label: string; unit: Unit }[]

export function StatePanel({ policy, effective }: DocumentProps): JSX.Element {
  const governor = useLive((replica) => replica.governor)
  return (
    <>
      <Panel title="Also in force" note={<span className="meta">edit them under Profiles and Limits</span>}>
        <table className="policy-table">
          <tbody>
            {OTHERS.map(({ limit, label, unit }) => (
              <tr key={limit}>
                <th scope="row">{label}</th>
                <td className="num">{valueText(effective[limit].value, unit)}</td>
                <td className="src">{sourceWords(effective[limit].source, policy.risk_mode)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel title="Above it">
        <ul className="policy-above">
          <li>
            <b>Safety governor</b> {governor === null ? 'not told yet' : governor.level}
            {governor?.cause === null || governor === null ? '' : `: ${governor.cause}`}
            {governor === null || Date.parse(governor.since) === 0 ? null : (
              <span className="meta">
                {' '}
                since <Time at={governor.since} />
              </span>
            )}
          </li>
          <li>
            <b>Stop</b>{' '}
            {policy.emergency === null ? (
              'not engaged'
            ) : (
              <>
                engaged by {actorWords(policy.emergency.by)} at <Time at={policy.emergency.engaged_at} />:{' '}
                {policy.emergency.reason}
              </>
            )}
          </li>
        </ul>
      </Panel>
    </>
  )
}
