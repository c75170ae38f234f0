/** The venue by hand: `npm run venue -- --port 8787 --key k --secret s --seed 1 --speed 1 --replay folder --faults file`. */
import { readFile } from 'node:fs/promises'

import { Command } from 'commander'

import { loadRecording } from '../../src/adapters/recorded/recording.ts'
import { RealClock } from '../../src/adapters/system/real-clock.ts'
import { readRules } from './faults/fault-names.ts'
import { RecordedSource } from './market/recorded-source.ts'
import { keyOf } from './rest/signing.ts'
import { startVenue, VENUE_KEY, VENUE_SECRET, type VenueOptions } from './start-venue.ts'

interface Flags {
  readonly port: string
  readonly key: string
  readonly secret: string
  readonly seed: string
  readonly speed: string
  readonly symbols: string
  readonly replay?: string
  readonly faults?: string
  readonly withdrawals?: true
}

const program = new Command('venue')
  .description('a local exchange that speaks the futures protocol, for the station to trade on')
  .option('--port <n>', 'port on 127.0.0.1, 0: any', '8787')
  .option('--key <text>', 'API key', VENUE_KEY)
  .option('--secret <text>', 'its secret', VENUE_SECRET)
  .option('--seed <n>', 'of prices, keys and faults', '1')
  .option('--speed <n>', 'venue seconds in a second, 1…1000, or max', '1')
  .option('--symbols <n>', 'how many the market simulator lists', '50')
  .option('--replay <folder>', 'recorded 1m candles instead of the market simulator')
  .option('--faults <file>', 'JSON list of faults to come')
  .option('--withdrawals', 'the key may withdraw: a careful client refuses it')

program.parse()
const flags = program.opts<Flags>()

function numberOf(name: 'port' | 'seed' | 'symbols'): number {
  const value = Number(flags[name])
  if (!Number.isInteger(value) || value < 0) program.error(`--${name} must be a whole number, was ${flags[name]}`)
  return value
}

/** The wall's time where the venue keeps pace with it; a faster venue, or an older recording, has its own. */
async function worldOf(): Promise<Partial<VenueOptions>> {
  const speed = flags.speed === 'max' ? ('max' as const) : Number(flags.speed)
  if (flags.replay !== undefined) {
    const source = new RecordedSource(await loadRecording(flags.replay))
    return { source, startAt: source.startAt, speed }
  }
  const simulator = { symbols: numberOf('symbols') }
  return speed === 1 ? { clock: new RealClock(), simulator } : { startAt: Date.now(), speed, simulator }
}

const faults = flags.faults === undefined ? [] : readRules(JSON.parse(await readFile(flags.faults, 'utf8')))
const venue = await startVenue({
  ...(await worldOf()),
  port: numberOf('port'),
  seed: numberOf('seed'),
  keys: [keyOf(flags.key, flags.secret, { mayWithdraw: flags.withdrawals === true })],
  settings: { oddListings: true },
  faults,
})

console.log(`${venue.http} and ${venue.ws}: ${venue.exchange.source.label}`)
console.log(`key ${flags.key}; books at ${venue.http}/venue/books, faults at ${venue.http}/venue/faults`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())

async function stop(): Promise<void> {
  await venue.close()
  process.exit(0)
}
