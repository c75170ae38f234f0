/** Going from place to place: everything that is missing is said at once, and nobody leaves twice. */
import { beforeEach, expect, test } from 'vitest'

import { type Journey, PlaceDesk, type PlaceDeskDeps } from '../../src/station/place-desk.ts'
import type { LiveLimits, PlaceName, PlaceWish } from '../../src/station/place-facade.ts'

const NO_LIMITS: LiveLimits = { maxOrderNotionalUsd: null, maxDailyLossUsd: null }
const WORDS = 'TRADE REAL MONEY'

let journeys: Journey[]
beforeEach(() => {
  journeys = []
})

const deskOf = (deps: Partial<PlaceDeskDeps> = {}): PlaceDesk =>
  new PlaceDesk({
    here: 'simulated',
    isOffered: (place) => place !== 'venue' && place !== 'replay',
    hasJournal: (place) => place === 'simulated',
    hasKeys: async () => true,
    liveLimits: () => NO_LIMITS,
    address: '',
    open: () => ({ positions: 0, entries: 0 }),
    lastMove: () => null,
    depart: (journey) => void journeys.push(journey),
    ...deps,
  })

const to = (place: PlaceName, more: Partial<PlaceWish> = {}): PlaceWish => ({
  place,
  reason: null,
  words: null,
  leaveOpen: false,
  limits: NO_LIMITS,
  ...more,
})

async function reasonOf(desk: PlaceDesk, wish: PlaceWish): Promise<string> {
  const result = await desk.go(wish, 'user')
  return result.outcome === 'refused' ? result.reason : 'it goes'
}

test('real money needs keys, two limits and the words, letter by letter', async () => {
  const desk = deskOf({ hasKeys: async () => false })
  const reason = await reasonOf(desk, to('live', { words: 'trade real money' }))
  for (const part of ['Keys of the live account', 'largest order', 'largest loss', WORDS])
    expect(reason).toContain(part)
  expect(journeys).toEqual([])
  const limits = { maxOrderNotionalUsd: 100, maxDailyLossUsd: 50 }
  expect(await reasonOf(deskOf(), to('live', { words: WORDS, limits }))).toBe('it goes')
  expect(journeys).toEqual([
    { to: 'live', arrival: { from: 'simulated', by: 'user', reason: null, limits, isConfirmed: true } },
  ])
})

test('limits that its policy has need not be said again', async () => {
  const desk = deskOf({ liveLimits: () => ({ maxOrderNotionalUsd: 100, maxDailyLossUsd: 50 }) })
  expect(await reasonOf(desk, to('live', { words: WORDS }))).toBe('it goes')
})

test('what is open is left only when that is said; on paper it waits, at an exchange it works on', async () => {
  const open = () => ({ positions: 2, entries: 1 })
  const paper = await reasonOf(deskOf({ open }), to('paper'))
  expect(paper).toBe(
    '2 positions are open. One entry is resting. On paper nothing is filled while the station is elsewhere: they are found again as they are.',
  )
  const demo = await reasonOf(deskOf({ here: 'demo', open }), to('paper'))
  expect(demo).toContain('Stops and resting orders stay at the exchange')
  expect(await reasonOf(deskOf({ open }), to('paper', { leaveOpen: true }))).toBe('it goes')
})

test('what the configuration does not know is not gone to', async () => {
  expect(await reasonOf(deskOf(), to('venue'))).toContain('exchange.rest')
  expect(await reasonOf(deskOf(), to('replay'))).toContain('market.replay')
  expect(await reasonOf(deskOf(), to('simulated'))).toContain('there already')
})

test('two who say it at once: one goes', async () => {
  const desk = deskOf()
  const results = await Promise.all([desk.go(to('paper'), 'user'), desk.go(to('demo'), 'api:other')])
  expect(results.map(({ outcome }) => outcome)).toEqual(['going', 'refused'])
  expect(journeys).toHaveLength(1)
  expect((await desk.view()).goingTo).toBe('paper')
})

test('the view tells every place, and where the exchange is another one', async () => {
  const view = await deskOf({ address: 'http://127.0.0.1:9' }).view()
  expect(view.items.map(({ place }) => place)).toEqual(['simulated', 'replay', 'paper', 'venue', 'demo', 'live'])
  expect(view.items.filter(({ isHere }) => isHere).map(({ place }) => place)).toEqual(['simulated'])
  expect(view.items.find(({ place }) => place === 'live')?.sentence).toContain('http://127.0.0.1:9')
  expect(view.items.find(({ place }) => place === 'live')?.needs.map(({ need }) => need)).toEqual([
    'keys',
    'max_order_notional_usd',
    'max_daily_loss_usd',
    'words',
  ])
})
