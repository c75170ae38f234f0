/** One symbol beside the ranking: its candles, why it scores so, how its score went, what became of its last signal. */
import type { JSX } from 'react'

import { hrefOf } from '../../frame/route.ts'
import { station } from '../../link/client.ts'
import { useAgain } from '../../state/use-again.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { Time } from '../../widgets/figures.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { CandlePicture } from './candle-picture.tsx'
import { COMPONENT_WORDS, type AnyComponent } from './component-words.ts'
import { contributionsOf, filteredText, type RankingRow } from './ranking-rows.ts'
import { ScoreHistory } from './score-history.tsx'

interface SymbolDetailsProps {
  readonly row: RankingRow
  readonly total: number
  readonly weights: Readonly<Record<string, number>>
  readonly components: readonly AnyComponent[]
  /** instant of the ranking: with a new one the history is asked again */
  readonly at: string
}

const three = (value: number): string => formatNumber(value, { decimals: 3 })
const two = (value: number): string => formatNumber(value, { decimals: 2 })

export const SymbolDetails = ({ row, total, weights, components, at }: SymbolDetailsProps): JSX.Element => (
  <aside className="panel details" aria-label={`Details of ${row.symbol}`}>
    <div className="head">
      <h2>{row.symbol}</h2>
      <span className="meta">
        {row.rank} of {total}
      </span>
      <span className="push">
        <a className="btn quiet" href={hrefOf('market', [row.symbol])} aria-keyshortcuts="C">
          Open chart <KeyCap keys="C" />
        </a>
      </span>
    </div>
    <div className="scroll">
      <CandlePicture symbol={row.symbol} />
      {row.filtered === null ? null : <p className="reason">No opportunity: {filteredText(row.filtered)}.</p>}
      {row.isAllowed ? null : <p className="reason">Not on the list of allowed symbols: nothing new opens on it.</p>}
      <div className="head">
        <h2>Why {two(row.score)}</h2>
        <span className="push meta">component × weight</span>
      </div>
      <dl className="contribs" aria-label={`Why ${row.symbol} scores ${two(row.score)}`}>
        {contributionsOf(row, weights, components).map(({ component, value, weight, product }) => (
          <div key={component} className="contrib" title={COMPONENT_WORDS[component].help}>
            <dt>{COMPONENT_WORDS[component].name}</dt>
            <dd className="meter" aria-hidden="true">
              <i style={{ width: `${value * 100}%` }} />
            </dd>
            <dd className="num">{two(value)}</dd>
            <dd className="dim">×</dd>
            <dd className="num dim">{two(weight)}</dd>
            <dd className="num">
              <b>{three(product)}</b>
            </dd>
          </div>
        ))}
        <div className="contrib total">
          <dt>
            <b>Score</b>
          </dt>
          <dd className="num">
            <b>{three(row.score)}</b>
          </dd>
        </div>
      </dl>
      <ScoreHistory symbol={row.symbol} at={at} />
      <LastSignal symbol={row.symbol} />
    </div>
  </aside>
)

const AGAIN_MS = 5000
const MOST_TRADES = 200

function LastSignal({ symbol }: { readonly symbol: string }): JSX.Element {
  const { value, fault, reload } = useAnswer(`last signal ${symbol}`, async (signal) => {
    const [decisions, trades] = await Promise.all([
      station.records.decisions({ symbol, limit: 1 }, { signal }),
      station.positions.trades({ symbol, limit: MOST_TRADES }, { signal }),
    ])
    return { decision: decisions.items[0] ?? null, trades: trades.items, hasMore: trades.next !== null }
  })
  useAgain(reload, AGAIN_MS)
  if (value === null && fault !== null) return <FaultNote what="The last signal" fault={fault} onRetry={reload} />
  const { decision = null, trades = [], hasMore = false } = value ?? {}
  const won = trades.filter(({ profit }) => Number(profit) > 0).length
  return (
    <>
      <div className="head ruled">
        <h2>Last signal</h2>
      </div>
      <dl className="facts">
        <dt>{decision === null ? 'None' : <Time at={decision.at} />}</dt>
        <dd className="span">
          {decision === null ? (
            'No strategy has spoken of it yet.'
          ) : (
            <>
              <b>{decision.outcome}</b>: {decision.sentence}{' '}
              <a href={hrefOf('journal', ['decisions', decision.id])}>See why</a>
            </>
          )}
        </dd>
        <dt>Own trades</dt>
        <dd className="span">
          {trades.length === 0 ? (
            'none yet: Own wins stands at 0.50'
          ) : (
            <a href={hrefOf('journal', ['trades'], { q: `symbol:${symbol}` })}>
              {hasMore ? `the last ${trades.length}` : trades.length}, {won} won
            </a>
          )}
        </dd>
      </dl>
    </>
  )
}
