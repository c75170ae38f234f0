/** Who asks: key, signature over the raw bytes, time; in the exchange's order of checks. */
import { createHmac, timingSafeEqual } from 'node:crypto'

import { VenueError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import type { VenueRequest } from './request.ts'

/** One API key and what it may do. */
export interface ApiKey {
  readonly key: string
  readonly secret: string
  readonly mayTrade: boolean
  readonly mayWithdraw: boolean
  readonly isIpRestricted: boolean
}

export const keyOf = (key: string, secret: string, fields: Partial<ApiKey> = {}): ApiKey => ({
  mayTrade: true,
  mayWithdraw: false,
  isIpRestricted: true,
  ...fields,
  key,
  secret,
})

const SIGNATURE = /(?:^|&)signature=([^&]*)/u

/** Throws -2014 without a key, -2015 with one nobody has. */
export function keyHolder(keys: readonly ApiKey[], request: VenueRequest): ApiKey {
  if (request.apiKey === '') throw new VenueError(-2014)
  const found = keys.find(({ key }) => key === request.apiKey)
  if (found === undefined) throw new VenueError(-2015)
  return found
}

/** Query and body as they came, without the signature, must be signed with the key's secret. */
export function checkSignature(holder: ApiKey, request: VenueRequest): void {
  const signature = SIGNATURE.exec(request.query)?.[1] ?? SIGNATURE.exec(request.body)?.[1]
  if (signature === undefined) {
    throw new VenueError(-1102, "Mandatory parameter 'signature' was not sent, was empty/null, or malformed.")
  }
  const signed = request.query.replace(SIGNATURE, '') + request.body.replace(SIGNATURE, '')
  const expected = createHmac('sha256', holder.secret).update(signed).digest('hex')
  const isSame = expected.length === signature.length && timingSafeEqual(Buffer.from(expected), Buffer.from(signature))
  if (!isSame) throw new VenueError(-1022)
}

export function checkTime(exchange: Exchange, request: VenueRequest): void {
  const { aheadMs, recvWindowMs, maxRecvWindowMs, timeScale } = exchange.settings
  const timestamp = request.whole('timestamp', Number.NaN)
  if (Number.isNaN(timestamp)) {
    throw new VenueError(-1102, "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed.")
  }
  const window = request.whole('recvWindow', recvWindowMs)
  if (window > maxRecvWindowMs || window < 0)
    throw new VenueError(-1130, "Data sent for parameter 'recvWindow' is not valid.")
  const now = exchange.clock.shown()
  if (timestamp >= now + aheadMs * timeScale) {
    throw new VenueError(-1021, "Timestamp for this request was 1000ms ahead of the server's time.")
  }
  if (now - timestamp > window * timeScale) throw new VenueError(-1021)
}
