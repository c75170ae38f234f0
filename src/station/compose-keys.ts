/** Keys tried at the exchange itself, without a station; and the words that let real money be traded from a folder. */
import { checkAccount, fixAccount } from '../adapters/binance/account-check.ts'
import { endpointsOf } from '../adapters/binance/endpoints.ts'
import { checkKey } from '../adapters/binance/key-check.ts'
import { Rest } from '../adapters/binance/rest.ts'
import { usdmClient } from '../adapters/binance/usdm-client.ts'
import { openBeside } from '../adapters/sqlite/open-beside.ts'
import { storeOf } from '../adapters/sqlite/store.ts'
import { RealClock } from '../adapters/system/real-clock.ts'
import { LIVE_WORDS } from '../contract/places.ts'
import type { ExchangeKeys, KeyPlace } from '../core/ports/vault.ts'
import { basesOf } from './compose-bases.ts'
import { LIVE_CONFIRMED } from './compose-live.ts'
import type { Settings } from './compose-sections.ts'
import type { KeyTrials } from './key-desk.ts'

export { LIVE_WORDS }

/** Asks the exchange what a key may do and how its account is set up; nothing is ordered. */
export const trialsAt = (settings: Settings): KeyTrials => ({
  key: (place, keys) => asking(settings, place, keys, (rest) => checkKey(rest, place === 'live')),
  account: (place, keys, fix) =>
    asking(settings, place, keys, async (rest) => {
      const unfit = await checkAccount(rest)
      if (fix) for (const finding of unfit) if (finding.fix !== null) await fixAccount(rest, finding.fix)
      const left = fix ? await checkAccount(rest) : unfit
      return left.map((finding) => ({ sentence: finding.sentence, canFix: finding.fix !== null }))
    }),
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
