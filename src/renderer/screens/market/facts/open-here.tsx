/** What is open and what rests on this symbol, with the verbs that end it. Nothing where there is nothing. */
import { useState, type JSX } from 'react'

import type { Order, Position } from '../../../../contract/trading-shapes.ts'
import { cancelOrder, closePosition } from '../../../commands/position-commands.ts'
import { usePriceDecimals } from '../../../state/instruments.ts'
import { useLive } from '../../../state/live.ts'
import { Button } from '../../../widgets/button.tsx'
import { Figure, Percent, Price, Profit } from '../../../widgets/figures.tsx'
import { Panel } from '../../../widgets/panel.tsx'

export function OpenHere({ symbol }: { readonly symbol: string }): JSX.Element | null {
  const position = useLive((replica) => replica.positions.get(symbol))
  const orders = useLive((replica) => replica.orders)
  const resting = [...orders.values()].filter((order) => order.symbol === symbol && order.purpose === 'ENTRY')
  if (position === undefined && resting.length === 0) return null
  return (
    <Panel title="Open here">
      {position === undefined ? null : <OpenPosition key={position.intent_id} position={position} />}
      {resting.map((order) => (
        <RestingOrder key={order.client_order_id} order={order} />
      ))}
    </Panel>
  )
}

function OpenPosition({ position }: { readonly position: Position }): JSX.Element {
  const { symbol, side, quantity, entry_price, unrealised, stop_distance, is_protected, leverage } = position
  const decimals = usePriceDecimals(symbol)
  const [isClosing, setClosing] = useState(false)
  const close = async (): Promise<void> => {
    setClosing(true)
    if (!(await closePosition(symbol))) setClosing(false)
  }
  return (
    <div className="market-open">
      <p>
        <b>{side === 'LONG' ? 'Long' : 'Short'}</b> <Figure value={quantity} /> at{' '}
        <Price value={entry_price} decimals={decimals} />, {leverage}×
      </p>
      <p>
        <Profit value={unrealised} /> <span className="u">USDT</span> · stop{' '}
        {is_protected ? 'held' : <b className="loss">not held</b>}, <Percent fraction={stop_distance} /> away
      </p>
      <Button disabled={isClosing} onClick={() => void close()} aria-label={`Close ${symbol}`}>
        {isClosing ? 'Closing…' : 'Close'}
      </Button>
    </div>
  )
}

function RestingOrder({ order }: { readonly order: Order }): JSX.Element {
  const { symbol, client_order_id, position_side, quantity, price } = order
  const decimals = usePriceDecimals(symbol)
  const [isCancelling, setCancelling] = useState(false)
  const cancel = async (): Promise<void> => {
    setCancelling(true)
    if (!(await cancelOrder(client_order_id, symbol))) setCancelling(false)
  }
  return (
    <div className="market-open">
      <p>
        <b>Resting</b>, {position_side === 'LONG' ? 'long' : 'short'} <Figure value={quantity} /> at{' '}
        <Price value={price} decimals={decimals} />
      </p>
      <Button
        disabled={isCancelling}
        onClick={() => void cancel()}
        aria-label={`Cancel the resting order on ${symbol}`}
      >
        {isCancelling ? 'Cancelling…' : 'Cancel'}
      </Button>
    </div>
  )
}
