/** What each place is called and what it means, for people. */
import type { PlaceName, PlaceView } from './place-facade.ts'

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

export const titleOf = (place: PlaceName): Words => ({ place, ...WORDS[place] })
