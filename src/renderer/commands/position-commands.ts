/** Close a position, cancel an order. */
import { station } from '../link/client.ts'
import { showToast } from '../widgets/toasts.tsx'
import { run } from './run.ts'

/** True: it is being closed. */
export async function closePosition(symbol: string): Promise<boolean> {
  const outcome = await run(`${symbol} was not closed`, () => station.positions.close({ symbol }))
  if (outcome.ok) showToast({ text: `Closing ${symbol}` })
  return outcome.ok
}

export async function closePositions(symbols: readonly string[]): Promise<void> {
  await Promise.all(symbols.map((symbol) => closePosition(symbol)))
}

export async function cancelOrder(clientOrderId: string, symbol: string): Promise<boolean> {
  const outcome = await run(`The order on ${symbol} was not cancelled`, () =>
    station.orders.cancel({ client_order_id: clientOrderId }),
  )
  if (outcome.ok) showToast({ text: `Cancelling the order on ${symbol}` })
  return outcome.ok
}
