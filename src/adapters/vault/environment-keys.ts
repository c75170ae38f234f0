/** Keys that whoever starts the program hands in: `BINANCE_LIVE_API_KEY`, `BINANCE_LIVE_API_SECRET`, and so on. */
import type { ExchangeKeys, KeyPlace } from '../../core/ports/vault.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Names of the pair for a place. */
export const variablesOf = (place: KeyPlace): readonly [key: string, secret: string] => {
  const prefix = `BINANCE_${place.toUpperCase()}_API`
  return [`${prefix}_KEY`, `${prefix}_SECRET`]
}

/** Null: none are set. @throws when one of the pair is missing */
export function keysIn(environment: Environment, place: KeyPlace): ExchangeKeys | null {
  const [keyName, secretName] = variablesOf(place)
  const apiKey = environment[keyName] ?? ''
  const secret = environment[secretName] ?? ''
  if (apiKey === '' && secret === '') return null
  if (apiKey === '' || secret === '') throw new Error(`${keyName} and ${secretName} must be set together`)
  return { apiKey, secret }
}
