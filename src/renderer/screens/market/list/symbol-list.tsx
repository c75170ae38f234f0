/** The list of symbols: found by typing, sorted by its heads, walked with j and k, opened with Enter. */
import { useRef, useState, type JSX, type KeyboardEvent } from 'react'

import { useActions } from '../../../frame/actions.ts'
import { matching } from '../../../frame/matching.ts'
import { DataTable } from '../../../widgets/data-table.tsx'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { Icon } from '../../../widgets/icon.tsx'
import { KeyCap } from '../../../widgets/key-cap.tsx'
import { Panel } from '../../../widgets/panel.tsx'
import { useNow } from '../../../widgets/use-now.ts'
import { SYMBOL_COLUMNS } from './symbol-columns.tsx'
import { REGIME_WORDS, VOLATILITY_WORDS, type SymbolRow } from './symbol-row.ts'

interface SymbolListProps {
  readonly rows: readonly SymbolRow[]
  readonly symbol: string
  readonly onOpen: (symbol: string) => void
}

const BY_VOLUME = { column: 'volume', order: 'descending' } as const

/** Prices move all the time: the order by last price is put right this often. */
const SORT_EVERY_MS = 3000

const wordsOf = ({ symbol, instrument, regime, volatility }: SymbolRow): string =>
  [
    symbol,
    instrument.base_asset,
    regime === null ? '' : REGIME_WORDS[regime],
    volatility === null ? '' : `${VOLATILITY_WORDS[volatility]} volatility`,
  ].join(' ')

export function SymbolList({ rows, symbol, onOpen }: SymbolListProps): JSX.Element {
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const box = useRef<HTMLDivElement>(null)
  useNow(SORT_EVERY_MS)
  const found = matching(text, rows, wordsOf)
  useActions([
    { id: 'market.find', label: 'Find a symbol', group: 'Market', keys: ['/'], run: () => field.current?.select() },
  ])
  const toTable = (): void => box.current?.querySelector<HTMLElement>('[role="grid"]')?.focus()
  const onKeyDown = (event: KeyboardEvent): void => {
    const [first] = found
    if (event.key === 'Enter' && first !== undefined) onOpen(first.symbol)
    if (event.key === 'Escape') setText('')
    if (event.key === 'Enter' || event.key === 'Escape' || event.key === 'ArrowDown') {
      event.preventDefault()
      toTable()
    }
  }
  return (
    <Panel
      className="market-list"
      title="Symbols"
      note={
        <span className="meta">{found.length === rows.length ? rows.length : `${found.length} of ${rows.length}`}</span>
      }
      verbs={
        <label className="input market-find">
          <Icon name="search" />
          <input
            ref={field}
            aria-label="Find a symbol"
            placeholder="Find"
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <KeyCap keys="/" />
        </label>
      }
    >
      <div ref={box} className="market-rows">
        <DataTable
          label="Symbols"
          columns={SYMBOL_COLUMNS}
          rows={found}
          keyOf={(row) => row.symbol}
          isOpen={(row) => row.symbol === symbol}
          onOpen={(row) => onOpen(row.symbol)}
          keptAs="market"
          sorting={BY_VOLUME}
          empty={
            <EmptyState title={`No symbol matches “${text}”.`}>
              Names, regimes and volatility can be typed: btc, choppy, high.
            </EmptyState>
          }
        />
      </div>
    </Panel>
  )
}
