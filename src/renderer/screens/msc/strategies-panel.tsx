/** The strategies with their scores broken into parts: what each part brings, where the cut is, who may trade. */
import type { JSX, ReactNode } from 'react'

import { EmptyState } from '../../widgets/empty-state.tsx'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { Figure } from '../../widgets/figures.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { Panel } from '../../widgets/panel.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { partsOf, SCORE_PARTS, shareOfScale, standingText, USUAL_WEIGHTS, type Weights } from './score-parts.ts'
import { useScoring, useStrategies, type Strategies, type Strategy } from './use-msc.ts'

export function StrategiesPanel(): JSX.Element {
  const { value, fault, reload } = useStrategies()
  return (
    <Panel title="Strategies" note={value === null ? null : <span className="meta">{summary(value)}</span>}>
      {value !== null ? (
        <StrategyTable told={value} />
      ) : fault !== null ? (
        <FaultNote what="The strategies" fault={fault} onRetry={reload} />
      ) : (
        <Skeleton lines={4} label="Reading the strategies" />
      )}
    </Panel>
  )
}

function summary({ rankings, min_score: cut, total_strategies: total }: Strategies): string {
  const active = rankings.filter((each) => each.currently_active).length
  return `${active} allowed of ${total}; score over ${formatNumber(cut, { decimals: 2 })} (tick), parts beside it add up to it`
}

function StrategyTable({ told }: { readonly told: Strategies }): JSX.Element {
  const weights = useScoring() ?? USUAL_WEIGHTS
  if (told.rankings.length === 0)
    return (
      <EmptyState title="No strategy is live.">Strategies are scored once they trade or run in the shadow.</EmptyState>
    )
  return (
    <table className="strategies">
      <thead>
        <tr>
          <th scope="col">Strategy</th>
          <Head isWide>Profit factor</Head>
          <Head isWide>Wins %</Head>
          <Head isWide>Drawdown %</Head>
          <Head title="closed in 30 days, those in the shadow in brackets">Trades 30 d</Head>
          <th scope="col">Score</th>
          {SCORE_PARTS.map(({ part, head, weight }) => (
            <Head key={part} title={`at most ${weights[weight]} of the score`}>
              {head}
            </Head>
          ))}
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        {told.rankings.map((strategy) => (
          <StrategyRow key={strategy.strategy_id} strategy={strategy} cut={told.min_score} weights={weights} />
        ))}
      </tbody>
    </table>
  )
}

const Head = ({
  children,
  title,
  isWide = false,
}: {
  readonly children: ReactNode
  readonly title?: string
  readonly isWide?: boolean
}): JSX.Element => (
  <th scope="col" className={isWide ? 'num wide' : 'num'} title={title}>
    {children}
  </th>
)

interface StrategyRowProps {
  readonly strategy: Strategy
  readonly cut: number
  readonly weights: Weights
}

function StrategyRow({ strategy, cut, weights }: StrategyRowProps): JSX.Element {
  const { metrics, score } = strategy
  return (
    <tr className={strategy.currently_active ? undefined : 'left-out'}>
      <th scope="row" title={strategy.strategy_id}>
        {strategy.strategy_name}
      </th>
      <td className="num wide">
        <Figure value={metrics.profit_factor} decimals={2} />
      </td>
      <td className="num wide">
        <Figure value={metrics.winrate_pct} decimals={1} />
      </td>
      <td className="num wide">
        <Figure value={metrics.max_drawdown_pct} decimals={1} />
      </td>
      <td className="num">
        {metrics.total_trades}
        {metrics.shadow_trades === 0 ? null : <span className="dim"> ({metrics.shadow_trades})</span>}
      </td>
      <td>
        {score === null ? (
          <span className="dim">not scored</span>
        ) : (
          <span className="score">
            <span className="meter" aria-hidden="true">
              <i style={{ width: shareOfScale(score, weights) }} />
              <u style={{ left: shareOfScale(cut, weights) }} />
            </span>
            <span className="num">{formatNumber(score, { decimals: 2 })}</span>
          </span>
        )}
      </td>
      {partsOf(strategy, weights).map(({ part, value, share }) => (
        <td key={part} className="comp">
          {value === null ? (
            <span className="dim">–</span>
          ) : (
            <span style={{ '--v': share } as Record<string, number>}>{formatNumber(value, { decimals: 2 })}</span>
          )}
        </td>
      ))}
      <td>{standingText(strategy)}</td>
    </tr>
  )
}
