/** Why this mode: who set it, who holds it, what the governor adds, and what a person holds by hand. */
import type { JSX } from 'react'

import { releaseHold } from '../../commands/mode-commands.ts'
import { adviceNote, askedMode, glanceText } from '../../frame/advice.ts'
import { pinOrRelease } from '../../frame/armed-mode.ts'
import { hrefOf } from '../../frame/route.ts'
import { actorText, capitalised } from '../../limits/actor-text.ts'
import { useLive } from '../../state/live.ts'
import { useStationClock } from '../../state/station-clock.ts'
import { Button } from '../../widgets/button.tsx'
import { Time } from '../../widgets/figures.tsx'
import { formatSpan } from '../../widgets/format-time.ts'
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
      verbs={
        <a className="btn quiet" href={hrefOf('msc')} aria-keyshortcuts="4">
          See votes <KeyCap keys="4" />
        </a>
      }
    >
      <dl className="facts">
        <dt>Set by</dt>
        <dd className="span">
          {capitalised(actorText(source?.actor ?? policy.updated_by))}, policy {source?.version ?? policy.version}
          {source?.version === policy.version && policy.reason !== '' ? `: “${policy.reason}”` : ''}
        </dd>
        <PinFacts />
        <MscFacts />
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

/** What MSC asks for, and when it looks again. */
function MscFacts(): JSX.Element | null {
  const msc = useLive((replica) => replica.msc)
  const mode = useLive(({ policy }) => policy?.risk_mode)
  const now = useStationClock(1000)
  if (msc === null) return null
  const asked = askedMode(msc, mode)
  const left = msc.next_at === null || now === null ? null : Date.parse(msc.next_at) - now
  return (
    <>
      <dt>MSC</dt>
      <dd className="span" title={msc.sentence ?? undefined}>
        {asked !== null ? (
          <>
            Asks for <ModeMark mode={asked} />
            {adviceNote(msc).replace('MSC asks', '')}
          </>
        ) : msc.advised === null ? (
          glanceText(msc)
        ) : (
          `Agrees. ${glanceText(msc)}`
        )}
      </dd>
      <dt>Next look</dt>
      <dd className="span">{left === null ? 'not planned' : left <= 0 ? 'due' : `in ${formatSpan(left)}`}</dd>
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
