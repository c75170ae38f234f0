/** Lists between startTime and endTime, at most `limit`, never more than 7 days at once. */
import { VenueError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import type { VenueRequest } from './request.ts'

const WEEK_MS = 7 * 86_400_000
const MOST = 1000

/** With a start or an id: the oldest from there on; without: the newest. `rows` are oldest first, and so is the answer. */
export function inWindow<Row>(
  exchange: Exchange,
  request: VenueRequest,
  rows: readonly Row[],
  timeOf: (row: Row) => number,
  usual: number,
): Row[] {
  const limit = request.whole('limit', usual)
  if (limit < 1 || limit > MOST) throw new VenueError(-1130, "Data sent for parameter 'limit' is not valid.")
  const hasStart = request.has('startTime')
  const hasEnd = request.has('endTime')
  const now = exchange.now()
  const end = request.whole('endTime', hasStart ? request.whole('startTime', 0) + WEEK_MS : now)
  const start = request.whole('startTime', end - WEEK_MS)
  if (hasStart && hasEnd && end - start > WEEK_MS) throw new VenueError(-4166)
  const found = rows.filter((row) => timeOf(row) >= start && timeOf(row) <= end)
  const fromOldest = hasStart || request.has('fromId') || request.has('orderId')
  return fromOldest ? found.slice(0, limit) : found.slice(-limit)
}
