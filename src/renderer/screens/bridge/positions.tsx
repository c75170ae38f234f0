/** What is open and what rests, with profit, the way to the stop, protection, and the verb that ends it. */
import { useMemo, useState, type JSX } from 'react'

import { cancelOrder, closePosition, closePositions } from '../../commands/position-commands.ts'
import { useActions } from '../../frame/actions.ts'
import { counted } from '../../frame/stop-plan.ts'
import { decimalsOf, useInstruments } from '../../state/instruments.ts'
import { live, useLive } from '../../state/live.ts'
import { Button } from '../../widgets/button.tsx'
import { useColumnChoice } from '../../widgets/column-choice.ts'
import { ColumnMenu } from '../../widgets/column-menu.tsx'
import { ConfirmSheet } from '../../widgets/confirm-sheet.tsx'
import { CopyCsv } from '../../widgets/copy-csv.tsx'
import { DataTable } from '../../widgets/data-table.tsx'
import { Profit } from '../../widgets/figures.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { Panel } from '../../widgets/panel.tsx'
import { NothingOpen } from './nothing-open.tsx'
import { positionColumns } from './position-columns.tsx'
import { isClosing, isOrder, notionalOf, restingEntries, rowKey, type BookRow } from './position-rows.ts'

const USUALLY_HIDDEN = ['strategy', 'held', 'atStop', 'stopPrice', 'targetPrice']

/** What a confirmation is open for: one row, or everything. */
type Asked = BookRow | 'all' | null

export function Positions(): JSX.Element {
  const { positions, orders, limit } = useLive(({ positions, orders, effective }) => ({
    positions,
    orders,
    limit: effective?.max_positions.value ?? null,
  }))
  const slots = useLive(({ usage }) => usage?.slots ?? null)
  const [asked, setAsked] = useState<Asked>(null)
  const resting = restingEntries(orders)
  const rows: BookRow[] = [...positions.values(), ...resting]
  const instruments = useInstruments()
  const padTo = Math.max(0, ...rows.map(({ symbol }) => decimalsOf(instruments.get(symbol)?.tick_size) ?? 0))
  const columns = useMemo(() => positionColumns(padTo, (row) => <EndButton row={row} onAsk={setAsked} />), [padTo])
  const choice = useColumnChoice({ id: 'positions', columns, hidden: USUALLY_HIDDEN })
  useActions(
    [...positions.values()].map((position) => ({
      id: `close.${position.symbol}`,
      label: `Close ${position.symbol}`,
      group: 'Positions',
      run: () => setAsked(position),
    })),
  )
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
            {positions.size === 0 ? null : (
              <Button look="quiet" onClick={() => setAsked('all')}>
                Close {counted(positions.size, 'position')}
              </Button>
            )}
          </>
        )
      }
    >
      <DataTable
        label="Positions"
        keptAs="positions"
        columns={choice.shown}
        rows={rows}
        keyOf={rowKey}
        rowClass={(row) => (isOrder(row) ? 'rest' : isClosing(row.symbol, orders) ? 'closing' : '')}
        empty={<NothingOpen />}
      />
      {asked === null ? null : <EndSheet asked={asked} onClose={() => setAsked(null)} />}
    </Panel>
  )
}

function EndButton({ row, onAsk }: { readonly row: BookRow; readonly onAsk: (row: BookRow) => void }): JSX.Element {
  const isUnderWay = useLive(({ orders }) => !isOrder(row) && isClosing(row.symbol, orders))
  const side = (isOrder(row) ? row.position_side : row.side).toLowerCase()
  const name = isOrder(row)
    ? `Cancel ${row.symbol} entry`
    : `Close ${row.symbol} ${side}, ${formatNumber(notionalOf(row), { decimals: 0 })} USDT`
  return (
    <Button look="quiet" aria-label={name} disabled={isUnderWay} onClick={() => onAsk(row)}>
      {isOrder(row) ? 'Cancel' : isUnderWay ? 'Closing…' : 'Close'}
    </Button>
  )
}

function EndSheet({ asked, onClose }: { readonly asked: BookRow | 'all'; readonly onClose: () => void }): JSX.Element {
  const symbols = [...live.getState().positions.keys()]
  if (asked === 'all')
    return (
      <ConfirmSheet
        title={`Close ${counted(symbols.length, 'position')}`}
        verb={`Close ${symbols.length}`}
        keep="Leave them open"
        isDangerous
        onClose={onClose}
        onConfirm={() => closePositions(symbols).then(() => true)}
      >
        <p className="note-line">
          Each is closed at the market now: {symbols.join(', ')}. New positions may still be opened afterwards.
        </p>
        <OpenProfit />
      </ConfirmSheet>
    )
  if (isOrder(asked))
    return (
      <ConfirmSheet
        title={`Cancel the entry on ${asked.symbol}`}
        verb="Cancel the order"
        keep="Let it rest"
        onClose={onClose}
        onConfirm={() => cancelOrder(asked.client_order_id, asked.symbol)}
      >
        <p className="note-line">
          {asked.position_side === 'LONG' ? 'Long' : 'Short'} {asked.quantity} at {asked.price ?? 'the market'},{' '}
          {asked.strategy_id}.
        </p>
      </ConfirmSheet>
    )
  return (
    <ConfirmSheet
      title={`Close ${asked.symbol}`}
      verb={`Close ${asked.symbol}`}
      keep="Leave it open"
      isDangerous
      onClose={onClose}
      onConfirm={() => closePosition(asked.symbol)}
    >
      <p className="note-line">
        {asked.side === 'LONG' ? 'Long' : 'Short'} {formatNumber(asked.quantity)} (
        {formatNumber(notionalOf(asked), { decimals: 0 })} USDT) is closed at the market now; its stop and target are
        cancelled.
      </p>
      <OpenProfit symbol={asked.symbol} />
    </ConfirmSheet>
  )
}

/** Of one symbol, or of all. */
function OpenProfit({ symbol }: { readonly symbol?: string }): JSX.Element {
  const profit = useLive(({ positions, account }) =>
    symbol === undefined ? account?.unrealised : positions.get(symbol)?.unrealised,
  )
  return (
    <p className="note-line">
      P&amp;L now <Profit value={profit ?? 0} /> USDT before fees.
    </p>
  )
}
