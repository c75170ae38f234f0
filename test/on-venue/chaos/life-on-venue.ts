/** One life of a station process on a venue: what it is told at its start, and what it tells, one line of JSON each. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { VENUE_KEY, VENUE_SECRET } from '../../venue/start-venue.ts'

const CHILD = fileURLToPath(new URL('child/trading-on-venue.ts', import.meta.url))

export interface LifeOnVenue {
  readonly folder: string
  readonly http: string
  readonly ws: string
  readonly seed: number
  /** number of this life in its folder: decides what the trader does */
  readonly life: number
  /** false: nobody trades, the station only looks after what is open */
  readonly trades: boolean
  /** between two acts of the trader */
  readonly everyMs: number
}

export type ToldOnVenue =
  | { readonly kind: 'up' }
  /** entries are allowed: it is connected and reconciled */
  | { readonly kind: 'trading' }
  | { readonly kind: 'fault'; readonly event: string; readonly fields: unknown }

export interface RunningLife {
  /** resolves when it told that it is up; rejects when it ended before */
  readonly up: Promise<void>
  /** the same for that it may trade */
  readonly trading: Promise<void>
  /** what it complained of */
  readonly complaints: string[]
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

/** `cache`: folder where compiled modules are kept, so that a life begins quickly. */
export function liveOnVenue(orders: LifeOnVenue, cache: string): RunningLife {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD, JSON.stringify(orders)], {
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: cache,
      BINANCE_SIMULATED_API_KEY: VENUE_KEY,
      BINANCE_SIMULATED_API_SECRET: VENUE_SECRET,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const complaints: string[] = []
  const up = Promise.withResolvers<void>()
  const trading = Promise.withResolvers<void>()
  for (const { promise } of [up, trading]) promise.catch(() => undefined)
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  child.on('close', () => {
    const problem = new Error(`it ended before it was up: ${complaints.join('; ')}`)
    up.reject(problem)
    trading.reject(problem)
  })
  child.stderr.on('data', (part: Buffer) => complaints.push(part.toString()))
  let text = ''
  child.stdout.on('data', (part: Buffer) => {
    const lines = `${text}${part.toString()}`.split('\n')
    text = lines.pop() ?? ''
    for (const line of lines) {
      const told = JSON.parse(line) as ToldOnVenue
      if (told.kind === 'up') up.resolve()
      else if (told.kind === 'trading') trading.resolve()
      else complaints.push(`logged ${told.event}: ${JSON.stringify(told.fields)}`)
    }
  })
  return {
    up: up.promise,
    trading: trading.promise,
    complaints,
    end: (signal) => {
      child.kill(signal)
      return ended
    },
  }
}
