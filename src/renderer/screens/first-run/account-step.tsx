/** Step two: how large the account on paper is, and in which mode it starts. */
import { useId, useState, type JSX } from 'react'

import { attempt } from '../../commands/run.ts'
import { station } from '../../link/client.ts'
import { live, useLive } from '../../state/live.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { Money } from '../../widgets/figures.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { ModeMark, RISK_MODES, type RiskMode } from '../../widgets/mode-mark.tsx'
import { Segmented } from '../../widgets/segmented.tsx'
import { decimalDifference } from './decimal-difference.ts'
import { StepSheet } from './step-sheet.tsx'

const SIZES = ['500', '1000', '10000', '100000'].map((value) => ({ value, label: formatNumber(value) }))
const LEAST = 1
const MOST = 1_000_000_000

interface AccountStepProps {
  readonly onBack: () => void
  readonly onNext: () => void
  readonly onSkip: () => void
}

const plain = (text: string): string => text.replaceAll(/[\s\u202F\u00A0]/g, '').replace(',', '.')

export function AccountStep({ onBack, onNext, onSkip }: AccountStepProps): JSX.Element {
  const equity = useLive(({ account }) => account?.equity ?? null)
  const inForce = useLive(({ policy }) => policy?.risk_mode ?? null)
  const { value } = useAnswer('risk modes', () => station.policy.riskModes())
  /** null: as it is */
  const [typed, setTyped] = useState<string | null>(null)
  const [mode, setMode] = useState<RiskMode | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const id = useId()
  const size = typed ?? (equity === null ? '' : String(Number(Number(equity).toFixed(2))))
  const wanted = plain(size)
  const isSize = /^\d+(\.\d{1,8})?$/.test(wanted) && Number(wanted) >= LEAST && Number(wanted) <= MOST
  const chosen = mode ?? inForce
  const next = async (): Promise<void> => {
    if (typed !== null && !isSize)
      return setFault(`account size must be ${LEAST}…${formatNumber(MOST)} USDT, was “${size}”`)
    setIsBusy(true)
    const problem = (typed === null ? null : await reachSize(wanted)) ?? (await reachMode(chosen))
    setIsBusy(false)
    setFault(problem)
    if (problem === null) onNext()
  }
  return (
    <StepSheet
      step={2}
      title="How much, and how boldly?"
      nextVerb="Set it up"
      isBusy={isBusy}
      onBack={onBack}
      onNext={() => void next()}
      onSkip={onSkip}
    >
      <div className="field">
        <label htmlFor={id}>Account size</label>
        <span className="row">
          <span className="input number">
            <input
              id={id}
              inputMode="decimal"
              autoComplete="off"
              value={size}
              aria-invalid={fault !== null && !isSize}
              aria-describedby={`${id}-fault`}
              onChange={(event) => {
                setTyped(event.target.value)
                setFault(null)
              }}
            />
            <span className="u">USDT</span>
          </span>
          <Segmented label="Usual sizes" choices={SIZES} value={wanted} onChoose={setTyped} />
          <span className="meta">
            on paper, now <Money value={equity} />
          </span>
        </span>
      </div>
      <p className="field-fault" id={`${id}-fault`} role="alert">
        {fault}
      </p>
      <h2>Mode to start in</h2>
      <div className="choices" role="radiogroup" aria-label="Mode to start in">
        {RISK_MODES.map((each) => (
          <label key={each} className="choice" data-mode={each}>
            <input type="radio" name="mode" value={each} checked={chosen === each} onChange={() => setMode(each)} />
            <span>
              <ModeMark mode={each} />
              {each === inForce ? <span className="tag">in force</span> : null}
              <span className="text">{value?.modes.find((told) => told.mode === each)?.description}</span>
            </span>
          </label>
        ))}
      </div>
      <p className="note-line meta">
        Both can be changed at any time: the mode from the bar above, the money from here.
      </p>
    </StepSheet>
  )
}

/** Paper money in or out until the account has the size; null: it has. */
async function reachSize(wanted: string): Promise<string | null> {
  const asked = await attempt(() => station.account.get())
  if (!asked.ok) return `The size was not set: ${asked.sentence}`
  const have = asked.value.account?.equity
  if (have === undefined) return 'The size was not set: the account has not been told yet, try again in a moment'
  const amount = decimalDifference(wanted, have)
  if (amount === null) return `The size was not set: ${have} USDT cannot be reckoned with`
  if (amount === '0') return null
  const moved = await attempt(() => station.account.deposit({ amount }))
  return moved.ok ? null : `The size was not set: ${moved.sentence}`
}

/** null: it is in force */
async function reachMode(mode: RiskMode | null): Promise<string | null> {
  const policy = live.getState().policy
  if (mode === null || policy === null || policy.risk_mode === mode) return null
  const switched = await attempt(() =>
    station.policy.switchRiskMode({ mode, reason: 'chosen in the first steps', expected_version: policy.version }),
  )
  return switched.ok ? null : `The mode was not switched: ${switched.sentence}`
}
