/** Safety in one word, then the money. */
import type { JSX, ReactNode } from 'react'

import { useLive } from '../state/live.ts'
import { formatNumber, formatPercent } from '../widgets/format-number.ts'
import { Icon } from '../widgets/icon.tsx'
import { safetyOf } from './safety.ts'

const ICONS = { Safe: 'shield', Careful: 'shieldWait', Unsafe: 'shieldOff', '–': 'shieldWait' } as const

export const Vitals = (): JSX.Element => (
  <dl className="vitals">
    <Safety />
    <Equity />
    <Today />
    <OpenProfit />
    <Drawdown />
    <WorstCase />
  </dl>
)

interface TileProps {
  readonly name: ReactNode
  readonly className?: string
  readonly tone?: string
  readonly title?: string
  readonly children: ReactNode
}

const Tile = ({ name, className = '', tone = '', title, children }: TileProps): JSX.Element => (
  <div className={`vital ${className}`} title={title}>
    <dt>{name}</dt>
    <dd className={tone}>{children}</dd>
  </div>
)

const toneOf = (value: number | null): string => (value === null || value === 0 ? '' : value > 0 ? 'gain' : 'loss')
const usdt = (value: number | string | null, isSigned = false): string =>
  value === null ? '–' : formatNumber(value, { decimals: 2, isSigned })
const signedPercent = (value: number | null): string =>
  value === null ? '' : formatPercent(value, { decimals: 2, isSigned: true })

function Safety(): JSX.Element {
  const { word, fact, level } = useLive(safetyOf)
  return (
    <div className="vital safety" data-level={level}>
      <dt>{fact}</dt>
      <dd>
        <Icon name={ICONS[word]} />
        {word}
      </dd>
    </div>
  )
}

function Equity(): JSX.Element {
  const { equity, growth } = useLive(({ account, usage }) => ({
    equity: account?.equity ?? null,
    growth: usage?.total_return ?? null,
  }))
  return (
    <Tile name="Equity, USDT">
      {usdt(equity)}
      <span className="pct dim wide" title="Since the account began; deposits do not count">
        {signedPercent(growth)}
      </span>
    </Tile>
  )
}

function Today(): JSX.Element {
  const { profit, share } = useLive(({ usage }) => ({
    profit: usage?.day_profit ?? null,
    share: usage?.day_return ?? null,
  }))
  return (
    <Tile name="Today" tone={toneOf(profit)} title="Since 00:00 UTC; deposits do not count">
      {usdt(profit, true)}
      <span className="pct wide">{signedPercent(share)}</span>
    </Tile>
  )
}

function OpenProfit(): JSX.Element {
  const unrealised = useLive(({ account }) => account?.unrealised ?? null)
  return (
    <Tile name={<>Open P&amp;L</>} tone={toneOf(unrealised === null ? null : Number(unrealised))}>
      {usdt(unrealised, true)}
    </Tile>
  )
}

function Drawdown(): JSX.Element {
  const { drawdown, limit } = useLive(({ account, effective }) => ({
    drawdown: account?.drawdown ?? null,
    limit: effective?.max_daily_drawdown.value ?? null,
  }))
  return (
    <Tile
      name={
        <span>
          Drawdown<span className="wide"> today</span>
        </span>
      }
    >
      {drawdown === null ? '–' : formatNumber(drawdown * 100, { decimals: 1 })}
      {limit === null ? null : <span className="u">of {formatPercent(limit, { decimals: 0 })}</span>}
    </Tile>
  )
}

function WorstCase(): JSX.Element {
  const loss = useLive(({ usage }) => usage?.heat_usd ?? null)
  return (
    <Tile
      name="If every stop is hit"
      className="wide"
      title="Still to lose from here, open and resting, costs included"
    >
      {loss === null ? '–' : usdt(-loss)}
    </Tile>
  )
}
