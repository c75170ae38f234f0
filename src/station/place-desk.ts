/** Knows where the station could trade, what each place still needs, and sends it there once a person has said all of it. */
import { LIVE_WORDS } from '../contract/places.ts'
import type { Actor } from '../core/policy/policy.ts'
import type { KeyPlace } from '../core/ports/vault.ts'
import type {
  GoResult,
  LastMove,
  LiveLimits,
  PlaceFacade,
  PlaceName,
  PlaceNeed,
  PlacesView,
  PlaceWish,
} from './place-facade.ts'
import { accountOf, PLACE_ORDER } from './place-of.ts'
import { leaveOpenSentence, titleOf } from './place-words.ts'

/** What a person said on the way. */
export interface Arrival {
  readonly from: PlaceName
  readonly by: Actor
  readonly reason: string | null
  /** those of null stay as they are */
  readonly limits: LiveLimits
  /** the words for real money were typed */
  readonly isConfirmed: boolean
}

export interface Journey {
  readonly to: PlaceName
  readonly arrival: Arrival
}

export interface PlaceDeskDeps {
  readonly here: PlaceName
  /** whether the configuration knows what a place needs: a venue of this machine, a recording */
  readonly isOffered: (place: PlaceName) => boolean
  readonly hasJournal: (place: PlaceName) => boolean
  readonly hasKeys: (place: KeyPlace) => Promise<boolean>
  /** of the policy at `live`, or what a new one there would begin with */
  readonly liveLimits: () => LiveLimits
  /** set for the exchange: where orders go in place of its own address; empty: to its own */
  readonly address: string
  /** what would be left alone here */
  readonly open: () => { readonly positions: number; readonly entries: number }
  readonly lastMove: () => LastMove | null
  /** begins the journey once the answer is out */
  readonly depart: (journey: Journey) => void
}

const NOT_SAID: PlaceWish = {
  place: 'simulated',
  reason: null,
  words: null,
  leaveOpen: false,
  limits: { maxOrderNotionalUsd: null, maxDailyLossUsd: null },
}

export class PlaceDesk implements PlaceFacade {
  readonly #deps: PlaceDeskDeps
  #goingTo: PlaceName | null = null

  constructor(deps: PlaceDeskDeps) {
    this.#deps = deps
  }

  async view(): Promise<PlacesView> {
    const { here, isOffered, hasJournal, liveLimits, address, open, lastMove } = this.#deps
    const { positions, entries } = open()
    const items = PLACE_ORDER.map(async (place) => ({
      ...titleOf(place, address),
      isHere: place === here,
      isOffered: isOffered(place),
      hasJournal: hasJournal(place),
      needs: place === here ? [] : await this.#needs({ ...NOT_SAID, place }),
    }))
    return {
      here,
      goingTo: this.#goingTo,
      cannotMove: null,
      openPositions: positions,
      workingOrders: entries,
      leaveOpenSentence: leaveOpenSentence(here, open()),
      words: LIVE_WORDS,
      liveLimits: liveLimits(),
      items: await Promise.all(items),
      lastMove: lastMove(),
    }
  }

  async go(wish: PlaceWish, actor: Actor): Promise<GoResult> {
    const { here, depart } = this.#deps
    const missing = (await this.#needs(wish)).filter(({ isMet }) => !isMet).map(({ sentence }) => sentence)
    if (this.#goingTo !== null) return refused(`The station is on its way to ${titleOf(this.#goingTo).title} already.`)
    if (wish.place === here) return refused(`The station is there already: ${titleOf(here).title}.`)
    if (missing.length > 0) return refused(missing.join(' '))
    this.#goingTo = wish.place
    const { reason, limits } = wish
    depart({ to: wish.place, arrival: { from: here, by: actor, reason, limits, isConfirmed: wish.place === 'live' } })
    return { outcome: 'going', from: here, goingTo: wish.place }
  }

  /** Every need of a place, met or not by what is there and what the wish says. */
  async #needs({ place, words, limits, leaveOpen }: PlaceWish): Promise<readonly PlaceNeed[]> {
    const { here, isOffered, hasKeys, liveLimits, open } = this.#deps
    const needs: PlaceNeed[] = []
    const need = (name: PlaceNeed['need'], isMet: boolean, sentence: string): void => {
      needs.push({ need: name, isMet, sentence })
    }
    if (place === 'venue') need('address', isOffered(place), 'The address of a venue on this machine (exchange.rest).')
    if (place === 'replay') need('recording', isOffered(place), 'A recording to play (market.replay).')
    const account = accountOf(place)
    if (account !== 'paper') need('keys', await hasKeys(account), `Keys of the ${account} account.`)
    if (place === 'live') {
      const kept = liveLimits()
      const order = limits.maxOrderNotionalUsd ?? kept.maxOrderNotionalUsd
      const loss = limits.maxDailyLossUsd ?? kept.maxDailyLossUsd
      need('max_order_notional_usd', order !== null, 'The largest order, in USDT.')
      need('max_daily_loss_usd', loss !== null, 'The largest loss of a day, in USDT.')
      need('words', words === LIVE_WORDS, `The words ${LIVE_WORDS}, typed letter by letter.`)
    }
    const left = leaveOpenSentence(here, open())
    if (left !== null) need('leave_open', leaveOpen, left)
    return needs
  }
}

const refused = (reason: string): GoResult => ({ outcome: 'refused', reason })
