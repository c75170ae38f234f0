/** The three counts, the limits that change, the positions that would be over them. */
import type { JSX } from 'react'

import { LIMIT_NAMES, sourceText } from '../limits/limit-names.ts'
import type { ModePreview } from '../state/preview.ts'
import { Icon } from '../widgets/icon.tsx'
import { OverPositions } from './over-positions.tsx'

interface Props {
  readonly preview: ModePreview
  readonly ticked: ReadonlySet<string>
  readonly onToggle: (symbol: string) => void
}

export function ModeConsequences({ preview, ticked, onToggle }: Props): JSX.Element {
  const { positions_over: over, entries_cancelled: cancelled, governor_level: level, notes } = preview
  const closing = over.filter(({ symbol }) => ticked.has(symbol)).length
  return (
    <>
      <ul className="cons">
        <Count
          count={over.length}
          what={over.length === 1 ? 'position exceeds' : 'positions exceed'}
          rest=" the new limits. Kept, nothing added."
        />
        <Count
          count={cancelled.length}
          what={cancelled.length === 1 ? 'resting entry cancelled' : 'resting entries cancelled'}
          rest={cancelled.length === 0 ? '.' : `: ${cancelled.map(({ symbol }) => symbol).join(', ')}.`}
        />
        <Count
          count={closing}
          what={closing === 1 ? 'position closed' : 'positions closed'}
          rest={over.length === 0 ? '.' : ', unless you tick one below.'}
        />
      </ul>
      <ChangedLimits preview={preview} />
      {over.length === 0 ? null : <OverPositions over={over} ticked={ticked} onToggle={onToggle} />}
      {level === 'NORMAL' ? null : (
        <p className="note-line">The governor would be at {level.toLowerCase()} under it.</p>
      )}
      {notes.map((note) => (
        <p key={note} className="note-line">
          {note}
        </p>
      ))}
    </>
  )
}

const Count = ({
  count,
  what,
  rest,
}: {
  readonly count: number
  readonly what: string
  readonly rest: string
}): JSX.Element => (
  <li>
    <span className="big">{count}</span>
    <span>
      <b>{what}</b>
      {rest}
    </span>
  </li>
)

function ChangedLimits({ preview: { before, after } }: Pick<Props, 'preview'>): JSX.Element {
  const changed = LIMIT_NAMES.filter(({ field }) => before[field].value !== after[field].value)
  const same = LIMIT_NAMES.filter((name) => !changed.includes(name))
  return (
    <>
      <h3>Limits that change</h3>
      {changed.length === 0 ? <p className="note-line">None: the numbers in force are the same.</p> : null}
      <table>
        <thead className={changed.length === 0 ? 'sr' : ''}>
          <tr>
            <th scope="col">Limit</th>
            <th scope="col" className="num">
              Now
            </th>
            <th scope="col">
              <span className="sr">becomes</span>
            </th>
            <th scope="col" className="num">
              After
            </th>
            <th scope="col">Set by</th>
          </tr>
        </thead>
        <tbody>
          {changed.map(({ field, name, text }) => (
            <tr key={field}>
              <th scope="row">{name}</th>
              <td className="num dim">{text(before[field].value)}</td>
              <td className="arrow">
                <Icon name="move" />
              </td>
              <td className="num">
                <b>{text(after[field].value)}</b>
              </td>
              <td className="src">{sourceText(after[field].source)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="note-line meta">
        Unchanged: {same.map(({ field, name, text }) => `${name.toLowerCase()} ${text(after[field].value)}`).join(', ')}
        .
      </p>
    </>
  )
}
