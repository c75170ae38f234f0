/** The four numbers: what is in force and who set it, what the policy says, and who holds it. */
import type { JSX } from 'react'

import { station } from '../../link/client.ts'
import { Button } from '../../widgets/button.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { actorWords } from './change-words.ts'
import type { DocumentProps } from './document-props.ts'
import { NUMBER_FIELDS, type NumberField } from './policy-fields.ts'
import { sourceWords } from './source-words.ts'
import { valueText } from './units.ts'
import { writeAtOnce } from './write-policy.ts'

interface NumbersPanelProps extends DocumentProps {
  readonly onEdit: (field: NumberField) => void
  readonly onReset: () => void
}

const release = (field: NumberField, label: string): void =>
  void writeAtOnce({ done: `${label} released`, notDone: `${label} was not released` }, () =>
    station.policy.releaseHold({ field }),
  )

export const NumbersPanel = ({ policy, effective, onEdit, onReset }: NumbersPanelProps): JSX.Element => (
  <Panel
    title="Numbers"
    note={<span className="meta">in force is the tighter of policy, profile and governor</span>}
    verbs={
      <Button look="quiet" onClick={onReset}>
        Reset to NORMAL
      </Button>
    }
  >
    <table className="policy-table">
      <thead>
        <tr>
          <th scope="col">Limit</th>
          <th scope="col" className="num">
            In force
          </th>
          <th scope="col">Set by</th>
          <th scope="col" className="num">
            Policy says
          </th>
          <th scope="col" className="wide">
            Written by
          </th>
          <th scope="col">Hold</th>
          <th scope="col">
            <span className="sr">Edit</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {NUMBER_FIELDS.map(({ field, limit, label, unit, help }) => {
          const inForce = effective[limit as 'max_positions']
          const source = policy.sources[field]
          const hold = source?.hold ?? null
          return (
            <tr key={field}>
              <th scope="row" title={help}>
                {label}
              </th>
              <td className="num">
                <b>{valueText(inForce.value, unit)}</b>
              </td>
              <td className="src">{sourceWords(inForce.source, policy.risk_mode)}</td>
              <td className="num">{valueText(policy[field], unit)}</td>
              <td className="src wide">
                {source === undefined ? 'start-up' : `${actorWords(source.actor)}, policy ${source.version}`}
              </td>
              <td>
                {hold === null ? (
                  <span className="dim">not held</span>
                ) : (
                  <span className="held">
                    held at {valueText(hold, unit)}
                    <Button
                      look="quiet"
                      aria-label={`Release ${label}`}
                      title="MSC may loosen it again"
                      onClick={() => release(field, label)}
                    >
                      Release
                    </Button>
                  </span>
                )}
              </td>
              <td className="end">
                <Button aria-label={`Edit ${label}`} onClick={() => onEdit(field)}>
                  Edit
                </Button>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  </Panel>
)
