/** Symbols without a score and symbols that a filter keeps out, each with its reason. */
import type { JSX } from 'react'

import type { Ranking } from '../../../contract/opportunities.ts'
import { Button } from '../../widgets/button.tsx'
import { Icon } from '../../widgets/icon.tsx'
import { filteredText, type RankingRow } from './ranking-rows.ts'

interface LeftOutProps {
  readonly skipped: Ranking['skipped']
  readonly rows: readonly RankingRow[]
  readonly onClose: () => void
}

export function LeftOut({ skipped, rows, onClose }: LeftOutProps): JSX.Element {
  const filtered = rows.flatMap((row) => (row.filtered === null ? [] : [{ ...row, filtered: row.filtered }]))
  return (
    <aside className="panel details" aria-label="Left out">
      <div className="head">
        <h2>Left out</h2>
        <span className="push">
          <Button look="quiet" aria-label="Back to the symbol" onClick={onClose}>
            <Icon name="cross" />
          </Button>
        </span>
      </div>
      <div className="scroll">
        <Reasons
          title={`Skipped, ${skipped.length}`}
          note="no score could be made"
          none="Every symbol got a score."
          rows={skipped.map(({ symbol, reason }) => ({ symbol, reason }))}
        />
        <Reasons
          title={`Filtered, ${filtered.length}`}
          note="scored, but no opportunity"
          none="No filter keeps a symbol out."
          rows={filtered.map((row) => ({ symbol: row.symbol, reason: filteredText(row.filtered) }))}
        />
      </div>
    </aside>
  )
}

interface ReasonsProps {
  readonly title: string
  readonly note: string
  readonly none: string
  readonly rows: readonly { readonly symbol: string; readonly reason: string }[]
}

const Reasons = ({ title, note, none, rows }: ReasonsProps): JSX.Element => (
  <>
    <div className="head">
      <h2>{title}</h2>
      <span className="push meta">{note}</span>
    </div>
    {rows.length === 0 ? (
      <p className="reason">{none}</p>
    ) : (
      <table className="reasons" aria-label={title}>
        <tbody>
          {rows.map(({ symbol, reason }) => (
            <tr key={symbol}>
              <th scope="row">{symbol}</th>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </>
)
