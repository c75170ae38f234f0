/** The sources of prices that a station can run on, and how each is started. Pure. */
import type { StationStatus } from '../../../contract/station-shapes.ts'

export type SourceId = 'simulated' | 'recorded' | 'live'

interface Source {
  readonly name: string
  readonly short: string
  readonly text: string
  /** why it cannot be chosen */
  readonly missing?: string
}

export const SOURCES: Readonly<Record<SourceId, Source>> = {
  simulated: {
    name: 'Simulated market',
    short: 'simulated market',
    text: 'Made-up prices at any speed. Needs no network and repeats exactly with the same seed.',
  },
  recorded: {
    name: 'Recorded data',
    short: 'recording',
    text: 'Real candles from files, replayed at any speed: what would have happened.',
  },
  live: {
    name: 'Live data, paper fills',
    short: 'live data',
    text: 'Binance prices as they come, filled on paper.',
    missing: 'until the Binance feed exists',
  },
}

const BY_ENVIRONMENT: Readonly<Record<StationStatus['environment'], SourceId>> = {
  SIMULATED: 'simulated',
  REPLAY: 'recorded',
  PAPER: 'live',
  DEMO: 'live',
  LIVE: 'live',
}

export const sourceOf = (environment: StationStatus['environment']): SourceId => BY_ENVIRONMENT[environment]

/** A path as a shell takes it whole. */
const quoted = (path: string): string => (/^[\w./:\\-]+$/.test(path) ? path : `"${path.replaceAll('"', '')}"`)

/** Another source gets a folder of its own: two markets in one journal would contradict each other. */
export function commandFor(source: SourceId, folder: string): string {
  const own = quoted(`${folder === '' ? 'signalbox' : folder.replace(/[\\/]+$/, '')}-${source}`)
  return source === 'recorded'
    ? `signalbox start --replay recorded-candles --data ${own}`
    : `signalbox start --data ${own}`
}

export const fileLinesFor = (source: SourceId): string =>
  source === 'recorded' ? '[market] source = "replay", replay = "recorded-candles".' : '[market] source = "simulator".'
