/** The columns of the list of symbols. */
import type { JSX } from 'react'

import { decimalsOf } from '../../../state/instruments.ts'
import { quotes, useLive, useQuote } from '../../../state/live.ts'
import type { Column } from '../../../widgets/data-table.tsx'
import { Figure, Price } from '../../../widgets/figures.tsx'
import { compactNumber } from '../compact-number.ts'
import { REGIME_SHORT, REGIME_WORDS, VOLATILITY_WORDS, volatilityRank, type SymbolRow } from './symbol-row.ts'

/** Draws itself again with each price; its row does not. */
function LastPrice({ row }: { readonly row: SymbolRow }): JSX.Element {
  const quote = useQuote(row.symbol)
  return <Price value={quote?.last ?? null} decimals={decimalsOf(row.instrument.tick_size)} />
}

function Name({ symbol }: { readonly symbol: string }): JSX.Element {
  const side = useLive((replica) => replica.positions.get(symbol)?.side ?? null)
  return (
    <span className="market-name" title={symbol}>
      <span>{symbol}</span>
      {side === null ? null : (
        <span className="tag" title={side === 'LONG' ? 'A long position is open' : 'A short position is open'}>
          {side === 'LONG' ? 'L' : 'S'}
          <span className="sr">{side === 'LONG' ? 'ong position' : 'hort position'}</span>
        </span>
      )}
    </span>
  )
}

const orNaN = (value: number | null): number => value ?? Number.NaN
const dash = <span className="dim">–</span>

export const SYMBOL_COLUMNS: readonly Column<SymbolRow>[] = [
  {
    id: 'symbol',
    head: 'Symbol',
    cell: ({ symbol }) => <Name symbol={symbol} />,
    sortBy: (row) => row.symbol,
  },
  {
    id: 'last',
    head: 'Last',
    width: '72px',
    isNumber: true,
    cell: (row) => <LastPrice row={row} />,
    sortBy: (row) => quotes.lastOf(row.symbol),
    firstOrder: 'descending',
  },
  {
    id: 'volume',
    head: <span title="USDT traded in the last 24 hours">24 h</span>,
    width: '46px',
    isNumber: true,
    cell: (row) => compactNumber(orNaN(row.quote_volume_24h)),
    sortBy: (row) => orNaN(row.quote_volume_24h),
    firstOrder: 'descending',
  },
  {
    id: 'atr',
    head: <span title="Average true range of a day, percent of the price">ATR %</span>,
    width: '40px',
    isNumber: true,
    cell: (row) => <Figure value={row.atr_pct} decimals={1} />,
    sortBy: (row) => orNaN(row.atr_pct),
    firstOrder: 'descending',
  },
  {
    id: 'regime',
    head: 'Regime',
    width: '49px',
    className: 'src',
    cell: ({ regime }) => (regime === null ? dash : <span title={REGIME_WORDS[regime]}>{REGIME_SHORT[regime]}</span>),
    sortBy: ({ regime }) => regime ?? '~',
  },
  {
    id: 'volatility',
    head: <span title="Volatility">Volat.</span>,
    width: '52px',
    className: 'src',
    cell: ({ volatility }) => (volatility === null ? dash : VOLATILITY_WORDS[volatility]),
    sortBy: volatilityRank,
    firstOrder: 'descending',
  },
]
