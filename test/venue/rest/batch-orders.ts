/** Several orders in one request: each is answered on its own. */
import { VenueError } from '../errors.ts'
import { cancelOne, placeOne } from './one-order.ts'
import type { VenueRequest } from './request.ts'
import type { Asked } from './route.ts'

const BATCH_MOST = 5

export function placeBatch({ exchange, request }: Asked): unknown {
  return batchOf(request, 'batchOrders').map((item) =>
    caught(() => placeOne({ exchange, request: request.with(item), holder: null })),
  )
}

export function cancelBatch({ exchange, request }: Asked): unknown {
  const symbol = request.text('symbol')
  const idName = request.has('orderIdList') ? 'orderIdList' : 'orderidlist'
  const ids = request.has(idName) ? listOf(request, idName) : []
  const names = request.has('origClientOrderIdList') ? listOf(request, 'origClientOrderIdList') : []
  const items = [
    ...ids.map((orderId) => ({ symbol, orderId })),
    ...names.map((origClientOrderId) => ({ symbol, origClientOrderId })),
  ]
  return items.map((item) => caught(() => cancelOne({ exchange, request: request.with(item), holder: null })))
}

/** An item that is refused is its own answer in the list. */
function caught(answer: () => unknown): unknown {
  try {
    return answer()
  } catch (error) {
    if (error instanceof VenueError) return { code: error.code, msg: error.message }
    throw error
  }
}

export function batchOf(request: VenueRequest, name: string): Record<string, unknown>[] {
  const items = listOf(request, name)
  if (items.length === 0 || items.length > BATCH_MOST) {
    throw new VenueError(-1130, `Data sent for parameter '${name}' is not valid.`)
  }
  return items as Record<string, unknown>[]
}

function listOf(request: VenueRequest, name: string): unknown[] {
  try {
    const list: unknown = JSON.parse(request.text(name))
    if (Array.isArray(list)) return list
  } catch (error) {
    if (error instanceof VenueError) throw error
  }
  throw new VenueError(-1130, `Data sent for parameter '${name}' is not valid.`)
}
