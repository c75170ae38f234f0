/** Weights and filters of the ranking, tried beside the table before they are saved. */
import { useId, useState, type JSX } from 'react'

import { station } from '../../link/client.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { Button } from '../../widgets/button.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { Icon } from '../../widgets/icon.tsx'
import { COMPONENT_WORDS, type AnyComponent } from './component-words.ts'
import type { WeightsForm } from './use-weights.ts'
import { WEIGHED, WHOLE } from './weights-draft.ts'

const MILLION = 1e6

export function WeightsPanel({
  form,
  onClose,
}: {
  readonly form: WeightsForm
  readonly onClose: () => void
}): JSX.Element {
  const [reason, setReason] = useState('')
  const id = useId()
  const { value: rules } = useAnswer('ranker defaults', (signal) => station.policy.rules(undefined, { signal }))
  return (
    <aside className="panel details" aria-label="Weights">
      <div className="head">
        <h2>Weights</h2>
        <span className="meta">add up to 1</span>
        <span className="push">
          <Button look="quiet" aria-label="Back to the symbol" onClick={onClose}>
            <Icon name="cross" />
          </Button>
        </span>
      </div>
      <form
        className="scroll weights"
        onSubmit={(event) => {
          event.preventDefault()
          void form.save(reason).then((isDone) => {
            if (isDone) setReason('')
          })
        }}
      >
        {WEIGHED.map((component) => (
          <WeightRow key={component} component={component} form={form} />
        ))}
        <p className="meta note">The others give way in proportion to the one that you move.</p>
        <FilterRow
          label="Least score"
          unit=""
          value={form.tried.minScore}
          onChange={(value) => form.setFilter('minScore', value)}
        />
        <FilterRow
          label="Least volume"
          unit="M USDT, 24 h"
          value={form.tried.minVolume / MILLION}
          onChange={(value) => form.setFilter('minVolume', value * MILLION)}
        />
        <p className="field-fault" role="alert">
          {form.fault === null ? '' : `Not ranked with these: ${form.fault}.`}
        </p>
        <p className="meta note" role="status">
          {!form.isChanged
            ? 'As in force. Move a weight to see the ranking that it makes.'
            : form.isAsking
              ? 'Ranking…'
              : 'The table shows the ranking as it would be; nothing is saved yet.'}
        </p>
        <div className="reasonfield">
          <label htmlFor={id} className="meta">
            Reason
          </label>
          <span className="input">
            <input
              id={id}
              value={reason}
              maxLength={500}
              placeholder="for the history"
              onChange={(event) => setReason(event.target.value)}
            />
          </span>
        </div>
        <div className="verbs">
          <Button look="primary" type="submit" disabled={!form.isChanged || form.fault !== null}>
            Save weights
          </Button>
          <Button onClick={form.discard} disabled={!form.isChanged}>
            Discard
          </Button>
          {rules === null ? null : (
            <Button look="quiet" onClick={() => form.take(rules.defaults.ranker.weights)}>
              Take the defaults
            </Button>
          )}
        </div>
      </form>
    </aside>
  )
}

function WeightRow({ component, form }: { readonly component: AnyComponent; readonly form: WeightsForm }): JSX.Element {
  const { name, help } = COMPONENT_WORDS[component]
  const value = form.tried.weights[component] / WHOLE
  const set = (weight: number): void => form.setWeight(component, weight * WHOLE)
  return (
    <div className="weight" title={help}>
      <span>{name}</span>
      <input
        type="range"
        min={0}
        max={1}
        step={0.005}
        aria-label={`Weight of ${name}`}
        value={value}
        onChange={(event) => set(Number(event.target.value))}
      />
      <NumberField label={`${name}, weight`} value={value} decimals={3} onChange={set} />
    </div>
  )
}

interface FilterRowProps {
  readonly label: string
  readonly unit: string
  readonly value: number
  readonly onChange: (value: number) => void
}

const FilterRow = ({ label, unit, value, onChange }: FilterRowProps): JSX.Element => (
  <div className="weight">
    <span>{label}</span>
    <span className="meta">{unit}</span>
    <NumberField label={label} value={value} decimals={2} onChange={onChange} />
  </div>
)

interface NumberFieldProps {
  readonly label: string
  readonly value: number
  readonly decimals: number
  readonly onChange: (value: number) => void
}

/** Typed text stays as it is typed until the field is left. */
function NumberField({ label, value, decimals, onChange }: NumberFieldProps): JSX.Element {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <span className="input number">
      <input
        aria-label={label}
        inputMode="decimal"
        autoComplete="off"
        value={typed ?? formatNumber(value, { decimals })}
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          const text = event.target.value
          setTyped(text)
          const figure = Number(text.replaceAll(/[\s\u202F]/g, '').replace(',', '.'))
          if (text.trim() !== '' && Number.isFinite(figure) && figure >= 0) onChange(figure)
        }}
        onBlur={() => setTyped(null)}
      />
    </span>
  )
}
