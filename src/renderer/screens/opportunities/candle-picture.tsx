/** The last candles of a symbol as a still picture; the whole chart is one click away. */
import type { JSX } from 'react'

import type { CandleColumns } from '../../../contract/market.ts'
import { hrefOf } from '../../frame/route.ts'
import { station } from '../../link/client.ts'
import { useAgain } from '../../state/use-again.ts'
import { useAnswer } from '../../state/use-answer.ts'

const BARS = 48
const BAR_PX = 6
const HEIGHT = 140
const AGAIN_MS = 30_000

export function CandlePicture({ symbol }: { readonly symbol: string }): JSX.Element {
  const { value, fault, reload } = useAnswer(`candles ${symbol}`, (signal) =>
    station.market.candles({ symbol, interval: '1h', limit: BARS }, { signal }),
  )
  useAgain(reload, AGAIN_MS)
  const count = value?.columns.open_ms.length ?? 0
  return (
    <a className="candle-picture" href={hrefOf('market', [symbol])} aria-label={`Open the chart of ${symbol}`}>
      {value !== null && count > 1 ? (
        <svg viewBox={`0 0 ${count * BAR_PX} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {barsOf(value.columns).map(({ x, high, low, top, height, isUp }) => (
            <g key={x} className={isUp ? 'up' : undefined}>
              <path d={`M${x + 2} ${high}V${low}`} />
              <rect x={x} y={top} width={4} height={height} />
            </g>
          ))}
        </svg>
      ) : (
        <span className="meta">{fault ?? (value === null ? 'Reading candles…' : 'No hour has closed yet.')}</span>
      )}
    </a>
  )
}

interface Drawn {
  readonly x: number
  readonly high: number
  readonly low: number
  readonly top: number
  readonly height: number
  readonly isUp: boolean
}

function barsOf({ open, high, low, close }: CandleColumns): Drawn[] {
  const [most, least] = [Math.max(...high), Math.min(...low)]
  const y = (price: number): number => Math.round(((most - price) / (most - least || 1)) * (HEIGHT - 4) * 10) / 10 + 2
  return open.map((from, bar) => {
    const to = close[bar] ?? from
    const top = y(Math.max(from, to))
    return {
      x: bar * BAR_PX + 1,
      high: y(high[bar] ?? from),
      low: y(low[bar] ?? from),
      top,
      height: Math.max(1, y(Math.min(from, to)) - top),
      isUp: to >= from,
    }
  })
}
