/** Puts the drawn chart on the page and keeps it in step with bars, trades, orders, theme and crosshair. */
import { useEffect, useMemo, useState, type JSX } from 'react'

import { useChart } from '../../../frame/use-chart.ts'
import { station } from '../../../link/client.ts'
import { decimalsOf, useInstrument } from '../../../state/instruments.ts'
import { useLive } from '../../../state/live.ts'
import { useAnswer } from '../../../state/use-answer.ts'
import { plainText } from '../../../widgets/format-number.ts'
import type { BarBook } from './bar-book.ts'
import { ChartLegend } from './chart-legend.tsx'
import type { Indicator } from './indicators.ts'
import type { ChartInterval } from './intervals.ts'
import { ModeRibbon } from './mode-ribbon.tsx'
import { PriceChart } from './price-chart.ts'
import { levelsOf, type PriceLevel } from './price-lines.ts'
import { enteredOf, marksOf, type TradeMark } from './trade-marks.ts'

interface ChartCanvasProps {
  readonly symbol: string
  readonly interval: ChartInterval
  readonly book: BarBook
  readonly indicators: readonly Indicator[]
}

export function ChartCanvas({ symbol, interval, book, indicators }: ChartCanvasProps): JSX.Element {
  const { box, chart } = useChart(PriceChart)
  const [pointed, setPointed] = useState<number | null>(null)
  const precision = usePrecision(symbol, book)
  const marks = useMarks(symbol, book.stepMs, precision.decimals)
  useEffect(() => chart?.onCrosshair(setPointed), [chart])
  useEffect(() => {
    if (chart === null) return
    chart.drawWhole(book.bars, book.stepMs)
    return book.onChange((change) => {
      if (change.kind === 'whole') chart.drawWhole(book.bars, book.stepMs)
      else chart.drawTail(book.bars, change.from)
    })
  }, [chart, book])
  useEffect(() => chart?.setPrecision(precision.decimals, precision.tick), [chart, precision.decimals, precision.tick])
  useEffect(() => chart?.setIndicators(indicators), [chart, indicators])
  useEffect(() => chart?.setMarks(marks), [chart, marks])
  useLevels(symbol, chart)
  return (
    <div className="market-well">
      <ChartLegend book={book} openMs={pointed} decimals={precision.decimals} marks={marks} indicators={indicators} />
      <div ref={box} className="market-canvas" role="img" aria-label={`Candles of ${symbol}, ${interval}`} />
      <ModeRibbon chart={chart} book={book} />
    </div>
  )
}

/** Of the contract; until it is known, of the first price. */
function usePrecision(symbol: string, book: BarBook): { decimals: number; tick: number } {
  const tickSize = useInstrument(symbol)?.tick_size
  const decimals = decimalsOf(tickSize) ?? plainText(book.bars[0]?.close ?? 0.01).split('.')[1]?.length ?? 2
  return { decimals, tick: Number(tickSize ?? 10 ** -decimals) }
}

function useMarks(symbol: string, stepMs: number, decimals: number): readonly TradeMark[] {
  const trades = useLive((replica) => replica.trades)
  const entered = useLive(({ positions }) => enteredOf(positions.get(symbol)))
  const { value } = useAnswer(`trades ${symbol}`, (signal) =>
    station.positions.trades({ symbol, limit: 200 }, { signal }),
  )
  return useMemo(() => {
    const known = new Map(value?.items.map((trade) => [trade.id, trade]))
    for (const trade of trades.values()) if (trade.symbol === symbol) known.set(trade.id, trade)
    return marksOf([...known.values()], entered, { stepMs, decimals })
  }, [symbol, stepMs, decimals, trades, value, entered])
}

/** Lines are set anew only when one of them says something else. */
function useLevels(symbol: string, chart: PriceChart | null): void {
  const position = useLive((replica) => replica.positions.get(symbol))
  const orders = useLive((replica) => replica.orders)
  const ours = [...orders.values()].filter((order) => order.symbol === symbol)
  const text = JSON.stringify(levelsOf(position, ours))
  useEffect(() => chart?.setLevels(JSON.parse(text) as PriceLevel[]), [chart, text])
}
