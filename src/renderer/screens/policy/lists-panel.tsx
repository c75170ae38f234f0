/** Which strategies and symbols may trade. */
import type { JSX } from 'react'

import type { PolicyDocument } from '../../../contract/policy-shapes.ts'
import { Button } from '../../widgets/button.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { actorWords } from './change-words.ts'
import { LIST_FIELDS, type ListField } from './policy-fields.ts'

const MOST_SHOWN = 24

interface ListsPanelProps {
  readonly policy: PolicyDocument
  readonly onEdit: (field: ListField) => void
}

export const ListsPanel = ({ policy, onEdit }: ListsPanelProps): JSX.Element => (
  <Panel title="Lists" note={<span className="meta">blocked wins over allowed</span>}>
    <dl className="policy-lists">
      {LIST_FIELDS.map(({ field, label, unrestricted, none }) => {
        const names = policy[field]
        const source = policy.sources[field]
        return (
          <div key={field}>
            <dt>
              {label}
              {source === undefined ? null : (
                <span className="src">
                  {' '}
                  {actorWords(source.actor)}, policy {source.version}
                </span>
              )}
            </dt>
            <dd>
              {names === null ? <span className="dim">No restriction: {unrestricted}.</span> : null}
              {names?.length === 0 ? <span className="dim">Empty: {none}.</span> : null}
              {names?.slice(0, MOST_SHOWN).map((name) => (
                <span key={name} className="token">
                  {name}
                </span>
              ))}
              {names !== null && names.length > MOST_SHOWN ? (
                <span className="meta">and {names.length - MOST_SHOWN} more</span>
              ) : null}
            </dd>
            <dd className="end">
              <Button aria-label={`Edit ${label}`} onClick={() => onEdit(field)}>
                Edit
              </Button>
            </dd>
          </div>
        )
      })}
    </dl>
  </Panel>
)
