/** The window of a time rule: its days, and from when to when in UTC, with the local hours beside it. */
import { useId, type JSX } from 'react'

import { localMinute } from '../../widgets/format-time.ts'
import { minuteOf, WEEK } from './mode-rule-words.ts'
import type { RuleDraft } from './rule-draft.ts'

interface WindowFieldsProps {
  readonly draft: RuleDraft
  readonly onChange: (changes: Partial<RuleDraft>) => void
}

const MINUTE_MS = 60_000

/** A minute of the UTC day on the clock of this machine; today's shift of the zone. */
function localOf(text: string): string {
  const minute = minuteOf(text)
  if (minute === null) return '–'
  const midnight = new Date()
  midnight.setUTCHours(0, 0, 0, 0)
  return localMinute(midnight.getTime() + minute * MINUTE_MS)
}

export function WindowFields({ draft, onChange }: WindowFieldsProps): JSX.Element {
  const from = useId()
  const to = useId()
  const { days } = draft
  const flip = (day: number): void =>
    onChange({ days: days.includes(day) ? days.filter((each) => each !== day) : [...days, day] })
  return (
    <>
      <div className="field">
        <span className="label">Days</span>
        <span className="seg" role="group" aria-label="Days on which it begins">
          {WEEK.map(({ day, name }) => (
            <button key={day} type="button" aria-pressed={days.includes(day)} onClick={() => flip(day)}>
              {name}
            </button>
          ))}
        </span>
      </div>
      <div className="field">
        <label htmlFor={from}>From</label>
        <span className="row">
          <span className="input clock">
            <input
              id={from}
              inputMode="numeric"
              autoComplete="off"
              placeholder="22:00"
              value={draft.from}
              onChange={(event) => onChange({ from: event.target.value })}
            />
          </span>
          <label htmlFor={to}>to</label>
          <span className="input clock">
            <input
              id={to}
              inputMode="numeric"
              autoComplete="off"
              placeholder="06:00"
              value={draft.to}
              onChange={(event) => onChange({ to: event.target.value })}
            />
          </span>
          <span className="meta">
            UTC; {localOf(draft.from)} to {localOf(draft.to)} here
          </span>
        </span>
      </div>
    </>
  )
}
