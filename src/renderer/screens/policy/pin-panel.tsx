/** The mode's pin: hold it against MSC and rules with a reason and an end, or let it go. */
import { useState, type JSX } from 'react'

import type { PolicyDocument } from '../../../contract/policy-shapes.ts'
import { pinMode, releasePin } from '../../commands/mode-commands.ts'
import { stationNow } from '../../state/station-clock.ts'
import { Button } from '../../widgets/button.tsx'
import { Time } from '../../widgets/figures.tsx'
import { Icon } from '../../widgets/icon.tsx'
import { ModeMark } from '../../widgets/mode-mark.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { Segmented } from '../../widgets/segmented.tsx'
import { ReasonField } from '../../widgets/text-field.tsx'
import { actorWords } from './change-words.ts'

const HOUR_MS = 3_600_000
const SPANS = [
  { value: '1', label: '1 h' },
  { value: '4', label: '4 h' },
  { value: '24', label: '24 h' },
  { value: 'none', label: 'Until I release' },
] as const

export const PinPanel = ({ policy }: { readonly policy: PolicyDocument }): JSX.Element => (
  <Panel title="Pin" note={<span className="meta">holds the mode against MSC and rules</span>}>
    {policy.pin === null ? <PinForm mode={policy.risk_mode} /> : <Pinned policy={policy} pin={policy.pin} />}
  </Panel>
)

function Pinned({
  policy,
  pin,
}: {
  readonly policy: PolicyDocument
  readonly pin: NonNullable<PolicyDocument['pin']>
}): JSX.Element {
  return (
    <div className="pinned">
      <p>
        <Icon name="pin" /> <ModeMark mode={policy.risk_mode} /> pinned by {actorWords(pin.by)} since{' '}
        <Time at={pin.at} withDate />,{' '}
        {pin.until === null ? (
          <b>until released</b>
        ) : (
          <b>
            until <Time at={pin.until} withDate />
          </b>
        )}
      </p>
      {pin.reason === '' ? null : <p>“{pin.reason}”</p>}
      <p className="meta">MSC may tighten the numbers under it; it cannot loosen anything.</p>
      <Button onClick={() => void releasePin()}>Release pin</Button>
    </div>
  )
}

function PinForm({ mode }: { readonly mode: PolicyDocument['risk_mode'] }): JSX.Element {
  const [span, setSpan] = useState<(typeof SPANS)[number]['value']>('4')
  const [reason, setReason] = useState('')
  const pin = (): void => {
    void pinMode(span === 'none' ? null : stationNow() + Number(span) * HOUR_MS, reason)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        pin()
      }}
    >
      <div className="field">
        <span className="label">Hold it</span>
        <Segmented label="Hold it" choices={SPANS} value={span} onChoose={setSpan} />
      </div>
      <ReasonField value={reason} onChange={setReason} />
      <div className="field">
        <span />
        <span>
          <Button type="submit">
            <Icon name="pin" /> Pin {mode}
          </Button>
        </span>
      </div>
    </form>
  )
}
