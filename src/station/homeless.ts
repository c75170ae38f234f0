/** The answers of a station that was started by itself, without a home: it has no keys to mind and cannot be moved. */
import type { KeyFacade } from './key-facade.ts'
import type { PlaceFacade, PlaceName } from './place-facade.ts'
import { titleOf } from './place-words.ts'

const reason = 'this station was started without a home folder: it stays where it is'

export const NO_KEYS: KeyFacade = {
  list: async () => [],
  cannotKeep: async () => reason,
  add: async () => ({ outcome: 'refused', reason }),
  check: async () => ({ outcome: 'missing' }),
  fix: async () => ({ outcome: 'missing' }),
  remove: async () => ({ outcome: 'missing' }),
}

export const onlyHere = (here: PlaceName): PlaceFacade => ({
  view: async () => ({
    here,
    goingTo: null,
    cannotMove: reason,
    openPositions: 0,
    workingOrders: 0,
    leaveOpenSentence: null,
    words: '',
    liveLimits: { maxOrderNotionalUsd: null, maxDailyLossUsd: null },
    items: [{ ...titleOf(here), isHere: true, isOffered: true, hasJournal: true, needs: [] }],
    lastMove: null,
  }),
  go: async () => ({ outcome: 'refused', reason }),
})
