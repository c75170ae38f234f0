/** The cells of the table of positions. */
import type { JSX } from 'react'

import type { Position } from '../../../contract/trading-shapes.ts'
import { usePriceDecimals, useSizeDecimals } from '../../state/instruments.ts'
import { useLive } from '../../state/live.ts'
import { useStationClock } from '../../state/station-clock.ts'
import { Figure, Price, Span } from '../../widgets/figures.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { formatSpan } from '../../widgets/format-time.ts'
import { Icon } from '../../widgets/icon.tsx'
import { protectionOf, trackOf } from './position-rows.ts'

interface SymbolFigure {
  readonly symbol: string
  readonly value: number | string | null
}

export const SizeCell = ({ symbol, value }: SymbolFigure): JSX.Element => (
  <Figure value={value} decimals={useSizeDecimals(symbol)} />
)

export const PriceCell = ({ symbol, value, padTo }: SymbolFigure & { readonly padTo: number }): JSX.Element => (
  <Price value={value} decimals={usePriceDecimals(symbol)} padTo={padTo} />
)

/** A price that has just changed is tinted for a moment. */
export const MarkCell = ({ symbol, value, padTo }: SymbolFigure & { readonly padTo: number }): JSX.Element => (
  <span key={String(value)} className="changed">
    <PriceCell symbol={symbol} value={value} padTo={padTo} />
  </span>
)

const LEFT = 3
const WIDTH = 94

export function Track({ position }: { readonly position: Position }): JSX.Element {
  const track = trackOf(position)
  if (track === null) return <span className="dim">no target</span>
  const [entry, mark] = [LEFT + WIDTH * track.entry, LEFT + WIDTH * track.mark]
  return (
    <svg
      className="track"
      viewBox="0 0 100 14"
      role="img"
      aria-label={`${formatNumber(track.mark * 100, { decimals: 0 })} percent of the way from stop to target`}
    >
      <path className="rail-l" d="M3 7.5H97" />
      <path className="end" d="M3 3v9M97 3v9" />
      <path className="entry" d={`M${entry.toFixed(1)} 4v7`} />
      <path className="run" d={`M${entry.toFixed(1)} 7.5H${mark.toFixed(1)}`} />
      <circle className="mark" cx={mark.toFixed(1)} cy="7.5" r="3.5" />
    </svg>
  )
}

export function ProtectionCell({ position }: { readonly position: Position }): JSX.Element {
  const protection = useLive(({ orders }) => protectionOf(position, orders))
  const decimals = usePriceDecimals(position.symbol)
  const stop = formatNumber(position.stop_price, { decimals })
  const leg = position.protection.find(({ role }) => role !== 'TAKE_PROFIT')?.state
  if (leg === 'moving' || leg === 'triggering')
    return (
      <span className="prot" data-p="wait" title={leg === 'moving' ? `Moving to ${stop}` : `Stop ${stop} was reached`}>
        <Icon name="shieldWait" />
        <span>{leg === 'moving' ? 'Moving' : 'Triggers'}</span>
      </span>
    )
  if (protection === 'held')
    return (
      <span className="prot" data-p="held" title={`Stop ${stop} confirmed at the exchange`}>
        <Icon name="shield" />
        <span>Held</span>
      </span>
    )
  if (protection === 'placing')
    return (
      <span className="prot" data-p="wait" title={`Stop ${stop} sent, not confirmed yet`}>
        <Icon name="shieldWait" />
        <span>Placing</span>
      </span>
    )
  return <Bare since={position.unprotected_since} />
}

function Bare({ since }: { readonly since: string | null }): JSX.Element {
  const now = useStationClock(500)
  return (
    <span className="prot" data-p="none">
      <Icon name="shieldOff" />
      <span>None{since === null || now === null ? '' : `, ${formatSpan(now - Date.parse(since))}`}</span>
    </span>
  )
}

/** How long a position is open, or an entry rests. */
export function OpenFor({ since }: { readonly since: string }): JSX.Element {
  const now = useStationClock(1000)
  return now === null ? <span className="dim">–</span> : <Span ms={now - Date.parse(since)} />
}

/** How long an entry has rested. */
export function RestingFor({ since, type }: { readonly since: string; readonly type: string }): JSX.Element {
  const now = useStationClock(1000)
  return (
    <span className="dim">
      {type.toLowerCase()} order{now === null ? '' : `, ${formatSpan(now - Date.parse(since))}`}
    </span>
  )
}
