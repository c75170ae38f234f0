/** The equity curve with its drawdown and the modes that were in force. */
import { useEffect, useState, type JSX } from 'react'

import { useChart } from '../../frame/use-chart.ts'
import { station } from '../../link/client.ts'
import { live, useLive } from '../../state/live.ts'
import { stationNow } from '../../state/station-clock.ts'
import { useAgain } from '../../state/use-again.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { usePolicyHistory } from '../../state/use-policy-history.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { Money } from '../../widgets/figures.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { Panel } from '../../widgets/panel.tsx'
import { Segmented } from '../../widgets/segmented.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { EquityChart } from './equity-chart.ts'
import { equityPoints, type EquityPoint } from './equity-points.ts'
import { ModeRibbon } from './mode-ribbon.tsx'
import { curveStretches } from './mode-stretches.ts'

const HOUR_MS = 3_600_000
const RANGES = { '1 h': HOUR_MS, '24 h': 24 * HOUR_MS, '7 d': 168 * HOUR_MS, '30 d': 720 * HOUR_MS } as const
type Range = keyof typeof RANGES

const POINTS = 600
const AGAIN_MS = 3000
const MOST_VERSIONS = 200

export function Equity(): JSX.Element {
  const [range, setRange] = useState<Range>('24 h')
  const high = useLive(({ usage }) => usage?.equity_high_today ?? null)
  const choices = (Object.keys(RANGES) as Range[]).map((value) => ({ value, label: value }))
  return (
    <Panel
      title="Equity"
      className="equity"
      note={
        high === null ? null : (
          <span className="meta">
            high today <Money value={high} />
          </span>
        )
      }
      verbs={<Segmented label="Range" choices={choices} value={range} onChoose={setRange} />}
    >
      <Curve range={range} />
    </Panel>
  )
}

function Curve({ range }: { readonly range: Range }): JSX.Element {
  const answer = useAnswer(range, async (signal) => {
    const from = new Date(stationNow() - RANGES[range]).toISOString()
    const { items } = await station.account.equity({ from, points: POINTS }, { signal })
    return equityPoints(items)
  })
  const { value: points, fault, reload } = answer
  useAgain(reload, AGAIN_MS)
  if (points === null && fault !== null) return <FaultNote what="The equity curve" fault={fault} onRetry={reload} />
  if (points === null) return <Skeleton lines={4} label="Reading the equity curve" />
  if (points.length < 2)
    return (
      <EmptyState title="No curve yet.">
        The station samples the account once a minute of its clock; the curve begins with the second sample.
      </EmptyState>
    )
  return <Drawn points={points} range={range} />
}

function Drawn({ points, range }: { readonly points: readonly EquityPoint[]; readonly range: Range }): JSX.Element {
  const { box, chart } = useChart(EquityChart)
  const history = usePolicyHistory(MOST_VERSIONS)
  useEffect(() => chart?.draw(points), [chart, points])
  useEffect(() => (chart === null ? undefined : followAccount(chart)), [chart])
  const times = points.map(({ time }) => time)
  return (
    <div className="chart">
      <div ref={box} className="plot" role="img" aria-label={wordsFor(points, range)} />
      <ModeRibbon chart={chart} stretches={curveStretches(history ?? [], times)} times={times} />
    </div>
  )
}

const followAccount = (chart: EquityChart): (() => void) =>
  live.subscribe(({ account }, before) => {
    if (account !== null && account !== before.account) chart.moveLast(Number(account.equity), -100 * account.drawdown)
  })

function wordsFor(points: readonly EquityPoint[], range: Range): string {
  const [first, last] = [points[0]?.equity ?? 0, points.at(-1)?.equity ?? 0]
  const worst = Math.min(...points.map(({ drawdown }) => drawdown))
  const usdt = (value: number): string => formatNumber(value, { decimals: 2 })
  return `Equity over ${range}: from ${usdt(first)} to ${usdt(last)} USDT, largest drawdown ${formatNumber(-worst, { decimals: 2 })} percent`
}
