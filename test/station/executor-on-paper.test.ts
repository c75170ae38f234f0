/** Executor and paper exchange together, two days of minutes: books equal the venue's at every look, nothing naked, nothing left. */
import { expect, it } from 'vitest'

import { PaperExchange } from '../../src/adapters/paper/paper-exchange.ts'
import { PAPER_SETTINGS } from '../../src/adapters/paper/settings.ts'
import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import { exact, type Exact } from '../../src/core/model/decimal.ts'
import { traceIdOf } from '../../src/core/model/ids.ts'
import type { EntryIntent } from '../../src/core/model/intent.ts'
import type { Candle } from '../../src/core/model/market.ts'
import { signOf } from '../../src/core/model/signal.ts'
import { MemoryShelf } from '../adapters/paper/memory-shelf.ts'
import { randomWalk, seeded } from '../fixtures/candles.ts'
import { INSTRUMENT } from './stage/intents.ts'
import { START, Stage, SYMBOL } from './stage/stage.ts'

const MINUTE = 60_000
const BEGIN = Math.floor(START / MINUTE) * MINUTE

const rounded = (price: number): Exact => exact(price.toFixed(2))

/** A minute of the feed: the candle that closed, then the next one's open; the exchange sees it before the station. */
function tellMinute(paper: PaperExchange, candle: Candle): void {
  const at = candle.openAt + MINUTE
  paper.onMarket({ kind: 'candle', candle })
  const touch = { bid: null, ask: null, bidQuantity: null, askQuantity: null }
  paper.onMarket({ kind: 'ticker', ticker: { symbol: SYMBOL, at, last: candle.close, ...touch } })
}

function anEntry(price: number, bar: number, random: () => number): Partial<EntryIntent> {
  const side = random() < 0.5 ? 'LONG' : 'SHORT'
  const at = (distance: number): Exact => rounded(price * (1 + signOf(side) * distance))
  const activationPrice = price * (1 + signOf(side) * 0.004)
  return {
    side,
    bar,
    price: at(-0.0003),
    restMs: 2_000,
    quantity: exact(20),
    stopPrice: at(-0.01),
    takeProfitPrice: at(0.012),
    trailing: random() < 0.3 ? { activationPrice, callback: 0.005 } : null,
  }
}

it('trades for two days without a difference, and ends flat', async () => {
  const clock = new VirtualClock({ startAt: BEGIN })
  const random = seeded(3)
  const paper = new PaperExchange({
    clock,
    shelf: new MemoryShelf(),
    instruments: [INSTRUMENT],
    settings: PAPER_SETTINGS,
    seed: 1,
  })
  let price = 100
  const followUp = (intent: EntryIntent, quantity: Exact): EntryIntent => {
    const worst = rounded(price * (1 + signOf(intent.side) * 0.002))
    return { ...intent, quantity, price: worst, timeInForce: 'IOC', restMs: 0 }
  }
  const stage = new Stage({ clock, venue: paper, followUp, priceEveryMs: MINUTE })
  await paper.connect((report) => stage.tell(report))
  stage.executor.start()
  const candles = randomWalk({ symbol: SYMBOL, interval: '1m', count: 2_880, seed: 5, startAt: BEGIN, sigma: 0.002 })
  for (const [bar, candle] of candles.entries()) {
    clock.advanceTo(candle.openAt + MINUTE)
    tellMinute(paper, candle)
    price = candle.close
    stage.mark = price
    const mayEnter = !stage.executor.isBusy(SYMBOL) && stage.executor.entriesOff === null
    if (mayEnter && random() < 0.3) stage.enter(anEntry(price, bar, random))
  }
  const { trades } = stage.journal.rows
  expect(trades.length).toBeGreaterThan(50)
  expect(new Set(trades.map((trade) => trade.exitReason))).toEqual(new Set(['STOP', 'TAKE_PROFIT', 'TRAILING']))
  expect(stage.alarms()).toEqual([])
  expect(stage.reconciled.length).toBeGreaterThan(2_800)
  expect(stage.reconciled.filter((result) => !result.ok)).toEqual([])
  // a stop is live one way to the exchange after the fill that asked for it
  expect(stage.executor.protection.naked.totalSeconds(clock.now()) / trades.length).toBeLessThan(0.11)
  let isProven = false
  stage.executor.flatten(traceIdOf('end'), 'user', (report) => (isProven = report.proven))
  stage.wait(2_000)
  expect(isProven).toBe(true)
  expect(stage.books.positions.size).toBe(0)
  expect(stage.books.orders.working.size).toBe(0)
})
