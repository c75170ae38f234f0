/** The account of what must hold can fail: stations that do wrong are caught by it, each by the sentence it deserves. */
import { describe, expect, it } from 'vitest'

import type { StationOnVenue } from '../station-on-venue.ts'
import { scenario } from './scenario.ts'

const TIMEOUT_MS = 600_000
/** stories with trades in them and nothing else that would be in the way */
const SEEDS = [1, 6, 10]

async function violationsOf(spoil: (world: StationOnVenue) => void): Promise<string> {
  const told: string[] = []
  for (const seed of SEEDS) {
    const outcome = await scenario(seed, { station: spoil, quietMs: 10_000 })
    told.push(...outcome.violations)
    if (told.length > 0) break
  }
  return told.join('\n')
}

describe('a station is caught', { timeout: TIMEOUT_MS }, () => {
  it('that does not protect its positions', async () => {
    const told = await violationsOf(({ station }) => {
      Reflect.set(station.rooms.venue, 'submit', dropping(station.rooms.venue, 'STOP_MARKET'))
    })
    expect(told).toMatch(/naked for \d+ ms/u)
  })

  it('that sends again what was not answered', async () => {
    const told = await violationsOf(({ station, venue }) => {
      const { venue: port } = station.rooms
      venue.inject({ name: 'response-lost', on: 'POST /fapi/v1/order', probability: 0.5 })
      const submit = port.submit.bind(port)
      Reflect.set(port, 'submit', (request: Parameters<typeof submit>[0]) => {
        submit(request)
        if (request.reduceOnly) return
        const { clock } = station.rooms
        clock.at(clock.now() + 2_000, () => submit({ ...request, clientOrderId: `${request.clientOrderId}b` as never }))
      })
    })
    expect(told).toMatch(/is at the venue and not in the journal/u)
  })

  it('that leaves stops behind', async () => {
    const told = await violationsOf(({ station }) => Reflect.set(station.rooms.venue, 'cancel', () => undefined))
    expect(told).toMatch(/has no position/u)
  })

  it('that does not book a fill', async () => {
    const told = await violationsOf(({ station }) => {
      Reflect.set(station.rooms.books, 'bookIncome', () => null)
      Reflect.set(station.rooms.books, 'knowsFill', () => true)
    })
    expect(told).toMatch(/fill .*: the journal has nothing/u)
  })
})

/** Orders of a type never leave. */
function dropping(venue: StationOnVenue['station']['rooms']['venue'], type: string) {
  const submit = venue.submit.bind(venue)
  return (request: Parameters<typeof submit>[0]): void => {
    if (request.type !== type) submit(request)
  }
}
