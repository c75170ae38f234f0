/** What a change would do before it is saved, as the station works it out. */
import type { JSX } from 'react'

import type { EffectiveLimits } from '../../../contract/policy-shapes.ts'
import type { Outputs } from './outputs.ts'
import { valueText, type Unit } from './units.ts'

export type Preview = Outputs['policy']['preview']
type LimitName = Exclude<keyof EffectiveLimits, 'policy_version' | 'risk_mode' | 'size_multiplier'>

const LIMITS: Readonly<Record<LimitName, { readonly label: string; readonly unit: Unit }>> = {
  max_risk_per_trade: { label: 'Risk per trade', unit: 'percent' },
  max_positions: { label: 'Positions', unit: 'count' },
  max_daily_trades: { label: 'Trades a day', unit: 'count' },
  min_confidence: { label: 'Confidence', unit: 'score' },
  max_leverage: { label: 'Leverage', unit: 'times' },
  position_size_cap_usd: { label: 'Position size, small account', unit: 'usd' },
  position_size_cap_fraction: { label: 'Position size', unit: 'percent' },
  max_daily_drawdown: { label: 'Drawdown a day', unit: 'percent' },
  max_gross_exposure: { label: 'Exposure', unit: 'multiple' },
  max_symbol_exposure: { label: 'Exposure of a symbol', unit: 'multiple' },
  allow_new_positions: { label: 'New positions', unit: 'flag' },
}
const LIMIT_NAMES = Object.keys(LIMITS) as LimitName[]

/** Names of the limits in force that a change moves, with their values as text. */
export const changedLimits = ({ before, after }: Pick<Preview, 'before' | 'after'>): ChangedLimit[] =>
  LIMIT_NAMES.filter((name) => before[name].value !== after[name].value).map((name) => {
    const { label, unit } = LIMITS[name]
    const [from, to] = [valueText(before[name].value, unit), valueText(after[name].value, unit)]
    return { name, label, from, to, kind: after[name].source.kind }
  })

interface ChangedLimit {
  readonly name: LimitName
  readonly label: string
  readonly from: string
  readonly to: string
  readonly kind: string
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

export function Consequences({ preview }: { readonly preview: Preview }): JSX.Element {
  const { positions_over: over, entries_cancelled: cancelled, notes } = preview
  const changed = changedLimits(preview)
  return (
    <div className="consequences">
      <ul className="cons">
        <li>
          <span className="big">{over.length}</span>
          <span>
            <b>{over.length === 1 ? 'position exceeds' : 'positions exceed'}</b> the limits after it. Kept.
          </span>
        </li>
        <li>
          <span className="big">{cancelled.length}</span>
          <span>
            <b>resting {cancelled.length === 1 ? 'entry' : 'entries'} cancelled</b>
            {cancelled.length === 0 ? '.' : `: ${cancelled.map(({ symbol }) => symbol).join(', ')}.`}
          </span>
        </li>
        <li>
          <span className="big">0</span>
          <span>
            <b>positions closed.</b> Nothing is closed by a change.
          </span>
        </li>
      </ul>
      {over.length === 0 ? null : (
        <p className="note-line">
          Over: {over.map(({ symbol, exceeded }) => `${symbol} (${plural(exceeded.length, 'limit')})`).join(', ')}.
        </p>
      )}
      <ul className="effects" aria-label="Limits in force after it">
        {changed.map(({ name, label, from, to, kind }) => (
          <li key={name}>
            <b>{label}</b> in force {from} → <b>{to}</b> <span className="src">set by the {kind}</span>
          </li>
        ))}
        {changed.length === 0 ? <li>No limit in force changes.</li> : null}
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  )
}
