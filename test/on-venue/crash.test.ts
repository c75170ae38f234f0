/** SPEC §20, 6: a fall of 15 % with the station killed in the middle of it: no liquidation, no lost stop. */
import { afterEach, expect, it } from 'vitest'

import { contracts } from './contracts.ts'
import { startStationOnVenue, type StationOnVenue } from './station-on-venue.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HELD = 8
/** of the fall; the price goes down 15 % in so many steps, one every 2 s */
const STEPS = 30

let world: StationOnVenue

afterEach(() => world.endInAgreement())

/** Longs and shorts at the leverage the profile allows, their stops 2 to 12 % away. */
async function holdMany(): Promise<readonly string[]> {
  const symbols = contracts(HELD)
  world = await startStationOnVenue({ symbols })
  const names = symbols.map(({ instrument }) => instrument.symbol)
  for (const [index, symbol] of names.entries()) {
    const side = index % 4 === 3 ? 'SHORT' : 'LONG'
    const stop = 0.02 + 0.015 * index
    await world.open(symbol, { side, stop, notionalUsd: 400, takeProfitPrice: side === 'SHORT' ? 86 : null })
    await world.advance(6 * SECOND)
  }
  return names
}

const forcedTrades = (): readonly string[] =>
  world.venue.exchange.userStream.told.flatMap((event) => {
    const order = (event as { readonly o?: { readonly c?: string } }).o
    return order?.c?.startsWith('autoclose') === true ? [order.c] : []
  })

/** Every position has live stops of its full quantity at the venue, of the right side, and nothing else has one. */
function stopsFit(): void {
  const { account, algos } = world.venue.exchange
  for (const { symbol, amount } of account.positions.values()) {
    const stops = algos.liveOf(symbol).filter(({ type }) => type === 'STOP_MARKET')
    const total = stops.reduce((sum, { side, quantity }) => sum + quantity.toNumber() * (side === 'SELL' ? 1 : -1), 0)
    expect([symbol, total]).toEqual([symbol, amount.toNumber()])
  }
}

it.each([
  ['before it began', 0, 0],
  ['in the middle, back at once', 15, 0],
  ['in the middle, gone for 40 s', 15, 20],
  ['at its end, gone for five minutes', 27, 150],
])('a fall of 15 % in a minute, killed %s: every stop is there or has done its work', async (_name, killedAt, gone) => {
  const names = await holdMany()
  stopsFit()
  for (let step = 0; step < STEPS + gone + 5; step++) {
    const fall = Math.min(step, STEPS) / STEPS
    for (const symbol of names) world.price(symbol, Number((100 * (1 - 0.15 * fall)).toFixed(2)))
    if (step === killedAt) {
      // between the trigger of a stop and what the station hears of it
      await world.advance(5)
      await world.crash()
    }
    await world.advance(2 * SECOND)
    if (step === killedAt + gone) await world.start()
    if (step > killedAt + gone + 1) stopsFit()
  }
  await world.advance(2 * MINUTE)
  stopsFit()
  expect(forcedTrades()).toEqual([])
  const { trades } = world.facade.records.counts()
  expect(trades).toBe(HELD)
  const reasons = world.facade.records.trades({ limit: 20 }).items.map(({ exitReason }) => exitReason)
  expect(reasons.filter((reason) => reason === 'STOP' || reason === 'TAKE_PROFIT')).toHaveLength(HELD)
  expect(world.station.rooms.executor.protection.naked.totalSeconds(world.now())).toBeLessThan(5)
})
