/** Keys without a station: added, tried at the exchange, listed, removed; and the word that lets real money be traded. */
import { join } from 'node:path'

import { endpointsOf } from '../adapters/binance/endpoints.ts'
import { checkKey, type KeyCheck } from '../adapters/binance/key-check.ts'
import { Rest } from '../adapters/binance/rest.ts'
import { usdmClient } from '../adapters/binance/usdm-client.ts'
import { openBeside } from '../adapters/sqlite/open-beside.ts'
import { storeOf } from '../adapters/sqlite/store.ts'
import { RealClock } from '../adapters/system/real-clock.ts'
import { FileVault } from '../adapters/vault/file-vault.ts'
import type { ExchangeKeys, KeyPlace, Vault } from '../core/ports/vault.ts'
import { basesOf } from './compose-exchange.ts'
import { LIVE_CONFIRMED } from './compose-live.ts'
import type { Settings } from './compose-sections.ts'

/** The vault of a headless station. */
export const vaultOf = (folder: string): Vault => new FileVault(join(folder, 'keys.json'), process.env)

/** Asks the exchange what the key may do; nothing is ordered. */
export async function tryKeys(settings: Settings, place: KeyPlace, keys: ExchangeKeys): Promise<KeyCheck> {
  const { exchange, binance } = settings
  const clock = new RealClock()
  try {
    const endpoints = endpointsOf(place, basesOf(exchange))
    const client = usdmClient({ environment: place, endpoints, keys, settings: binance, now: () => clock.now() })
    return await checkKey(new Rest(client, clock, binance), place === 'live')
  } finally {
    clock.close()
  }
}

/** What has to be typed, letter by letter. */
export const LIVE_WORDS = 'TRADE REAL MONEY'

/** @throws when the words are others; else real money may be traded from this folder, from its next start on */
export function confirmLive(folder: string, words: string, now: number): void {
  if (words !== LIVE_WORDS) throw new Error(`the words are ${LIVE_WORDS}; nothing has changed`)
  const database = openBeside(folder)
  try {
    storeOf(database).settings.set(LIVE_CONFIRMED, new Date(now).toISOString())
  } finally {
    database.close()
  }
}
