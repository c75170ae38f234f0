/** The Safety Governor: its level, why, what it reduces, and how it comes to an end. */
import { useState, type JSX } from 'react'

import type { GovernorState } from '../../../contract/policy-shapes.ts'
import { acknowledgeStreak } from '../../commands/health-commands.ts'
import { hrefOf } from '../../frame/route.ts'
import { capitalised } from '../../limits/actor-text.ts'
import { Button } from '../../widgets/button.tsx'
import { Time } from '../../widgets/figures.tsx'
import { formatTimes } from '../../widgets/format-number.ts'
import { Panel } from '../../widgets/panel.tsx'

const LEVELS = ['NORMAL', 'ELEVATED', 'CAUTIOUS', 'DEFENSIVE', 'EMERGENCY'] as const

export function GovernorPanel({ governor }: { readonly governor: GovernorState }): JSX.Element {
  const [isSending, setIsSending] = useState(false)
  const acknowledge = (): void => {
    setIsSending(true)
    void acknowledgeStreak().then(() => setIsSending(false))
  }
  return (
    <Panel
      title="Safety governor"
      verbs={
        <a className="meta" href={hrefOf('policy', ['limits'])}>
          its numbers
        </a>
      }
    >
      <ol className="levels" aria-label="Levels of the governor">
        {LEVELS.map((level) => (
          <li key={level} aria-current={level === governor.level || undefined} data-level={level}>
            {capitalised(level.toLowerCase())}
          </li>
        ))}
      </ol>
      <dl className="facts">
        <dt>Since</dt>
        <dd className="span">
          <Time at={governor.since} withDate />
        </dd>
        <dt>Cause</dt>
        <dd className="span">{governor.cause ?? 'None: nothing is reduced'}</dd>
        <dt>Ends</dt>
        <dd className="span">{governor.exit ?? (governor.level === 'NORMAL' ? 'It is at its loosest' : '–')}</dd>
        <dt>Reduces</dt>
        <dd className="span">
          size {formatTimes(governor.size)}, leverage {formatTimes(governor.leverage)}, exposure{' '}
          {formatTimes(governor.exposure)}
        </dd>
        <dt>Entries</dt>
        <dd className="span">{governor.allow_new_positions ? 'allowed' : 'none while it stands'}</dd>
        <dt>Losses</dt>
        <dd className="span">
          <Button
            onClick={acknowledge}
            disabled={isSending}
            title="Losses in a row that a person has seen are counted anew"
          >
            Acknowledge streak
          </Button>
        </dd>
      </dl>
    </Panel>
  )
}
