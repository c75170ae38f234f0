/** Places an order by hand and says what became of it. */
import type { Order } from '../../../../contract/trading-shapes.ts'
import { run } from '../../../commands/run.ts'
import { station } from '../../../link/client.ts'
import { formatNumber } from '../../../widgets/format-number.ts'
import { showFault, showToast } from '../../../widgets/toasts.tsx'
import type { ManualOrder } from './ticket-draft.ts'

const LOOK_EVERY_MS = 250
const LOOKS = 24

/** True: the station has taken it. */
export async function placeOrder(order: ManualOrder): Promise<boolean> {
  const { symbol, side } = order
  const outcome = await run(`The order on ${symbol} was not placed`, () => station.orders.place(order))
  if (!outcome.ok) return false
  const { quantity, client_order_id } = outcome.value
  const what = `${side === 'LONG' ? 'Long' : 'Short'} ${formatNumber(quantity)} ${symbol}`
  if (client_order_id !== null) void tellWhatCame(client_order_id, symbol, what)
  return true
}

async function tellWhatCame(id: string, symbol: string, what: string): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    const order = await orderOf(id, symbol)
    if (order !== null && tell(order, what)) return
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_EVERY_MS)
    })
  }
  showToast({ text: `${what}: sent, the exchange has not answered yet` })
}

async function orderOf(id: string, symbol: string): Promise<Order | null> {
  try {
    const { items } = await station.orders.list({ symbol, limit: 20 })
    return items.find((order) => order.client_order_id === id) ?? null
  } catch {
    return null // the next look asks again
  }
}

/** False: there is nothing to tell yet. */
function tell({ state, filled_quantity, average_price, price, reason, time_in_force }: Order, what: string): boolean {
  const filled =
    Number(filled_quantity) > 0
      ? `${formatNumber(filled_quantity)} filled at ${formatNumber(average_price)}`
      : 'nothing filled'
  if (state === 'FILLED') showToast({ text: `${what}: ${filled}` })
  else if (state === 'OPEN' && time_in_force === 'GTC')
    showToast({ text: `${what}: resting at ${formatNumber(price ?? '')}` })
  else if (state === 'CANCELLED' || state === 'EXPIRED' || state === 'REJECTED' || state === 'FAILED')
    showFault(`${what}: ${state.toLowerCase()}, ${filled}${reason === null ? '' : `, ${reason}`}`)
  else return false
  return true
}
