/** Minds the keys and places of a home for the station that runs at one of them. */
import { isOnThisMachine } from '../adapters/binance/endpoints.ts'
import type { Log } from '../core/ports/log.ts'
import type { Vault } from '../core/ports/vault.ts'
import type { HomeFolders } from './compose-home-folders.ts'
import type { Settings } from './compose-sections.ts'
import { KeyDesk } from './key-desk.ts'
import { type Journey, PlaceDesk } from './place-desk.ts'
import type { LiveLimits, PlaceName } from './place-facade.ts'
import { accountOf } from './place-of.ts'
import type { Rooms } from './rooms.ts'

interface Minding {
  readonly folders: HomeFolders
  readonly here: PlaceName
  readonly settings: Settings
  readonly vault: Vault
  readonly log: Log
  readonly depart: (journey: Journey) => void
}

/** ms until an answer has surely left the door */
const ANSWER_LEAVES_MS = 100

export function minding(rooms: Rooms, { folders, here, settings, vault, log, depart }: Minding) {
  const account = accountOf(here)
  const inUse = account === 'paper' ? null : account
  const keys = new KeyDesk({
    vault,
    inUse,
    // the exchange's client is large: a station without it does not load it
    trials: async () => (await import('./compose-keys.ts')).trialsAt(settings),
    changed: (change) => {
      log.info('keys_changed', { ...change })
      rooms.announcer.publish('keys.changed', null, change)
    },
  })
  const places = new PlaceDesk({
    here,
    isOffered: (place) => isOffered(place, settings),
    hasJournal: (place) => folders.hasJournal(place),
    hasKeys: async (place) => (await vault.list()).some((trace) => trace.place === place),
    liveLimits: () => (here === 'live' ? limitsOf(rooms) : folders.limitsAtLive()),
    address: settings.exchange.rest,
    open: () => ({ positions: rooms.books.positions.size, entries: rooms.books.restingEntries().length }),
    lastMove: () => folders.lastMove,
    depart: (journey) => {
      const { by, reason } = journey.arrival
      log.info('place_left', { from: here, to: journey.to, by, reason })
      tellPlace(rooms, journey)
      setTimeout(() => depart(journey), ANSWER_LEAVES_MS)
    },
  })
  return { keys, places }
}

function isOffered(place: PlaceName, { exchange, market }: Settings): boolean {
  if (place === 'replay') return market.replay !== ''
  return place !== 'venue' || isOnThisMachine(exchange.rest)
}

const limitsOf = ({ policy }: Rooms): LiveLimits => policy.current.rules.guard

/** In both journals: where it was left, and where it went on. */
export function tellPlace({ announcer }: Rooms, { to, arrival: { from, by, reason } }: Journey): void {
  announcer.publish('place.changed', null, { from, to, by, reason })
}
