/** The lines out of the station in the trader's words. Pure. */
import type { Connections } from '../../../contract/connections.ts'
import type { KeyReport } from '../../../contract/keys.ts'
import type { Place } from '../../../contract/places.ts'
import { formatNumber, THIN_SPACE } from '../../widgets/format-number.ts'
import { formatSpan } from '../../widgets/format-time.ts'

export type ExchangeLine = NonNullable<Connections['exchange']>
export type StreamLine = Connections['streams'][number]

export const spaced = (name: string): string => name.replaceAll('_', ' ')

/** `41 ms` */
export const msText = (ms: number | null, isSigned = false): string =>
  ms === null ? 'not known' : `${formatNumber(ms, { decimals: 0, isSigned })}${THIN_SPACE}ms`

/** How long ago at `now`, both epoch ms or ISO. */
export const ageText = (then: string | null, now: string): string =>
  then === null ? 'never' : `${formatSpan(Date.parse(now) - Date.parse(then))} ago`

/** From here on the weight of the minute is worth a look. */
const HIGH_SHARE = 0.8

export function weightOf({ weight_used: used, weight_limit: limit }: ExchangeLine): {
  readonly share: number
  readonly level: 'high' | undefined
} {
  const share = limit > 0 ? Math.min(1, used / limit) : 0
  return { share, level: share >= HIGH_SHARE ? 'high' : undefined }
}

/** One sentence under the name of the place: what is up, what is not. */
export function standingText({ exchange, streams, simulated_prices: madeUp }: Connections): string {
  const down = streams.filter(({ is_up: isUp }) => !isUp)
  if (exchange !== null && !exchange.is_up) return 'The line to the account is down: no entries until it is back'
  if (madeUp !== null) return 'Live prices do not come through: the simulator makes them up'
  if (down.length > 0) return `${down.length} of ${streams.length} streams down`
  return 'Every line is up'
}

export const VERDICT_WORDS: Readonly<Record<KeyReport['verdict'], string>> = {
  good: 'Good',
  warned: 'May trade, with warnings',
  refused: 'Refused',
}

export const KEY_PLACE_WORDS = { simulated: 'Venue here', demo: 'Demo', live: 'Live' } as const

/** Needs that the person can meet in the sheet itself; all others must be met before. */
const GIVEN_WITH_IT: ReadonlySet<Place['needs'][number]['need']> = new Set([
  'max_order_notional_usd',
  'max_daily_loss_usd',
  'words',
  'leave_open',
])

export const isGivenWithIt = ({ need }: Place['needs'][number]): boolean => GIVEN_WITH_IT.has(need)
export const obstaclesOf = ({ needs }: Place): Place['needs'] =>
  needs.filter((need) => !need.is_met && !isGivenWithIt(need))
