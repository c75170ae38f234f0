/** What a place asks to be typed: the two limits of real money, the words, and that open positions may be left. */
import type { JSX } from 'react'

import type { Place } from '../../../../contract/places.ts'
import { TextField } from '../../../widgets/text-field.tsx'
import type { Places } from '../use-connections.ts'
import type { PlaceDraft } from './place-draft.ts'

interface PlaceFieldsProps {
  readonly place: Place
  readonly draft: PlaceDraft
  readonly told: Places
  readonly onChange: (changes: Partial<PlaceDraft>) => void
}

export function PlaceFields({ place, draft, told, onChange }: PlaceFieldsProps): JSX.Element {
  const asks = new Set(place.needs.map(({ need }) => need))
  return (
    <>
      {told.leave_open_sentence === null ? null : (
        <div className="note-line leaves">
          <p>{told.leave_open_sentence}</p>
          {asks.has('leave_open') ? (
            <label>
              <input
                className="check"
                type="checkbox"
                checked={draft.leavesOpen}
                onChange={(event) => onChange({ leavesOpen: event.target.checked })}
              />{' '}
              Leave them as they are
            </label>
          ) : null}
        </div>
      )}
      {asks.has('max_order_notional_usd') ? (
        <AmountField label="Largest order" value={draft.order} onChange={(order) => onChange({ order })} />
      ) : null}
      {asks.has('max_daily_loss_usd') ? (
        <AmountField label="Most lost in a day" value={draft.loss} onChange={(loss) => onChange({ loss })} />
      ) : null}
      {asks.has('words') ? (
        <TextField
          label={`Type ${told.words}`}
          spellCheck={false}
          value={draft.words}
          onChange={(words) => onChange({ words })}
        />
      ) : null}
    </>
  )
}

interface AmountFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

const AmountField = (field: AmountFieldProps): JSX.Element => <TextField {...field} inputMode="decimal" unit="USDT" />
