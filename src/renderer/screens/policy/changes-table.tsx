/** Changed fields, one a row: what it is called, before, after. */
import type { JSX } from 'react'

import type { FieldChange } from '../../../contract/policy-shapes.ts'
import { changeWords } from './change-words.ts'

interface ChangesTableProps {
  readonly label: string
  readonly changes: readonly FieldChange[]
  readonly fromHead?: string
  readonly toHead?: string
  /** said where nothing differs */
  readonly none: string
}

export function ChangesTable({
  label,
  changes,
  fromHead = 'Before',
  toHead = 'After',
  none,
}: ChangesTableProps): JSX.Element {
  if (changes.length === 0) return <p className="note-line dim">{none}</p>
  return (
    <table className="policy-table changes" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">{fromHead}</th>
          <th scope="col">{toHead}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => {
          const { label: name, from, to } = changeWords(change)
          return (
            <tr key={change.path}>
              <th scope="row" title={change.path}>
                {name}
              </th>
              <td>{from}</td>
              <td>
                <b>{to}</b>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
