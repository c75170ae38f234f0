/** Says once more what is ended, and ends it: one position, one order, or all positions. */
import type { JSX } from 'react'

import {
  cancelForeign,
  cancelOrder,
  closeForeign,
  closePosition,
  closePositions,
} from '../../commands/position-commands.ts'
import { counted } from '../../frame/stop-plan.ts'
import { live, useLive } from '../../state/live.ts'
import { ConfirmSheet } from '../../widgets/confirm-sheet.tsx'
import { Profit } from '../../widgets/figures.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { isOrder, notionalOf, type BookRow } from './position-rows.ts'

interface EndSheetProps {
  readonly asked: BookRow | 'all'
  readonly onClose: () => void
}

export function EndSheet({ asked, onClose }: EndSheetProps): JSX.Element {
  const own = [...live.getState().positions.values()].filter((position) => !position.is_foreign)
  const symbols = own.map(({ symbol }) => symbol)
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
        title={asked.is_foreign ? `Cancel an order that is not ours` : `Cancel the entry on ${asked.symbol}`}
        verb="Cancel the order"
        keep="Let it rest"
        onClose={onClose}
        onConfirm={() =>
          asked.is_foreign
            ? cancelForeign(asked.client_order_id, asked.symbol)
            : cancelOrder(asked.client_order_id, asked.symbol)
        }
      >
        <p className="note-line">
          {asked.symbol} {asked.position_side === 'LONG' ? 'long' : 'short'} {formatNumber(asked.quantity)} at{' '}
          {asked.price === null ? 'the market' : formatNumber(asked.price)},{' '}
          {asked.is_foreign ? 'sent by somebody else on this account' : asked.strategy_id}.
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
      onConfirm={() => (asked.is_foreign ? closeForeign(asked.symbol) : closePosition(asked.symbol))}
    >
      <p className="note-line">
        {asked.side === 'LONG' ? 'Long' : 'Short'} {formatNumber(asked.quantity)} (
        {formatNumber(notionalOf(asked), { decimals: 0 })} USDT) is closed at the market now
        {asked.is_foreign ? '. No order of ours opened it.' : '; its stop and target are cancelled.'}
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
