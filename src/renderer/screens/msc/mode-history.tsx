/** The modes over time, asked and in force, under equity and price. */
import { useEffect, useMemo, useState, type JSX } from 'react'

import { useChart } from '../../frame/use-chart.ts'
import { station } from '../../link/client.ts'
import { decimalsOf, useInstruments } from '../../state/instruments.ts'
import { stationNow } from '../../state/station-clock.ts'
import { useAgain } from '../../state/use-again.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { usePolicyHistory } from '../../state/use-policy-history.ts'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { localDateTime } from '../../widgets/format-time.ts'
import { ModeShape } from '../../widgets/mode-mark.tsx'
import { momentsOf } from '../../widgets/mode-stretches.ts'
import { Panel } from '../../widgets/panel.tsx'
import { Segmented } from '../../widgets/segmented.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { HistoryChart } from './history-chart.ts'
import { askedMoments, onGrid, shareStretches, type CurvePoint, type Stretch } from './history-points.ts'
import type { Runs } from './use-msc.ts'

const HOUR_MS = 3_600_000
const RANGES = {
  '6 h': { ms: 6 * HOUR_MS, interval: '5m' },
  '24 h': { ms: 24 * HOUR_MS, interval: '15m' },
  '7 d': { ms: 168 * HOUR_MS, interval: '1h' },
  '30 d': { ms: 720 * HOUR_MS, interval: '4h' },
} as const
type Range = keyof typeof RANGES
const CHOICES = (Object.keys(RANGES) as Range[]).map((value) => ({ value, label: value }))

const POINTS = 240
const BARS = 200
const MOST_VERSIONS = 500
const AGAIN_MS = 5000
/** whose price stands for the market */
const LEADER = 'BTCUSDT'

interface Curves {
  /** epoch ms */
  readonly from: number
  readonly to: number
  readonly equity: readonly CurvePoint[]
  readonly price: readonly CurvePoint[]
}

async function readCurves(range: Range, symbol: string, signal: AbortSignal): Promise<Curves> {
  const { ms, interval } = RANGES[range]
  const to = stationNow()
  const from = to - ms
  const [equity, candles] = await Promise.all([
    station.account.equity({ from: new Date(from).toISOString(), points: POINTS }, { signal }),
    station.market.candles({ symbol, interval, limit: BARS }, { signal }),
  ])
  const { open_ms: opens, close } = candles.columns
  return {
    from,
    to,
    equity: equity.items
      .map((account) => ({ at: Date.parse(account.at), value: Number(account.equity) }))
      .toSorted((a, b) => a.at - b.at),
    price: opens.map((at, index) => ({ at, value: close[index] ?? Number.NaN })),
  }
}

export function ModeHistory({ runs }: { readonly runs: Runs }): JSX.Element {
  const [range, setRange] = useState<Range>('24 h')
  const instruments = useInstruments()
  const symbol = instruments.has(LEADER) ? LEADER : (instruments.keys().next().value ?? LEADER)
  const { value, fault, reload } = useAnswer(`msc curves ${range} ${symbol}`, (signal) =>
    readCurves(range, symbol, signal),
  )
  useAgain(reload, AGAIN_MS)
  return (
    <Panel
      title="Modes"
      className="modehistory"
      verbs={<Segmented label="Range" choices={CHOICES} value={range} onChoose={setRange} />}
    >
      {value !== null ? (
        <Drawn
          curves={value}
          runs={runs}
          symbol={symbol}
          decimals={decimalsOf(instruments.get(symbol)?.tick_size) ?? 2}
        />
      ) : fault !== null ? (
        <FaultNote what="Equity and price" fault={fault} onRetry={reload} />
      ) : (
        <Skeleton lines={5} label="Reading equity and price" />
      )}
    </Panel>
  )
}

interface DrawnProps {
  readonly curves: Curves
  readonly runs: Runs
  readonly symbol: string
  readonly decimals: number
}

function Drawn({ curves, runs, symbol, decimals }: DrawnProps): JSX.Element {
  const { box, chart } = useChart(HistoryChart)
  const history = usePolicyHistory(MOST_VERSIONS)
  useEffect(() => {
    const { from, to, equity, price } = curves
    chart?.draw(onGrid(equity, from, to, POINTS), onGrid(price, from, to, POINTS), Math.min(decimals, 4))
  }, [chart, curves, decimals])
  const { from, to } = curves
  const asked = useMemo(() => shareStretches(askedMoments(runs), from, to), [runs, from, to])
  const inForce = useMemo(() => shareStretches(momentsOf(history ?? []), from, to), [history, from, to])
  const changes = Math.max(0, inForce.length - 1)
  return (
    <>
      <div
        ref={box}
        className="plot"
        role="img"
        aria-label={`Equity and price from ${localDateTime(from)} to ${localDateTime(to)}`}
      />
      <div className="rib2" style={{ paddingRight: chart === null ? 0 : chart.axisWidth }}>
        <Ribbon name="Asked" stretches={asked} />
        <Ribbon name="In force" stretches={inForce} />
      </div>
      <p className="meta changes">
        Equity above, {symbol} below; {changes} {changes === 1 ? 'change' : 'changes'} of the mode
      </p>
    </>
  )
}

const Ribbon = ({
  name,
  stretches,
}: {
  readonly name: string
  readonly stretches: readonly Stretch[]
}): JSX.Element => (
  <div
    className="ribbon"
    role="img"
    aria-label={`${name}: ${stretches.map(({ mode, at }) => `${mode} from ${localDateTime(at)}`).join(', ') || 'not known'}`}
  >
    {stretches.map(({ mode, at, left, width }) => (
      <span
        key={at}
        data-mode={mode}
        className={width < 0.05 ? 'sliver' : undefined}
        style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
        title={`${name}: ${mode} from ${localDateTime(at)}`}
      >
        <ModeShape mode={mode} />
        {width > 0.24 ? <b>{name}</b> : null}
      </span>
    ))}
  </div>
)
