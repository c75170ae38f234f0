/** Why this mode: who set it, who holds it, what the governor adds, and what a person holds by hand. */
import type { JSX } from 'react'

import { releaseHold } from '../../commands/mode-commands.ts'
import { pinOrRelease } from '../../frame/armed-mode.ts'
import { actorText, capitalised } from '../../limits/actor-text.ts'
import { useLive } from '../../state/live.ts'
import { Button } from '../../widgets/button.tsx'
import { Time } from '../../widgets/figures.tsx'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { ModeMark } from '../../widgets/mode-mark.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { governorText, heldNumbers } from './why-words.ts'

export function WhyMode(): JSX.Element {
  const { policy, governor, entriesOff } = useLive(({ policy, governor, status }) => ({
    policy,
    governor,
    entriesOff: status?.entries_off ?? null,
  }))
  if (policy === null) {
    return (
      <Panel title="Why this mode">
        <Skeleton lines={4} label="Reading the policy" />
      </Panel>
    )
  }
  const source = policy.sources['risk_mode']
  return (
    <Panel
      title={
        <>
          Why <ModeMark mode={policy.risk_mode} />
        </>
      }
    >
      <dl className="facts">
        <dt>Set by</dt>
        <dd className="span">
          {capitalised(actorText(source?.actor ?? policy.updated_by))}, policy {source?.version ?? policy.version}
          {source?.version === policy.version && policy.reason !== '' ? `: “${policy.reason}”` : ''}
        </dd>
        <PinFacts />
        <dt>Governor</dt>
        <dd className="span">{governor === null ? '–' : governorText(governor)}</dd>
        <dt>Entries</dt>
        <dd className="span">{entriesOff === null ? 'Allowed' : capitalised(entriesOff)}</dd>
        {heldNumbers(policy).map(({ field, text }) => (
          <Held key={field} field={field} text={text} />
        ))}
      </dl>
    </Panel>
  )
}

function PinFacts(): JSX.Element | null {
  const policy = useLive((replica) => replica.policy)
  if (policy === null) return null
  const { pin } = policy
  return (
    <>
      <dt>Pin</dt>
      <dd>
        {pin === null ? (
          'Not pinned'
        ) : (
          <>
            {capitalised(actorText(pin.by))}, until {pin.until === null ? 'released' : <Time at={pin.until} />}
            {pin.reason === '' ? '' : `: “${pin.reason}”`}
          </>
        )}
      </dd>
      <dd className="act">
        <Button aria-keyshortcuts="P" onClick={pinOrRelease}>
          {pin === null ? 'Pin' : 'Release'} <KeyCap keys="P" />
        </Button>
      </dd>
    </>
  )
}

function Held({ field, text }: ReturnType<typeof heldNumbers>[number]): JSX.Element {
  return (
    <>
      <dt>Held</dt>
      <dd>{text}</dd>
      <dd className="act">
        <Button onClick={() => void releaseHold(field)} aria-label={`Release ${text}`}>
          Release
        </Button>
      </dd>
    </>
  )
}
