/** Beside the staircase: what came of the decision, how often its rule decides, and where to look on. */
import type { JSX } from 'react'

import type { Hindsight } from '../../../../contract/trading-shapes.ts'
import { go, hrefOf } from '../../../frame/route.ts'
import { station } from '../../../link/client.ts'
import { stationNow } from '../../../state/station-clock.ts'
import { useAnswer } from '../../../state/use-answer.ts'
import { Button } from '../../../widgets/button.tsx'
import { Percent, Profit } from '../../../widgets/figures.tsx'
import { formatNumber } from '../../../widgets/format-number.ts'
import { showFault, showToast } from '../../../widgets/toasts.tsx'
import { sentenceCase, SymbolPrice, SymbolSize } from '../tables/cells.tsx'
import { reduces } from './staircase.ts'
import { wordsOf } from './step-words.ts'
import type { DecisionStory } from './use-decision.ts'

export const WhyAside = ({ story }: { readonly story: DecisionStory }): JSX.Element => (
  <aside className="aside" aria-label="What came of it">
    <div className="head">
      <h2>What came of it</h2>
    </div>
    <Outcome story={story} />
    <RuleCount story={story} />
    <Links story={story} />
  </aside>
)

const ENDS = { STOP: 'Stopped', TARGET: 'At its target', OPEN: 'Open still' } as const

/** From the open of the next candle on; stop before target where one candle has both. */
function Foregone({ told, symbol }: { readonly told: Hindsight; readonly symbol: string }): JSX.Element {
  return (
    <>
      <dt>Would have made</dt>
      <dd className="span">
        <Percent fraction={told.share} isProfit />
        {told.multiple === null ? '' : `, ${formatNumber(told.multiple, { decimals: 1, isSigned: true })} R`}
      </dd>
      <dt>{ENDS[told.end]}</dt>
      <dd className="span">
        from <SymbolPrice symbol={symbol} value={told.entry_price} /> to{' '}
        <SymbolPrice symbol={symbol} value={told.exit_price} />, fees paid
      </dd>
    </>
  )
}

function Outcome({
  story: { decision, orders, fills, trades, hindsight },
}: {
  readonly story: DecisionStory
}): JSX.Element {
  // a close carries the intent of the position that it ends
  const isOwn = ({ purpose, created_at }: DecisionStory['orders'][number]): boolean =>
    !reduces(decision) || (purpose === 'CLOSE' && created_at >= decision.at)
  const own = orders.filter((order) => order.intent_id === decision.intent_id && isOwn(order))
  if (decision.outcome !== 'approved' || own.length === 0)
    return (
      <dl className="facts">
        <dt>Ordered</dt>
        <dd className="span">nothing{decision.outcome === 'approved' ? ' yet' : ''}</dd>
        {hindsight === null ? null : <Foregone told={hindsight} symbol={decision.symbol} />}
      </dl>
    )
  const ids = new Set(own.map(({ client_order_id }) => client_order_id))
  const trade = trades.find(({ intent_id }) => intent_id === decision.intent_id)
  return (
    <dl className="facts">
      {own.slice(0, 6).map((order) => (
        <div key={order.client_order_id} className="contents">
          <dt>{sentenceCase(order.purpose)}</dt>
          <dd className="span">
            {sentenceCase(order.state)}, <SymbolSize symbol={order.symbol} value={order.filled_quantity} /> of{' '}
            <SymbolSize symbol={order.symbol} value={order.quantity} />
          </dd>
        </div>
      ))}
      {fills
        .filter(({ client_order_id }) => ids.has(client_order_id))
        .slice(0, 4)
        .map((fill) => (
          <div key={fill.id} className="contents">
            <dt>Filled</dt>
            <dd className="span">
              <SymbolSize symbol={fill.symbol} value={fill.quantity} /> at{' '}
              <SymbolPrice symbol={fill.symbol} value={fill.price} />
            </dd>
          </div>
        ))}
      {trade === undefined ? null : (
        <>
          <dt>Made</dt>
          <dd className="span">
            <Profit value={trade.profit} /> USDT, closed by {trade.exit_reason.replaceAll('_', ' ').toLowerCase()}
          </dd>
        </>
      )}
    </dl>
  )
}

const WEEK_MS = 604_800_000
const MOST_COUNTED = 500

/** How often the rule that stopped this has stopped something within seven days. */
function RuleCount({ story: { decision } }: { readonly story: DecisionStory }): JSX.Element | null {
  const { code, outcome, gate } = decision
  const { value } = useAnswer(`rule ${code ?? ''} ${outcome}`, async (signal) => {
    if (code === null) return null
    const from = new Date(stationNow() - WEEK_MS).toISOString()
    const told = await station.records.decisions({ code, outcome, from, limit: MOST_COUNTED }, { signal })
    return { count: told.items.length, isMore: told.next !== null }
  })
  if (code === null || gate === null || value === null) return null
  return (
    <>
      <div className="head ruled">
        <h2>This rule, 7 days</h2>
      </div>
      <dl className="facts">
        <dt>{sentenceCase(outcome)}</dt>
        <dd className="span">
          {value.isMore ? 'more than ' : ''}
          {value.count} by “{wordsOf(code, gate).label}”
        </dd>
      </dl>
    </>
  )
}

function Links({ story: { decision } }: { readonly story: DecisionStory }): JSX.Element {
  const { symbol, trace_id, policy_version, code, outcome } = decision
  const copy = (): void => {
    navigator.clipboard.writeText(trace_id).then(
      () => showToast({ text: `Trace ${trace_id} copied` }),
      () => showFault('The trace was not copied: the browser does not allow it here.'),
    )
  }
  return (
    <>
      <div className="head ruled">
        <h2>Follow it</h2>
      </div>
      <div className="follow">
        <a href={hrefOf('journal', ['trace', trace_id])}>Everything of this trace</a>
        <a href={hrefOf('market', [symbol])}>{symbol} on Market</a>
        <a href={hrefOf('policy', ['history', String(policy_version)])}>Policy {policy_version}</a>
        {code === null ? null : (
          <Button look="quiet" onClick={() => go('journal', ['decisions'], { q: `${outcome}:${code}` })}>
            All {outcome} like this
          </Button>
        )}
        <Button look="quiet" onClick={copy}>
          Copy trace {trace_id.slice(0, 8)}
        </Button>
      </div>
    </>
  )
}
