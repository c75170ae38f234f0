/** What a live message costs the page: prices and rankings of many symbols against a message that says nothing. */
import type { Browser } from '@playwright/test'

import { serveHeadless } from '../../../src/headless/serve.ts'
import { addToken } from '../../../src/headless/tokens.ts'
import { LIVE_SETTINGS } from '../../../src/station/live-stream.ts'
import { memoryTokenShelf } from '../../fixtures/shelves.ts'
import { median } from '../bench-row.ts'
import { ManySymbols, type Told } from '../many-symbols.ts'
import { newPage, openScreen } from './bench-page.ts'
import { traced } from './page-trace.ts'

const MESSAGES = 60
const ROUNDS = 5
/** each message in a frame of its own */
const BETWEEN_MS = 40

const quiet = (): void => undefined
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }

/**
 * ms of processor time per message, for each way of telling: the task that receives it and the script that takes it
 * into the replica with the next frame, on a screen that shows no prices. The median of each trace, rounds in turn.
 */
export async function messageCost(
  browser: Browser,
  pageFolder: string,
  told: readonly Told[],
): Promise<readonly number[][]> {
  const station = new ManySymbols(500)
  const tokens = memoryTokenShelf()
  addToken(tokens, 'bench', 'control', 0)
  const live = { ...LIVE_SETTINGS, flushMs: 1 }
  const door = await serveHeadless({ facade: station, tokens, log, port: 0, live, pageFolder })
  const signInLink = door.signInLink()
  const page = await newPage(browser, { address: door.address, signInLink })
  await openScreen(page, { address: door.address, signInLink }, 'policy')
  const rounds: number[][] = []
  for (let round = 0; round < ROUNDS; round++) {
    const costs: number[] = []
    for (const way of told) {
      const trace = await traced(browser, page, async () => {
        for (let message = 0; message < MESSAGES; message++) {
          station.tell(way)
          await page.waitForTimeout(BETWEEN_MS)
        }
      })
      costs.push(median(trace.receipts.map(({ task, script }) => task + script)))
    }
    rounds.push(costs)
  }
  await page.context().close()
  await door.close()
  return rounds
}
