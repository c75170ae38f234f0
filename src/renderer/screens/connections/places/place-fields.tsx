/** What a place asks to be typed: the two limits of real money, the words, and that open positions may be left. */
import { useId, type JSX } from 'react'

import type { Place } from '../../../../contract/places.ts'
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
        <WordsField words={told.words} value={draft.words} onChange={(words) => onChange({ words })} />
      ) : null}
    </>
  )
}

interface FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

function AmountField({ label, value, onChange }: FieldProps & { readonly label: string }): JSX.Element {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="input amount">
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
        <span className="u">USDT</span>
      </span>
    </div>
  )
}

function WordsField({ words, value, onChange }: FieldProps & { readonly words: string }): JSX.Element {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>Type {words}</label>
      <span className="input">
        <input
          id={id}
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </span>
    </div>
  )
}
