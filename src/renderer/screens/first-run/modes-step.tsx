/** Step three: what the three modes allow, with the limits that this station really has. */
import type { JSX } from 'react'

import { setPaused } from '../../commands/clock-commands.ts'
import { station } from '../../link/client.ts'
import { useLive } from '../../state/live.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { Button } from '../../widgets/button.tsx'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { ModeMark, RISK_MODES } from '../../widgets/mode-mark.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { valueText, type Unit } from '../policy/units.ts'
import { StepSheet } from './step-sheet.tsx'

interface ModesStepProps {
  readonly onBack: () => void
  readonly onTour: () => void
  readonly onDone: () => void
  readonly onSkip: () => void
}

const PROFILE_ROWS = [
  { field: 'max_risk_per_trade', label: 'Lost at most if one stop is hit', unit: 'percent' },
  { field: 'max_daily_drawdown', label: 'Fall in a day that stops entries', unit: 'percent' },
  { field: 'max_leverage', label: 'Leverage', unit: 'times' },
  { field: 'position_size_cap_fraction', label: 'One position, of the account', unit: 'percent' },
  { field: 'max_open_positions', label: 'Positions at once', unit: 'count' },
  { field: 'min_confidence', label: 'Confidence a signal needs', unit: 'score' },
] as const satisfies readonly { field: string; label: string; unit: Unit }[]

const TARGET_ROWS = [
  { field: 'max_risk_per_trade', label: 'It starts with risk per trade', unit: 'percent' },
  { field: 'max_positions', label: 'and positions', unit: 'count' },
  { field: 'max_daily_trades', label: 'and trades a day', unit: 'count' },
] as const satisfies readonly { field: string; label: string; unit: Unit }[]

export function ModesStep({ onBack, onTour, onDone, onSkip }: ModesStepProps): JSX.Element {
  const isHeld = useLive(({ status }) => status?.paused === true)
  const { value, fault, reload } = useAnswer('rules of the modes', () => station.policy.rules())
  return (
    <StepSheet
      step={3}
      title="Three modes, one policy"
      nextVerb="Show me round"
      onBack={onBack}
      onNext={onTour}
      onSkip={onSkip}
      alsoVerb={
        <Button isBig onClick={onDone}>
          Go to the Bridge
        </Button>
      }
    >
      {value !== null ? (
        <ModeLimits rules={value.rules} />
      ) : fault === null ? (
        <Skeleton lines={6} label="Reading the limits" />
      ) : (
        <FaultNote what="The limits" fault={fault} onRetry={reload} />
      )}
      <ul className="also">
        <li>
          Switch with <KeyCap keys="Shift+A" /> <KeyCap keys="Shift+N" /> <KeyCap keys="Shift+D" />: what it would
          change is shown first, and it can be undone.
        </li>
        <li>
          Every entry passes fifteen checks; the safety governor above them tightens by itself when the account falls.
        </li>
        <li>
          Hold <KeyCap keys="K" /> to stop trading: nothing is opened any more, stops stay.
        </li>
        {isHeld ? (
          <li>
            The market's clock is held. <Button onClick={() => void setPaused(false)}>Let it run</Button>
          </li>
        ) : null}
      </ul>
    </StepSheet>
  )
}

type Rules = Awaited<ReturnType<typeof station.policy.rules>>['rules']

function ModeLimits({ rules }: { readonly rules: Rules }): JSX.Element {
  const inForce = useLive(({ policy }) => policy?.risk_mode ?? null)
  return (
    <table className="mode-limits">
      <thead>
        <tr>
          <th scope="col">Limit of this station</th>
          {RISK_MODES.map((mode) => (
            <th key={mode} scope="col" className="num">
              <ModeMark mode={mode} /> {mode === inForce ? <span className="tag">in force</span> : null}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {PROFILE_ROWS.map(({ field, label, unit }) => (
          <tr key={field}>
            <th scope="row">{label}</th>
            {RISK_MODES.map((mode) => (
              <td key={mode} className="num">
                {valueText(rules.profiles[mode][field], unit)}
              </td>
            ))}
          </tr>
        ))}
        {TARGET_ROWS.map(({ field, label, unit }) => (
          <tr key={field}>
            <th scope="row">{label}</th>
            {RISK_MODES.map((mode) => (
              <td key={mode} className="num">
                {valueText(rules.msc.targets[mode][field], unit)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
