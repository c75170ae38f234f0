/**
 * `npm run chaos -- [--runs N] [--seed N] [--workers N] [--kills N] [--day]`: stories of bad luck on the venue by the
 * thousand, a real station process killed again and again, a day of venue time. `--seed` plays one story again.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { Command } from 'commander'

import { dayOnVenue } from './day-on-venue.ts'
import { killAgainAndAgain } from './killed-process.ts'
import { scenario, type Outcome } from './scenario.ts'
import { accusation, summary } from './told-in-sum.ts'

interface Flags {
  readonly runs: string
  readonly from: string
  readonly workers: string
  readonly kills: string
  readonly seed?: string
  readonly day?: true
  readonly hours: string
  readonly symbols: string
  readonly worker?: true
}

const program = new Command('chaos')
  .description('everything that can go wrong between a station and its exchange')
  .option('--runs <n>', 'stories', '2000')
  .option('--from <n>', 'seed of the first', '1')
  .option('--seed <n>', 'one story alone, told in full')
  .option('--workers <n>', 'processes', '2')
  .option('--kills <n>', 'kills of a real station process, after the stories', '30')
  .option('--day', 'a day of venue time instead')
  .option('--hours <n>', 'of that day', '24')
  .option('--symbols <n>', 'of that day', '50')
  .option('--worker', 'a part of the stories, told to the parent')

program.parse()
const flags = program.opts<Flags>()
const number = (name: keyof Flags): number => {
  const value = Number(flags[name])
  if (!Number.isInteger(value) || value < 0)
    program.error(`--${name} must be a whole number, was ${String(flags[name])}`)
  return value
}

async function oneAlone(seed: number): Promise<boolean> {
  const outcome = await scenario(seed)
  console.log(JSON.stringify(outcome, null, 2))
  return accusation(outcome) === null
}

/** A story that could not be told to its end has failed too. */
async function told(seed: number): Promise<Outcome> {
  try {
    return await scenario(seed)
  } catch (problem) {
    const nothing = { crashes: 0, orders: 0, fills: 0, faults: 0, struck: {}, worstNakedMs: 0, worst: null, digest: '' }
    return { seed, kinds: [], ...nothing, violations: [`it broke off: ${String(problem)}`] }
  }
}

async function work(from: number, step: number, until: number): Promise<void> {
  for (let seed = from; seed < until; seed += step) console.log(JSON.stringify(await told(seed)))
}

async function stories(): Promise<boolean> {
  const [from, runs, workers] = [number('from'), number('runs'), Math.max(1, number('workers'))]
  const outcomes: Outcome[] = []
  const hear = (line: string): void => {
    const outcome = JSON.parse(line) as Outcome
    outcomes.push(outcome)
    const fault = accusation(outcome)
    if (fault !== null) console.log(fault)
    if (outcomes.length % 100 === 0) console.log(`… ${summary(outcomes)}`)
  }
  await Promise.all(Array.from({ length: workers }, (_, index) => worker(from + index, workers, from + runs, hear)))
  console.log(summary(outcomes))
  return outcomes.length === runs && outcomes.every(({ violations }) => violations.length === 0)
}

function worker(from: number, step: number, until: number, hear: (line: string) => void): Promise<void> {
  const args = [fileURLToPath(import.meta.url), '--worker', '--from', String(from)]
  args.push('--workers', String(step), '--runs', String(until))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (part: Buffer) => {
    const lines = `${text}${part.toString()}`.split('\n')
    text = lines.pop() ?? ''
    lines.forEach(hear)
  })
  return new Promise((resolve) => child.on('close', () => resolve()))
}

async function killed(): Promise<boolean> {
  if (number('kills') === 0) return true
  const { violations, ...counts } = await killAgainAndAgain(number('from'), { kills: number('kills') })
  console.log(`kill -9: ${JSON.stringify(counts)}`)
  for (const violation of violations) console.log(`  ${violation}`)
  return violations.length === 0
}

async function day(): Promise<boolean> {
  const { violations, ...figures } = await dayOnVenue({ hours: number('hours'), symbols: number('symbols'), seed: 1 })
  console.log(JSON.stringify(figures, null, 2))
  for (const violation of violations) console.log(`  ${violation}`)
  return violations.length === 0
}

async function all(): Promise<boolean> {
  if (flags.seed !== undefined) return oneAlone(number('seed'))
  if (flags.day === true) return day()
  const areTold = await stories()
  return (await killed()) && areTold
}

if (flags.worker === true) await work(number('from'), number('workers'), number('runs'))
else process.exit((await all()) ? 0 : 1)
