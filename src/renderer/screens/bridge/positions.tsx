/** What is open and what rests, with profit, the way to the stop, protection, and the verb that ends it. */
import { useEffect, useMemo, useState, type JSX, type MouseEvent } from 'react'

import type { Position } from '../../../contract/trading-shapes.ts'
import { useActions } from '../../frame/actions.ts'
import { replaceQuery } from '../../frame/route.ts'
import { counted } from '../../frame/stop-plan.ts'
import { decimalsOf, useInstruments } from '../../state/instruments.ts'
import { useLive } from '../../state/live.ts'
import { Button } from '../../widgets/button.tsx'
import { useColumnChoice } from '../../widgets/column-choice.ts'
import { ColumnMenu } from '../../widgets/column-menu.tsx'
import { CopyCsv } from '../../widgets/copy-csv.tsx'
import { DataTable } from '../../widgets/data-table.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { Panel } from '../../widgets/panel.tsx'
import { AdoptSheet } from './adopt-sheet.tsx'
import { EndSheet } from './end-sheet.tsx'
import { FrozenSymbols } from './frozen-symbols.tsx'
import { NothingOpen } from './nothing-open.tsx'
import { PositionCard } from './position-card.tsx'
import { positionColumns } from './position-columns.tsx'
import { isClosing, isOrder, notionalOf, restingEntries, rowKey, type BookRow } from './position-rows.ts'

const USUALLY_HIDDEN = ['strategy', 'held', 'atStop', 'stopPrice', 'targetPrice']

/** What a confirmation is open for: one row, or everything. */
type Asked = BookRow | 'all' | null

interface PositionsProps {
  /** the symbol whose card is asked for by a link; null: none is */
  readonly shows: string | null
}

export function Positions({ shows }: PositionsProps): JSX.Element {
  const { positions, orders, limit } = useLive(({ positions, orders, effective }) => ({
    positions,
    orders,
    limit: effective?.max_positions.value ?? null,
  }))
  const slots = useLive(({ usage }) => usage?.slots ?? null)
  const [asked, setAsked] = useState<Asked>(null)
  const [looked, setLooked] = useState<string | null>(null)
  const [adopting, setAdopting] = useState<Position | null>(null)
  useEffect(() => {
    if (shows === null) return
    setLooked(shows)
    replaceQuery({})
  }, [shows])
  const resting = restingEntries(orders)
  const rows: BookRow[] = [...positions.values(), ...resting]
  const instruments = useInstruments()
  const padTo = Math.max(0, ...rows.map(({ symbol }) => decimalsOf(instruments.get(symbol)?.tick_size) ?? 0))
  const columns = useMemo(() => positionColumns(padTo, (row) => <EndButton row={row} onAsk={setAsked} />), [padTo])
  const choice = useColumnChoice({ id: 'positions', columns, hidden: USUALLY_HIDDEN })
  const open = [...positions.values()]
  const own = open.filter((position) => !position.is_foreign)
  useActions([
    ...open.map((position) => ({
      id: `close.${position.symbol}`,
      label: `Close ${position.symbol}`,
      group: 'Positions',
      run: () => setAsked(position),
    })),
    ...open.map(({ symbol }) => ({
      id: `look.${symbol}`,
      label: `Look at the position on ${symbol}`,
      group: 'Positions',
      words: 'protection stop target card',
      run: () => setLooked(symbol),
    })),
    ...open
      .filter((position) => position.is_foreign)
      .map((position) => ({
        id: `adopt.${position.symbol}`,
        label: `Adopt ${position.symbol}`,
        group: 'Positions',
        words: 'foreign not ours',
        run: () => setAdopting(position),
      })),
  ])
  const isFull = slots !== null && limit !== null && slots >= limit
  return (
    <Panel
      title="Positions"
      className="positions"
      note={
        <>
          <span>
            {positions.size} open{resting.length === 0 ? '' : `, ${resting.length} resting`}
          </span>
          {isFull ? (
            <span className="tag">
              {slots} of {limit}, full
            </span>
          ) : null}
        </>
      }
      verbs={
        rows.length === 0 ? undefined : (
          <>
            <ColumnMenu columns={columns.filter(({ id }) => id !== 'action')} choice={choice} />
            <CopyCsv rows={rows} columns={choice.shown} />
            {own.length === 0 ? null : (
              <Button look="quiet" onClick={() => setAsked('all')}>
                Close {counted(own.length, 'position')}
              </Button>
            )}
          </>
        )
      }
    >
      <FrozenSymbols />
      <DataTable
        label="Positions"
        keptAs="positions"
        columns={choice.shown}
        rows={rows}
        keyOf={rowKey}
        onOpen={(row) => (isOrder(row) ? setAsked(row) : setLooked(row.symbol))}
        rowClass={(row) => (isOrder(row) ? 'rest' : isClosing(row.symbol, orders) ? 'closing' : '')}
        empty={<NothingOpen />}
      />
      {asked === null ? null : <EndSheet asked={asked} onClose={() => setAsked(null)} />}
      {adopting === null ? null : <AdoptSheet position={adopting} onClose={() => setAdopting(null)} />}
      {looked === null ? null : (
        <PositionCard
          symbol={looked}
          onEnd={(position) => {
            setLooked(null)
            setAsked(position)
          }}
          onAdopt={(position) => {
            setLooked(null)
            setAdopting(position)
          }}
          onClose={() => setLooked(null)}
        />
      )}
    </Panel>
  )
}

function EndButton({ row, onAsk }: { readonly row: BookRow; readonly onAsk: (row: BookRow) => void }): JSX.Element {
  const isUnderWay = useLive(({ orders }) => !isOrder(row) && isClosing(row.symbol, orders))
  const side = (isOrder(row) ? row.position_side : row.side).toLowerCase()
  const name = isOrder(row)
    ? `Cancel ${row.symbol} ${row.is_foreign ? 'order, not ours' : 'entry'}`
    : `Close ${row.symbol} ${side}, ${formatNumber(notionalOf(row), { decimals: 0 })} USDT`
  const ask = (event: MouseEvent): void => {
    // the row under it would open too
    event.stopPropagation()
    onAsk(row)
  }
  return (
    <Button look="quiet" aria-label={name} disabled={isUnderWay} onClick={ask}>
      {isOrder(row) ? 'Cancel' : isUnderWay ? 'Closing…' : 'Close'}
    </Button>
  )
}
