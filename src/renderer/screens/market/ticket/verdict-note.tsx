/** The guard's verdict in words: what would be opened and risked, or which limit says no and who set it. */
import type { JSX } from 'react'

import { useLive } from '../../../state/live.ts'
import { formatNumber, formatPercent, formatTimes } from '../../../widgets/format-number.ts'
import { Icon } from '../../../widgets/icon.tsx'
import type { Verdict } from './verdict.ts'

interface VerdictNoteProps {
  readonly verdict: Verdict | null
  /** what is to be typed before the guard can be asked; null: it is being asked */
  readonly hint: string | null
  readonly asset: string
}

const OWNERS = {
  profile: 'the profile',
  policy: 'the policy',
  governor: 'the governor',
  config: 'configuration',
  exchange: 'the exchange',
} as const

export function VerdictNote({ verdict, hint, asset }: VerdictNoteProps): JSX.Element {
  return (
    <div
      className="market-verdict"
      role="status"
      aria-label="Verdict of the guard"
      data-outcome={verdict?.outcome ?? 'none'}
    >
      {hint === null ? <Spoken verdict={verdict} asset={asset} /> : <p className="dim">{hint}</p>}
    </div>
  )
}

function Spoken({ verdict, asset }: Pick<VerdictNoteProps, 'verdict' | 'asset'>): JSX.Element {
  const mode = useLive(({ policy }) => policy?.risk_mode ?? null)
  if (verdict === null) return <p className="dim">Asking the guard…</p>
  if (verdict.outcome === 'unknown') return <p>Not known: {verdict.sentence}.</p>
  if (verdict.outcome === 'denied') {
    const { sentence, check, source } = verdict.denial
    const owner = source.kind === 'profile' && mode !== null ? `the ${mode} profile` : OWNERS[source.kind]
    return (
      <>
        <p>
          <Icon name="deny" /> <b>Denied</b> · {sentence}
        </p>
        <p className="meta">
          check {check} of 15, set by {owner}
        </p>
      </>
    )
  }
  const { figures } = verdict.preview
  return (
    <>
      <p>
        <Icon name="ok" /> <b>Would be approved</b>
        {figures === null || figures.risk_fraction === null ? null : (
          <>
            {' '}
            · risks <b>{formatPercent(figures.risk_fraction, { decimals: 2 })}</b> if stopped
          </>
        )}
      </p>
      {figures === null ? null : (
        <p className="meta">
          {formatNumber(figures.quantity)} {asset} at {formatNumber(figures.price)}
          {verdict.order.limit_price === undefined ? ' or better' : ''}, {formatTimes(figures.leverage)}
        </p>
      )}
    </>
  )
}
