/** Close a position, cancel an order; adopt, close or cancel what is not ours; release a frozen symbol. */
import { station } from '../link/client.ts'
import { showToast } from '../widgets/toasts.tsx'
import { attempt, run, type Outcome } from './run.ts'

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

/** A position that no order of ours opened. True: it is being closed. */
export async function closeForeign(symbol: string): Promise<boolean> {
  const outcome = await run(`${symbol} was not closed`, () => station.positions.closeForeign({ symbol }))
  if (outcome.ok) showToast({ text: `Closing ${symbol}` })
  return outcome.ok
}

export type Adoption = Parameters<typeof station.positions.adopt>[0]

/** The one who asks says what was refused, beside the fields. */
export async function adoptPosition(adoption: Adoption): Promise<Outcome<{ adopted: true }>> {
  const outcome = await attempt(() => station.positions.adopt(adoption))
  if (outcome.ok) showToast({ text: `${adoption.symbol} is ours now: its stop is being placed` })
  return outcome
}

export async function cancelForeign(clientOrderId: string, symbol: string): Promise<boolean> {
  const outcome = await run(`The order on ${symbol} was not cancelled`, () =>
    station.orders.cancelForeign({ client_order_id: clientOrderId, symbol }),
  )
  if (outcome.ok) showToast({ text: `Cancelling the order on ${symbol}` })
  return outcome.ok
}

/** What somebody else did to it is accepted: the symbol takes entries again. */
export async function releaseSymbol(symbol: string): Promise<boolean> {
  const outcome = await run(`${symbol} was not released`, () => station.positions.unfreeze({ symbol }))
  if (outcome.ok) showToast({ text: `${symbol} takes entries again` })
  return outcome.ok
}
