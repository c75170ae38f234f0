/** The sources of prices that a station can run on, the place each has, and how one is started by hand. Pure. */
import type { PlaceName } from '../../../contract/places.ts'

export type SourceId = 'simulated' | 'recorded' | 'live'

interface Source {
  readonly name: string
  readonly short: string
  readonly text: string
  /** where the station trades with it */
  readonly place: PlaceName
}

export const SOURCES: Readonly<Record<SourceId, Source>> = {
  simulated: {
    name: 'Simulated market',
    short: 'simulated market',
    text: 'Made-up prices at any speed. Needs no network and repeats exactly with the same seed.',
    place: 'simulated',
  },
  recorded: {
    name: 'Recorded data',
    short: 'recording',
    text: 'Real candles from files, replayed at any speed: what would have happened.',
    place: 'replay',
  },
  live: {
    name: 'Live data, paper fills',
    short: 'live data',
    text: 'Binance prices as they come, filled on paper. Needs a network, but neither account nor key.',
    place: 'paper',
  },
}

const BY_PLACE: Readonly<Record<PlaceName, SourceId>> = {
  simulated: 'simulated',
  replay: 'recorded',
  paper: 'live',
  venue: 'live',
  demo: 'live',
  live: 'live',
}

export const sourceAt = (place: PlaceName): SourceId => BY_PLACE[place]

/** A path as a shell takes it whole. */
const quoted = (path: string): string => (/^[\w./:\\-]+$/.test(path) ? path : `"${path.replaceAll('"', '')}"`)

const FLAGS: Readonly<Record<SourceId, string>> = {
  simulated: '',
  recorded: ' --replay recorded-candles',
  live: ' --set market.source=binance',
}

/** Another source gets a folder of its own: two markets in one journal would contradict each other. */
export function commandFor(source: SourceId, folder: string): string {
  const own = quoted(`${folder === '' ? 'signalbox' : folder.replace(/[\\/]+$/, '')}-${source}`)
  return `signalbox start${FLAGS[source]} --data ${own}`
}

export const FILE_LINES: Readonly<Record<SourceId, string>> = {
  simulated: '[market] source = "simulator".',
  recorded: '[market] source = "replay", replay = "recorded-candles".',
  live: '[market] source = "binance".',
}
