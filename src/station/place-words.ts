/** What each place is called and what it means, for people. */
import type { PlaceName, PlaceView } from './place-facade.ts'
import { accountOf } from './place-of.ts'

type Words = Pick<PlaceView, 'place' | 'environment' | 'title' | 'sentence'>

const WORDS: Readonly<Record<PlaceName, Omit<Words, 'place'>>> = {
  simulated: {
    environment: 'SIMULATED',
    title: 'Simulated market',
    sentence: 'Paper money on a made-up market: nothing leaves this machine.',
  },
  replay: {
    environment: 'REPLAY',
    title: 'Recorded market',
    sentence: 'Paper money on recorded prices: nothing leaves this machine.',
  },
  paper: {
    environment: 'PAPER',
    title: 'Paper on live prices',
    sentence: 'Paper money on live prices: they are read, no order leaves this machine.',
  },
  venue: {
    environment: 'SIMULATED',
    title: 'Venue on this machine',
    sentence: 'Orders go to the simulated exchange that runs on this machine.',
  },
  demo: {
    environment: 'DEMO',
    title: 'Demo account',
    sentence: 'Orders go to the exchange, with its play money.',
  },
  live: {
    environment: 'LIVE',
    title: 'Live account',
    sentence: 'Orders go to the exchange, with real money.',
  },
}

/** `address`: set in place of the exchange's own; empty: it is not. */
export function titleOf(place: PlaceName, address = ''): Words {
  const { sentence, ...words } = WORDS[place]
  const isElsewhere = address !== '' && place !== 'simulated' && place !== 'replay'
  return { place, ...words, sentence: isElsewhere ? `${sentence} The exchange is the one at ${address}.` : sentence }
}

interface Open {
  readonly positions: number
  /** resting orders that would open something */
  readonly entries: number
}

const some = (count: number, one: string, many: string): string =>
  count === 1 ? `One ${one} is` : `${count} ${many} are`

/** What becomes of what is open when the station goes elsewhere; null: nothing is open. */
export function leaveOpenSentence(here: PlaceName, { positions, entries }: Open): string | null {
  if (positions === 0 && entries === 0) return null
  const open = [
    ...(positions > 0 ? [`${some(positions, 'position', 'positions')} open.`] : []),
    ...(entries > 0 ? [`${some(entries, 'entry', 'entries')} resting.`] : []),
  ]
  return [...open, fateOf(here)].join(' ')
}

function fateOf(here: PlaceName): string {
  if (accountOf(here) !== 'paper')
    return 'Stops and resting orders stay at the exchange and go on working there; nothing trails, closes or reacts until the station is back.'
  return here === 'paper'
    ? 'Live prices go on meanwhile: when the station is back, the bars it missed say which stops were hit.'
    : 'On paper nothing is filled while the station is elsewhere: they are found again as they are.'
}
