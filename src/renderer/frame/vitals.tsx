/** Safety in one word, then the money. */
import type { JSX } from 'react'

import { useLive } from '../state/live.ts'
import { formatNumber, formatPercent } from '../widgets/format-number.ts'
import { Icon } from '../widgets/icon.tsx'
import { safetyOf } from './safety.ts'

const ICONS = { Safe: 'shield', Careful: 'shieldWait', Unsafe: 'shieldOff', '–': 'shieldWait' } as const

export const Vitals = (): JSX.Element => (
  <dl className="vitals">
    <Safety />
    <Equity />
    <OpenProfit />
    <Drawdown />
  </dl>
)

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
  const equity = useLive(({ account }) => account?.equity ?? null)
  return (
    <div className="vital">
      <dt>Equity, USDT</dt>
      <dd>{equity === null ? '–' : formatNumber(equity, { decimals: 2 })}</dd>
    </div>
  )
}

function OpenProfit(): JSX.Element {
  const unrealised = useLive(({ account }) => account?.unrealised ?? null)
  const tone = Number(unrealised) > 0 ? 'gain' : Number(unrealised) < 0 ? 'loss' : ''
  return (
    <div className="vital">
      <dt>Open P&amp;L</dt>
      <dd className={tone}>{unrealised === null ? '–' : formatNumber(unrealised, { decimals: 2, isSigned: true })}</dd>
    </div>
  )
}

function Drawdown(): JSX.Element {
  const { drawdown, limit } = useLive(({ account, effective }) => ({
    drawdown: account?.drawdown ?? null,
    limit: effective?.max_daily_drawdown.value ?? null,
  }))
  return (
    <div className="vital">
      <dt>
        Drawdown<span className="wide"> today</span>
      </dt>
      <dd>
        {drawdown === null ? '–' : formatNumber(drawdown * 100, { decimals: 1 })}
        {limit === null ? null : <span className="u">of {formatPercent(limit, { decimals: 0 })}</span>}
      </dd>
    </div>
  )
}
