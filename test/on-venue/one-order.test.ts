/**
 * SPEC §20, 8: one intent, one order, under each fault that the venue has. An entry is made while the fault strikes; after
 * it the venue has never had more than one order of that intent, and holds no more than was asked for, with its stop.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ClientOrderId } from '../../src/core/model/ids.ts'
import type { FaultName, FaultRule } from '../venue/faults/fault-names.ts'
import { FAULTS } from '../venue/faults/fault-names.ts'
import { contracts } from './contracts.ts'
import { startStationOnVenue, type StationOnVenue } from './station-on-venue.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const ORDER = 'POST /fapi/v1/order'
const ALGO = 'POST /fapi/v1/algoOrder'

/** How a fault is made to strike an entry on the symbol; more than one way for some. */
const WAYS: Readonly<Record<FaultName, (symbol: string) => readonly (readonly FaultRule[])[]>> = {
  'response-lost': () =>
    ['reset', '1007', '503', 'hang'].flatMap((mode) => [
      [{ name: 'response-lost', on: ORDER, fields: { mode } }],
      [{ name: 'response-lost', on: ALGO, fields: { mode } }],
    ]),
  'not-executed': () =>
    ['', 'html', 'reset', 'hang'].flatMap((mode) => [
      [{ name: 'not-executed', on: ORDER, fields: { mode } }],
      [{ name: 'not-executed', on: ALGO, times: 2, fields: { mode } }],
    ]),
  'rate-limited': () => [ORDER, ALGO].map((on) => [{ name: 'rate-limited', on, fields: { seconds: 3 } }]),
  banned: () => [ORDER, ALGO].map((on) => [{ name: 'banned', on, fields: { seconds: 4 } }]),
  slow: () => [ORDER, ALGO].map((on) => [{ name: 'slow', on, fields: { ms: 7000 } }]),
  'replication-lag': () => [
    [
      { name: 'response-lost', on: ORDER },
      { name: 'replication-lag', times: 5, fields: { ms: 4000 } },
    ],
  ],
  'cancel-race': () => [[{ name: 'cancel-race', on: 'DELETE' }]],
  'permissions-unreadable': () => [[{ name: 'permissions-unreadable' }]],
  'stuck-triggering': () => [[{ name: 'stuck-triggering' }]],
  'child-refused': () => [[{ name: 'child-refused' }]],
  'partial-take': (on) => [[{ name: 'partial-take', on, fields: { share: 0.4 } }]],
  'duplicate-event': () => [[{ name: 'duplicate-event', times: 20 }]],
  'swap-events': () => [[{ name: 'swap-events', times: 6 }]],
  'lose-event': () => [
    [{ name: 'lose-event', times: 20 }],
    [{ name: 'lose-event', on: 'ORDER_TRADE_UPDATE', times: 20 }],
  ],
  'delay-event': () => [[{ name: 'delay-event', times: 20, fields: { ms: 6000 } }]],
  'depth-break': () => [[{ name: 'depth-break' }]],
  skew: () => [[{ name: 'skew', fields: { ms: 9000 } }], [{ name: 'skew', fields: { ms: 0 } }]],
  'ws-silent': () => [[{ name: 'ws-silent', fields: { category: 'private', ms: 20_000 } }]],
  'ws-drop': () => [[{ name: 'ws-drop' }], [{ name: 'ws-drop' }, { name: 'response-lost', on: ORDER }]],
  'listen-key-expired': () => [[{ name: 'listen-key-expired' }]],
  outage: () => [
    [
      { name: 'response-lost', on: ORDER },
      { name: 'outage', atMs: 1, fields: { ms: 8000 } },
    ],
  ],
  'symbol-status': (symbol) => [[{ name: 'symbol-status', fields: { symbol, status: 'SETTLING' } }]],
  'filter-change': (symbol) => [[{ name: 'filter-change', fields: { symbol, stepSize: '0.1' } }]],
  'funding-interval': (symbol) => [[{ name: 'funding-interval', fields: { symbol, hours: 1 } }]],
  'funding-rate': (symbol) => [[{ name: 'funding-rate', fields: { symbol, rate: 0.01 } }]],
  settle: (symbol) => [[{ name: 'settle', atMs: 500, fields: { symbol, rate: 0.001 } }]],
  gap: (symbol) => [[{ name: 'gap', atMs: 1, fields: { symbol, share: -0.02 } }]],
  adl: (symbol) => [[{ name: 'adl', atMs: 2000, fields: { symbol, share: 0.5 } }]],
  delivery: (symbol) => [[{ name: 'delivery', atMs: 2000, fields: { symbol } }]],
  'ack-shape': () => [
    [{ name: 'ack-shape', fields: { slim: false } }],
    [{ name: 'ack-shape', fields: { slim: true } }],
  ],
  'event-order': () => [
    [{ name: 'event-order', fields: { accountFirst: false } }],
    [{ name: 'event-order', fields: { accountFirst: true } }],
  ],
  'coin-margined': () => [[{ name: 'coin-margined' }]],
  wallet: () => [[{ name: 'wallet', atMs: 1, fields: { amount: 500 } }]],
  'foreign-trade': (symbol) => [
    [{ name: 'foreign-trade', atMs: 3000, fields: { symbol, side: 'BUY', quantity: '1' } }],
  ],
  'release-trigger': () => [[{ name: 'stuck-triggering' }, { name: 'release-trigger', atMs: 12_000 }]],
}

/** of the requests of the first half of a minute in which a fault strikes; the exchange takes 2400 in a minute */
const MOST_WEIGHT = 600

/** After these the symbol is not what it was: nothing more can be asked of it. */
const ENDS = new Set<FaultName>(['symbol-status', 'delivery', 'foreign-trade'])

const faultNames = Object.keys(FAULTS) as FaultName[]
const half = Math.ceil(faultNames.length / 2)

describe.each([
  ['first half', faultNames.slice(0, half)],
  ['second half', faultNames.slice(half)],
])('one intent, one order: %s of the faults', (_half, names) => {
  let world: StationOnVenue
  const symbols = contracts(names.length)

  beforeAll(async () => {
    world = await startStationOnVenue({ symbols, quoteEveryMs: 2 * SECOND })
    world.facade.policy.change({ maxPositions: 30, maxDailyTrades: 1000 }, { actor: 'user', reason: 'a test' })
  })

  afterAll(() => world.end())

  const settled = async (): Promise<void> => {
    const { faults } = world.venue.exchange
    faults.clear()
    world.venue.inject({ name: 'release-trigger' })
    await world.until(() => world.isReady(), 2 * MINUTE)
    await world.advance(70 * SECOND)
  }

  /** Entries of ours that the venue took, whatever became of them. */
  const entriesAtVenue = (symbol: string) =>
    world.venue.exchange.orders
      .all(symbol, world.now())
      .filter(({ reduceOnly, clientId }) => !reduceOnly && clientId.startsWith('sb-'))

  async function strike(name: FaultName, symbol: string, rules: readonly FaultRule[]): Promise<void> {
    await world.until(() => world.isReady() && world.facade.governor().allowNewPositions, 25 * MINUTE, 'entries go')
    // past the minute in which only one entry of a symbol is made, to the beginning of another
    await world.advance(2 * MINUTE - (world.now() % MINUTE) + SECOND)
    const before = new Set(entriesAtVenue(symbol).map(({ clientId }) => clientId))
    for (const rule of rules) world.venue.inject(rule)
    const isResting = name === 'cancel-race'
    const answer = world.enter(symbol, { notionalUsd: 200, limitPrice: isResting ? 99.9 : null })
    expect(answer).toMatchObject({ outcome: 'approved' })
    if (answer.outcome !== 'approved') return
    await world.advance(3 * SECOND)
    if (isResting) world.facade.cancelOrder(answer.clientOrderId ?? ('' as ClientOrderId), 'user')
    if (name === 'stuck-triggering' || name === 'child-refused' || name === 'release-trigger') world.price(symbol, 96.5)
    await world.advance(20 * SECOND)
    // nothing is asked as fast as the line goes
    expect(world.venue.exchange.limits.usedWeight).toBeLessThan(MOST_WEIGHT)
    await settled()

    const taken = entriesAtVenue(symbol).filter(({ clientId }) => !before.has(clientId))
    expect(taken.length).toBeLessThanOrEqual(1)
    const filled = taken.reduce((sum, { executed }) => sum + executed.toNumber(), 0)
    expect(filled).toBeLessThanOrEqual(answer.quantity.toNumber())
    const { items } = world.facade.records.orders({ limit: 50, traceId: answer.traceId })
    expect(items.filter(({ purpose }) => purpose === 'ENTRY')).toHaveLength(1)
    expect(items.filter(({ state }) => state === 'UNKNOWN' || state === 'SUBMITTED')).toEqual([])
    if (ENDS.has(name)) return
    const stops = world.venue.exchange.algos.liveOf(symbol).filter(({ type }) => type === 'STOP_MARKET')
    const stopped = stops.reduce((sum, { quantity }) => sum + quantity.toNumber(), 0)
    expect(stopped).toBe(world.heldAtVenue(symbol))
    if (world.heldAtVenue(symbol) === 0) return
    expect(world.facade.closePosition(symbol, 'user')).toMatchObject({ outcome: 'closing' })
    await world.until(() => world.held(symbol) === undefined && world.heldAtVenue(symbol) === 0, 10 * SECOND)
    world.price(symbol, 100)
    await world.advance(SECOND)
    const { station, venue } = world.books()
    expect(station).toEqual(venue)
  }

  it.each(names)('%s', async (name) => {
    const { symbol } = symbols[names.indexOf(name)]?.instrument ?? { symbol: '' }
    for (const rules of WAYS[name](symbol)) await strike(name, symbol, rules)
  })

  it('after all of them wallet, positions and open orders are the same on both sides, and no room has failed', () => {
    const { station, venue } = world.books()
    // a foreign fill is no fill of ours: what it cost is adjusted
    const counted = ({ balance, positions, openOrders }: typeof venue) => ({ balance, positions, openOrders })
    expect(counted(station)).toEqual(counted(venue))
    expect(world.log.filter(({ level }) => level === 'error')).toEqual([])
  })
})
