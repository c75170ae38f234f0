/**
 * Reports lost, told twice, out of order, links that break, processes that die: never an illegal state, never one intent
 * with two live entries or more than it asked for, never a position without a stop beyond the bound, and books that equal
 * the venue's in the end (SPEC §20.7, §20.8).
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { VirtualClock } from '../../src/adapters/system/virtual-clock.ts'
import { ZERO, exact } from '../../src/core/model/decimal.ts'
import type { IntentId } from '../../src/core/model/ids.ts'
import { traceIdOf } from '../../src/core/model/ids.ts'
import type { EntryIntent } from '../../src/core/model/intent.ts'
import type { Order } from '../../src/core/model/order.ts'
import { canMove } from '../../src/core/order/transitions.ts'
import { seeded } from '../fixtures/candles.ts'
import { MemoryJournal } from '../fixtures/memory-journal.ts'
import { ChaosVenue, type Faults } from './stage/chaos-venue.ts'
import { approvedEntry, entryIntent } from './stage/intents.ts'
import { START, Stage } from './stage/stage.ts'

const SYMBOLS = ['AAAUSDT', 'BBBUSDT']
const CALM: Faults = { loseRequest: 0, loseReport: 0, duplicate: 0, reject: 0, maxDelayMs: 50 }
const REORDERED: Faults = { ...CALM, duplicate: 0.3, maxDelayMs: 800 }
const BAD_LINE: Faults = { loseRequest: 0.08, loseReport: 0.08, duplicate: 0.2, reject: 0.05, maxDelayMs: 600 }

/** One story of minutes on a bad line, driven by a seed. */
class Drama {
  readonly clock = new VirtualClock({ startAt: START })
  readonly random: () => number
  readonly venue: ChaosVenue
  readonly asked = new Map<IntentId, EntryIntent>()
  stage: Stage
  #bar = 0
  /** seconds without a stop, of processes that died */
  longestNaked = 0
  /** entries live at the venue at once on one symbol */
  mostLiveEntries = 0

  constructor(seed: number, faults: Faults) {
    this.random = seeded(seed)
    this.venue = new ChaosVenue(this.clock, this.random, { ...faults }, SYMBOLS)
    this.stage = this.#station(new MemoryJournal())
  }

  get now(): number {
    return this.clock.now()
  }

  /** Each step of a quarter second: perhaps an entry, perhaps a break of the link, and a look at what must never be. */
  play(minutes: number, breaks = false): void {
    for (let step = 0; step < minutes * 240; step++) {
      if (this.random() < 0.02) this.#enter()
      if (breaks && this.random() < 0.002) this.venue.setUp(!this.venue.isUp)
      this.#wait(250)
      this.#look()
    }
    if (!this.venue.isUp) this.venue.setUp(true)
  }

  /** The line is good again, nothing new is begun. */
  calm(minutes: number): void {
    Object.assign(this.venue.faults, CALM)
    for (let step = 0; step < minutes * 240; step++) {
      this.#wait(250)
      this.#look()
    }
  }

  die(): void {
    this.stage.executor.stop()
    this.venue.tell = () => undefined
    this.stage = this.#station(this.stage.journal.afterCrash())
  }

  #station(journal: MemoryJournal): Stage {
    const followUp = (intent: EntryIntent, rest: EntryIntent['quantity']): EntryIntent => ({
      ...intent,
      quantity: rest,
      price: exact(this.venue.prices.get(intent.symbol) ?? 0).times(intent.side === 'LONG' ? '1.001' : '0.999'),
      timeInForce: 'IOC',
      restMs: 0,
    })
    const stage = new Stage({ clock: this.clock, journal, venue: this.venue, followUp })
    stage.mark = null
    this.venue.tell = (report) => {
      if (stage === this.stage) stage.tell(report)
    }
    this.stage = stage
    stage.executor.start()
    return stage
  }

  #enter(): void {
    const symbol = SYMBOLS[Math.floor(this.random() * SYMBOLS.length)] ?? ''
    const { executor, reservations } = this.stage
    if (executor.isBusy(symbol) || executor.entriesOff !== null) return
    const price = this.venue.prices.get(symbol) ?? 100
    const side = this.random() < 0.5 ? 'LONG' : 'SHORT'
    const sign = side === 'LONG' ? 1 : -1
    const at = (distance: number): ReturnType<typeof exact> => exact((price * (1 + sign * distance)).toFixed(2))
    const restMs = [0, 2_000, 10_000][Math.floor(this.random() * 3)] ?? 0
    const limit = at(restMs === 0 ? 0.001 : -0.0005)
    const fields = {
      symbol,
      side,
      bar: ++this.#bar,
      price: limit,
      stopPrice: at(-0.006),
      takeProfitPrice: at(0.008),
    } as const
    const timeInForce = restMs === 0 ? 'IOC' : 'GTC'
    const intent = entryIntent({ ...fields, restMs, timeInForce, quantity: exact(5) })
    this.asked.set(intent.id, intent)
    const approved = approvedEntry(intent)
    reservations.hold(approved)
    executor.execute(approved)
  }

  #wait(ms: number): void {
    this.clock.advanceTo(this.now + ms)
  }

  #look(): void {
    const { protection } = this.stage.executor
    for (const symbol of SYMBOLS) {
      const since = protection.naked.since(symbol)
      if (since !== null && this.venue.isUp) this.longestNaked = Math.max(this.longestNaked, (this.now - since) / 1000)
    }
    const live = this.venue.working().filter(({ request }) => !request.reduceOnly)
    const perSymbol = SYMBOLS.map((symbol) => live.filter(({ request }) => request.symbol === symbol).length)
    this.mostLiveEntries = Math.max(this.mostLiveEntries, ...perSymbol)
  }
}

function expectNoDoubleEntry(drama: Drama): void {
  expect(drama.mostLiveEntries).toBeLessThanOrEqual(1)
  const filled = new Map<IntentId, ReturnType<typeof exact>>()
  for (const [id, { filled: quantity, request }] of drama.venue.orders) {
    const order = drama.stage.journal.order(id)
    expect(order, 'every order at the venue is journaled').not.toBeNull()
    if (order === null || request.reduceOnly) continue
    filled.set(order.intentId, (filled.get(order.intentId) ?? ZERO).plus(quantity))
  }
  for (const [id, quantity] of filled) {
    expect(quantity.toNumber()).toBeLessThanOrEqual(drama.asked.get(id)?.quantity.toNumber() ?? 0)
  }
}

function expectLegalLives(rows: readonly Order[]): void {
  const states = new Map<string, Order>()
  for (const order of rows) {
    const before = states.get(order.clientOrderId)
    if (before === undefined) {
      expect(order.state).toBe('SUBMITTED')
    } else {
      const isOverUnknown = canMove(before.state, 'UNKNOWN') && canMove('UNKNOWN', order.state)
      expect(canMove(before.state, order.state) || isOverUnknown, `${before.state} → ${order.state}`).toBe(true)
      expect(order.filledQuantity.gte(before.filledQuantity)).toBe(true)
    }
    states.set(order.clientOrderId, order)
  }
}

function expectTrueTrades({ stage, asked }: Drama): void {
  for (const { intentId, side, exitReason } of stage.journal.rows.trades) {
    expect(side).toBe(asked.get(intentId)?.side)
    expect(exitReason).not.toBe('FOREIGN')
  }
}

/** Books and venue tell the same: positions, orders, money. */
function expectEqualBooks({ stage, venue }: Drama): void {
  const ours = [...stage.books.positions.values()].map(
    ({ symbol, side, quantity }) => `${symbol} ${side} ${quantity.toFixed()}`,
  )
  const theirs = venue.shown().map(({ symbol, side, quantity }) => `${symbol} ${side} ${quantity.toFixed()}`)
  expect(ours.sort()).toEqual(theirs.sort())
  // a fill that is learnt of late is averaged late: each may round the other way in the last decimal
  const apart = stage.books.balance.minus(venue.balance).abs()
  expect(apart.toNumber()).toBeLessThanOrEqual(venue.fills.length * 1e-8)
  const working = [...stage.books.orders.working.keys()].sort()
  expect(working).toEqual(
    venue
      .working()
      .map(({ request }) => request.clientOrderId)
      .sort(),
  )
  for (const symbol of stage.books.positions.keys()) expect(stage.executor.protection.isProtected(symbol)).toBe(true)
  const held = new Set(venue.positions.keys())
  const orphans = venue.working().filter(({ request }) => request.reduceOnly && !held.has(request.symbol))
  expect(orphans).toEqual([])
}

describe('reports out of order and told twice', () => {
  it('naked no longer than 5 s, one intent one order, books equal', () => {
    let trades = 0
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const drama = new Drama(seed, REORDERED)
        drama.play(8)
        drama.calm(3)
        expect(drama.longestNaked).toBeLessThanOrEqual(5)
        expectNoDoubleEntry(drama)
        expectLegalLives(drama.stage.journal.rows.orders)
        expectEqualBooks(drama)
        expectTrueTrades(drama)
        trades += drama.stage.journal.rows.trades.length
      }),
      { numRuns: 30 },
    )
    expect(trades).toBeGreaterThan(100)
  })
})

describe('messages lost, rejected for no reason, links broken', () => {
  it('one intent one order, and once the line is good everything is in order within three minutes', () => {
    let trades = 0
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const drama = new Drama(seed, BAD_LINE)
        drama.play(8, true)
        drama.calm(3)
        expectNoDoubleEntry(drama)
        expectLegalLives(drama.stage.journal.rows.orders)
        expectEqualBooks(drama)
        expectTrueTrades(drama)
        trades += drama.stage.journal.rows.trades.length
        let isFlat = false
        drama.stage.executor.flatten(traceIdOf('end'), 'user', (report) => (isFlat = report.proven))
        drama.calm(0.2)
        expect(isFlat).toBe(true)
        expect(drama.venue.positions.size).toBe(0)
      }),
      { numRuns: 30 },
    )
    expect(trades).toBeGreaterThan(100)
  })
})

describe('a process that dies again and again', () => {
  it('sends nothing twice, loses no stop, and finds its books again', () => {
    let trades = 0
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const drama = new Drama(seed, { ...REORDERED, loseReport: 0.02 })
        for (let lives = 0; lives < 6; lives++) {
          drama.play(1 + drama.random())
          drama.die()
        }
        drama.calm(3)
        expectNoDoubleEntry(drama)
        expectEqualBooks(drama)
        expectTrueTrades(drama)
        trades += drama.stage.journal.rows.trades.length
      }),
      { numRuns: 30 },
    )
    expect(trades).toBeGreaterThan(100)
  })
})
