/** One moment of a trace: when, what, and in one sentence. */
import type { JSX, ReactNode } from 'react'

import { hrefOf } from '../../../frame/route.ts'
import { Figure, Money, Profit, Time } from '../../../widgets/figures.tsx'
import { sentenceCase, SymbolPrice, SymbolSize, Verdict } from '../tables/cells.tsx'
import type { Moment } from './trace-story.ts'

export const MomentRow = ({ moment }: { readonly moment: Moment }): JSX.Element => (
  <li className="moment" data-kind={moment.kind}>
    <span className="dim">
      <Time at={moment.at} withDate />
    </span>
    <b>{sentenceCase(moment.kind)}</b>
    <span>{saidOf(moment)}</span>
  </li>
)

const words = (text: string): string => text.replaceAll('_', ' ').toLowerCase()

function saidOf(moment: Moment): ReactNode {
  switch (moment.kind) {
    case 'signal': {
      const { row } = moment
      return (
        <>
          {row.strategy_id} asks for {row.kind === 'EXIT' ? 'the end of ' : ''}
          {row.symbol} {words(row.side)} at <SymbolPrice symbol={row.symbol} value={row.price} />, confidence{' '}
          <Figure value={row.confidence} decimals={2} />, stop{' '}
          <SymbolPrice symbol={row.symbol} value={row.stop_price} />
        </>
      )
    }
    case 'decision': {
      const { row } = moment
      return (
        <>
          <Verdict outcome={row.outcome} /> {row.sentence}.{' '}
          <a href={hrefOf('journal', ['decisions', row.id], { q: `trace:${row.trace_id}` })}>See why</a>
        </>
      )
    }
    case 'order': {
      const { row } = moment
      return (
        <>
          {sentenceCase(row.purpose)}: {words(row.side)} <SymbolSize symbol={row.symbol} value={row.quantity} />{' '}
          {row.symbol}, {words(row.type)}
          {row.price === null && row.trigger_price === null ? null : (
            <>
              {' '}
              at <SymbolPrice symbol={row.symbol} value={row.price ?? row.trigger_price} />
            </>
          )}
          , now {words(row.state)}
          {row.reason === null ? null : <span className="dim">, {row.reason}</span>}
        </>
      )
    }
    case 'fill': {
      const { row } = moment
      return (
        <>
          {sentenceCase(row.side)} <SymbolSize symbol={row.symbol} value={row.quantity} /> {row.symbol} at{' '}
          <SymbolPrice symbol={row.symbol} value={row.price} />, fee <Money value={row.fee} decimals={4} /> USDT as{' '}
          {words(row.liquidity)}
        </>
      )
    }
    case 'trade': {
      const { row } = moment
      return (
        <>
          {row.symbol} {words(row.side)} closed by {words(row.exit_reason)}: <Profit value={row.profit} /> USDT, R{' '}
          <Figure value={row.r_multiple} decimals={2} isSigned />
        </>
      )
    }
    case 'ledger':
      return (
        <>
          {sentenceCase(moment.row.kind)} <Profit value={moment.row.amount} decimals={4} /> USDT
        </>
      )
    case 'event':
      return <span className="dim">{moment.row.type}</span>
  }
}
