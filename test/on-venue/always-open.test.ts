/**
 * SPEC §20, 1: every risk-reducing action passes under every combination of denial states. Each combination has a position
 * of its own, whose stop is moved closer and which is closed then; entries that rest are cancelled.
 */
import { afterEach, expect, it } from 'vitest'

import { exact, type Exact } from '../../src/core/model/decimal.ts'
import { intentIdOf, traceIdOf, type ClientOrderId } from '../../src/core/model/ids.ts'
import type { ProtectIntent } from '../../src/core/model/intent.ts'
import type { GlobalPolicy } from '../../src/core/policy/policy.ts'
import { contracts } from './contracts.ts'
import { startStationOnVenue, type StationOnVenue } from './station-on-venue.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

let world: StationOnVenue

afterEach(() => world.endInAgreement())

/** What stands against entries. */
interface State {
  readonly on: () => void
  readonly off: () => void
}

const RIGHT_WORD = 'RELEASE'

const emergency: State = {
  on: () => world.facade.engageEmergency('user', 'a test', false),
  off: () => world.facade.releaseEmergency('user', world.facade.policy.current.emergency?.id ?? '', RIGHT_WORD),
}

/** The drawdown of the day is over what the profile allows. */
const governor: State = {
  on: () => allowDrawdown((world.facade.account()?.drawdown ?? 0) / 1.2),
  off: () => allowDrawdown(0.03),
}

function allowDrawdown(maxDailyDrawdown: number): void {
  const of = (profile: GlobalPolicy['rules']['profiles']['NORMAL']) => ({ ...profile, maxDailyDrawdown })
  const { NORMAL, DEFENSIVE } = world.facade.policy.current.rules.profiles
  const profiles = { NORMAL: of(NORMAL), DEFENSIVE: of(DEFENSIVE) }
  const changed = world.facade.policy.changeRules({ profiles }, { actor: 'user', reason: 'a test' })
  if (changed.outcome !== 'accepted') throw new Error(JSON.stringify(changed))
}

/** A state that is made anew again and again, because the station does what it can against it. */
function kept(again: () => void, off: () => void = () => undefined): State {
  const going = { is: false }
  const go = (): void => {
    if (!going.is) return
    again()
    world.time.at(world.now() + SECOND / 4, go)
  }
  return {
    on: () => {
      going.is = true
      go()
    },
    off: () => {
      going.is = false
      off()
    },
  }
}

const staleFeed = kept(() => {
  for (const category of ['market', 'public']) world.venue.sockets.silence(category, SECOND)
})

const lineDown = kept(
  () => {
    world.venue.exchange.faults.clear('not-executed')
    world.venue.inject({ name: 'not-executed', on: 'POST /fapi/v1/listenKey', times: Infinity })
    world.venue.sockets.drop('private')
  },
  () => world.venue.exchange.faults.clear('not-executed'),
)

/** The exchange takes a fee that nobody reckoned with. */
const canary: State = {
  on: () => chargeEverywhere(0.01),
  off: () => chargeEverywhere(0.0005),
}

function chargeEverywhere(fee: number): void {
  const takerFee = exact(fee)
  for (const market of world.venue.exchange.markets.values()) market.rules = { ...market.rules, takerFee }
  world.station.rooms.canary.start()
}

/** The very next request is refused, and for 4 s all others. */
const rateLimit: State = {
  on: () => world.venue.inject({ name: 'rate-limited', fields: { seconds: 4 } }),
  off: () => world.venue.exchange.faults.clear('rate-limited'),
}

const combinations = (states: readonly State[]): readonly (readonly State[])[] =>
  Array.from({ length: 2 ** states.length }, (_, bits) => states.filter((_state, index) => (bits & (1 << index)) !== 0))

const isEntryDenied = (symbol: string): boolean => {
  const wish = { quantity: null, notionalUsd: 100, limitPrice: null, takeProfitPrice: null, leverage: null }
  return world.facade.placeManual({ ...wish, symbol, side: 'LONG', stopPrice: 97 }, 'user', true).outcome === 'denied'
}

/** As the station itself does when it protects; by hand there is no other way to it. */
function moveStop(symbol: string, triggerPrice: Exact): string {
  const position = world.station.rooms.books.positions.get(symbol)
  if (position === undefined) return 'nothing is held'
  const { side, quantity, traceId, strategyId } = position
  const id = intentIdOf('move', symbol, triggerPrice.toFixed(), world.now())
  const base = { id, traceId: traceIdOf('move', id), strategyId, symbol, side, actor: 'user', createdAt: world.now() }
  const intent: ProtectIntent = {
    ...base,
    kind: 'PROTECT',
    type: 'STOP_MARKET',
    quantity,
    triggerPrice,
    trailing: null,
  }
  const verdict = world.station.rooms.guard.check(intent)
  if (verdict.outcome === 'approved') world.station.rooms.executor.execute(verdict)
  return traceId === '' ? '' : verdict.outcome
}

const stopsAt = (symbol: string): readonly string[] =>
  world.venue.exchange.algos
    .liveOf(symbol)
    .filter(({ type }) => type === 'STOP_MARKET')
    .map(({ triggerPrice }) => triggerPrice.toFixed())

it.each([
  ['', null, null],
  [', the account’s stream cut', lineDown, null],
  [', 429 in force', null, rateLimit],
  [', both', lineDown, rateLimit],
])(
  'emergency × governor × stale feed × canary drift%s: stops move closer, positions close, entries are cancelled',
  async (_name, line, limit) => {
    const symbols = contracts(20)
    world = await startStationOnVenue({ symbols, quoteEveryMs: 2 * SECOND })
    world.facade.policy.change({ maxPositions: 30, maxDailyTrades: 1000 }, { actor: 'user', reason: 'a test' })
    const names = symbols.map(({ instrument }) => instrument.symbol)
    const [spare = '', ...held] = names
    const resting = new Map<string, ClientOrderId>()
    for (const symbol of held.slice(16)) {
      const answer = world.enter(symbol, { limitPrice: 99.5, notionalUsd: 100 })
      if (answer.outcome === 'approved' && answer.clientOrderId !== null) resting.set(symbol, answer.clientOrderId)
      await world.advance(6 * SECOND)
    }
    expect(resting.size).toBe(3)
    for (const symbol of held.slice(0, 16)) {
      await world.open(symbol, { notionalUsd: 100, stop: 0.05 })
      await world.advance(6 * SECOND)
    }
    let denials = 0
    // those without kill switch and governor first: both cancel what rests by themselves
    for (const [index, states] of combinations([staleFeed, canary, governor, emergency]).entries()) {
      const symbol = held[index] ?? ''
      const against = line === null ? states : [...states, line]
      for (const state of against) state.on()
      await world.advance(6 * SECOND)
      if (against.length > 0) expect(isEntryDenied(spare)).toBe(true)
      denials += isEntryDenied(spare) ? 1 : 0
      limit?.on()

      expect(moveStop(symbol, exact('96'))).toBe('approved')
      await world.until(() => stopsAt(symbol).join() === '96', 12 * SECOND, `${symbol} has its stop at 96`)

      const [entry] = resting
      if (entry !== undefined) {
        const [name, id] = entry
        resting.delete(name)
        const isOurs = world.facade.openOrders().some(({ clientOrderId }) => clientOrderId === id)
        if (isOurs) expect(world.facade.cancelOrder(id, 'user')).toEqual({ outcome: 'cancelling' })
        await world.until(
          () => world.venue.exchange.orders.openOf(name).length === 0,
          12 * SECOND,
          `${name} is cancelled`,
        )
      }

      expect(world.facade.closePosition(symbol, 'user')).toMatchObject({ outcome: 'closing' })
      await world.until(() => world.heldAtVenue(symbol) === 0, 12 * SECOND, `${symbol} is closed`)
      await world.until(() => stopsAt(symbol).length === 0, 12 * SECOND, `${symbol} has no stop left`)
      for (const state of against) state.off()
      limit?.off()
      await world.until(() => world.held(symbol) === undefined, 40 * SECOND, `${symbol} is booked as closed`)
      await world.until(() => world.facade.status().venueUp, MINUTE, 'the line is back')
    }
    expect(denials).toBeGreaterThanOrEqual(15)
    await world.advance(2 * MINUTE)
    expect(world.books().venue).toMatchObject({ positions: {}, openOrders: [] })
  },
)
