/** The status strip: its colour is the environment, never anything else. */
import type { JSX } from 'react'

import { usePriceAge } from '../state/ages.ts'
import { useLive } from '../state/live.ts'
import { useStationClock } from '../state/station-clock.ts'
import { Button } from '../widgets/button.tsx'
import { formatNumber } from '../widgets/format-number.ts'
import { formatSpan, localClock, utcClock } from '../widgets/format-time.ts'
import { Icon } from '../widgets/icon.tsx'
import { KeyCap } from '../widgets/key-cap.tsx'
import { hrefOf } from './route.ts'
import { switchTheme, useTheme } from './theme.ts'

const SENTENCES = {
  SIMULATED: 'Simulated market, simulated money',
  REPLAY: 'Recorded prices, simulated money',
  PAPER: 'Live prices, simulated money',
  DEMO: 'Demo exchange, demo money',
  LIVE: 'Binance, real money',
} as const

export function Strip({ onFind }: { readonly onFind: () => void }): JSX.Element {
  const status = useLive(
    ({ status }) => status && { environment: status.environment, speed: status.speed, paused: status.paused },
  )
  const pace =
    status === null || status.speed === null
      ? ''
      : status.paused
        ? ', clock held'
        : `, ${status.speed === 'max' ? 'as fast as it goes' : `×${formatNumber(status.speed)}`}`
  return (
    <header className="strip">
      <a className="place" href={hrefOf('connections')} title="Where the station trades and how its lines are">
        <span className="env">{status?.environment ?? 'SIGNALBOX'}</span>
        <b className="sentence">{status === null ? '' : `${SENTENCES[status.environment]}${pace}`}</b>
      </a>
      <span className="push" />
      <PriceAge />
      <Wire />
      <Clock />
      <Button onClick={onFind} aria-keyshortcuts="Control+K Meta+K">
        <Icon name="search" />
        <span className="wide">Find or do anything</span> <KeyCap keys="Mod+K" />
      </Button>
      <ThemeButton />
    </header>
  )
}

function PriceAge(): JSX.Element | null {
  const age = usePriceAge()
  if (age === null) return null
  return (
    <span
      className="item"
      data-level={age.isStale ? 'caution' : undefined}
      title={`Age of the newest price. Bound ${formatSpan(age.boundMs)}.`}
    >
      Prices <b className="fixed-age">{formatSpan(age.ms)}</b>
    </span>
  )
}

/** An answer that takes longer means that figures may be as old. */
const SLOW_MS = 750

const WIRE_WORDS = {
  connecting: 'Connecting',
  live: 'Connected',
  lost: 'Not connected',
  'signed-out': 'Signed out',
} as const

function Wire(): JSX.Element {
  const { phase, venueUp, slowMs } = useLive(({ link, status, answerMs }) => ({
    phase: link.phase,
    venueUp: status?.venue_up ?? true,
    slowMs: link.phase === 'live' && answerMs !== null && answerMs > SLOW_MS ? answerMs : null,
  }))
  const isWell = phase === 'live' && venueUp && slowMs === null
  return (
    <span className="item" data-level={isWell ? undefined : 'caution'}>
      <span className="health" aria-hidden="true">
        <i data-off={phase !== 'live' || undefined} />
        <i data-off={!venueUp || undefined} />
      </span>
      <span className={slowMs === null ? 'wide' : ''}>
        {phase === 'live' && !venueUp ? 'Exchange does not answer' : WIRE_WORDS[phase]}
        {slowMs === null ? '' : `, ${formatSpan(slowMs)} behind`}
      </span>
    </span>
  )
}

function Clock(): JSX.Element | null {
  const now = useStationClock()
  if (now === null) return null
  return (
    <time className="item" dateTime={new Date(now).toISOString()} title={`${localClock(now)} here`}>
      <b>{utcClock(now)}</b> UTC
    </time>
  )
}

function ThemeButton(): JSX.Element {
  const next = useTheme() === 'dark' ? 'light' : 'dark'
  return (
    <Button
      className="icon"
      aria-label={`Switch to ${next} theme`}
      title={`Switch to ${next} theme`}
      onClick={switchTheme}
    >
      <Icon name="theme" />
    </Button>
  )
}
