/** Keys without a station: added, tried at the exchange, listed, removed; and the word that lets real money be traded. */
import { join } from 'node:path'

import { checkAccount, fixAccount } from '../adapters/binance/account-check.ts'
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
export const tryKeys = (settings: Settings, place: KeyPlace, keys: ExchangeKeys): Promise<KeyCheck> =>
  asking(settings, place, keys, (rest) => checkKey(rest, place === 'live'))

/** What of the account is not as the station trades it; with `fix` what can be set is set first. */
export const tryAccount = (
  settings: Settings,
  place: KeyPlace,
  keys: ExchangeKeys,
  fix: boolean,
): Promise<readonly string[]> =>
  asking(settings, place, keys, async (rest) => {
    const unfit = await checkAccount(rest)
    if (fix) for (const finding of unfit) if (finding.fix !== null) await fixAccount(rest, finding.fix)
    return (fix ? await checkAccount(rest) : unfit).map(({ sentence }) => sentence)
  })

async function asking<Answer>(
  { exchange, binance }: Settings,
  place: KeyPlace,
  keys: ExchangeKeys,
  question: (rest: Rest) => Promise<Answer>,
): Promise<Answer> {
  const clock = new RealClock()
  try {
    const endpoints = endpointsOf(place, basesOf(exchange))
    const client = usdmClient({ environment: place, endpoints, keys, settings: binance, now: () => clock.now() })
    const rest = new Rest(client, clock, binance)
    await rest.syncClock()
    return await question(rest)
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
