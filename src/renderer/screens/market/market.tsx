/** Market: every symbol, the chart of one, what is known of it, and an order by hand. */
import { useEffect, useState, type JSX } from 'react'

import { useActions } from '../../frame/actions.ts'
import { go, type Route } from '../../frame/route.ts'
import { useInstruments } from '../../state/instruments.ts'
import { live, useLive } from '../../state/live.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { ChartPanel } from './chart/chart-panel.tsx'
import { intervalOf } from './chart/intervals.ts'
import { Facts } from './facts/facts.tsx'
import { OpenHere } from './facts/open-here.tsx'
import { SymbolHead } from './facts/symbol-head.tsx'
import { SymbolList } from './list/symbol-list.tsx'
import { useSymbolRows } from './list/use-symbol-rows.ts'
import { Ticket } from './ticket/ticket.tsx'

import './market.css'

export default function Market({ route }: { readonly route: Route }): JSX.Element {
  const { rows, fault, reload } = useSymbolRows()
  const isConnected = useLive((replica) => replica.snapshots > 0)
  const instruments = useInstruments()
  const hasRows = rows.length > 0
  const [chosen, setChosen] = useState('')
  const symbol = route.path[0] ?? chosen
  const interval = intervalOf(route.query.get('interval'))
  const open = (next: string): void => go('market', [next], { interval })
  const step = (by: number): void => {
    const at = rows.findIndex((row) => row.symbol === symbol)
    const next = rows[(at + by + rows.length) % rows.length]
    if (next !== undefined) open(next.symbol)
  }
  useActions([
    { id: 'market.next', label: 'Next symbol', group: 'Market', keys: [']'], run: () => step(1) },
    { id: 'market.previous', label: 'Previous symbol', group: 'Market', keys: ['['], run: () => step(-1) },
  ])
  const first = rows[0]?.symbol ?? ''
  useEffect(() => {
    // where something is open it is looked at first; it stays when that is closed
    if (first !== '') setChosen((before) => before || ([...live.getState().positions.keys()][0] ?? first))
  }, [first])
  useEffect(() => {
    if (hasRows && document.activeElement === document.body)
      document.querySelector<HTMLElement>('.market [role="grid"]')?.focus({ preventScroll: true })
  }, [hasRows])
  if (fault !== null && !hasRows) return <FaultNote what="The market" fault={fault} onRetry={reload} />
  if (!isConnected || symbol === '' || (!hasRows && instruments.size === 0))
    return <Skeleton lines={12} label="Waiting for the market" />
  const row = rows.find((each) => each.symbol === symbol)
  return (
    <div className="market">
      <SymbolList rows={rows} symbol={symbol} onOpen={open} />
      {row === undefined ? (
        <EmptyState title={`There is no symbol ${symbol}.`}>
          The station has {rows.length}; choose one from the list.
        </EmptyState>
      ) : (
        <>
          <div className="market-middle">
            <SymbolHead row={row} />
            <ChartPanel symbol={symbol} interval={interval} />
          </div>
          <div className="market-side">
            <Ticket key={symbol} symbol={symbol} />
            <OpenHere symbol={symbol} />
            <Facts row={row} />
          </div>
        </>
      )}
    </div>
  )
}
