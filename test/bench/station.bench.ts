/** The whole station as a user starts it: from nothing to the first decision, and a recorded month as fast as it goes. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { build, leanFlags, station } from '../../scripts/build.mjs'
import { toolchain } from '../../scripts/toolchain.mjs'
import { recordedData } from '../fixtures/recorded-data.ts'
import { type BenchRow, median, printRows } from './bench-row.ts'

const RUNS = 3
const REPLAY_LIMIT_S = 17
/** what the recorded month holds: 14 symbols × 43 200 minutes */
const CANDLES = 604_800
const FIRST_DECISION_LIMIT_S = 1.5
const MEMORY_LIMIT_MB = 250

interface Run {
  readonly seconds: number
  readonly memoryMb: number
}

const seconds = (since: bigint): number => Number(process.hrtime.bigint() - since) / 1e9

function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-bench-'))
  return work(folder).finally(() => rmSync(folder, { recursive: true, force: true }))
}

const start = (...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [...leanFlags, station, 'start', '--headless', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    child.on('exit', resolve)
  })

/** Resident memory of a process, MB; NaN where the system does not tell. */
function memoryOf(pid: number | undefined): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return Number.NaN
  }
}

const replay = (data: string): Promise<Run> =>
  inFolder(async (folder) => {
    const started = process.hrtime.bigint()
    const path = join(data, 'candles-2025')
    const child = start('--replay', path, '--speed', 'max', '--exit-at-end', '--data', folder)
    let memoryMb = Number.NaN
    const timer = setInterval(() => {
      const now = memoryOf(child.pid)
      if (!Number.isNaN(now)) memoryMb = now
    }, 50)
    child.stdout?.resume()
    const code = await ended(child)
    clearInterval(timer)
    if (code !== 0) throw new Error(`the replay ended with exit code ${String(code)}`)
    return { seconds: seconds(started), memoryMb }
  })

async function addressOf(child: ChildProcess): Promise<string> {
  let said = ''
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk)
    const address = /listening on (\S+)/.exec(said)?.[1]
    if (address !== undefined) return address
  }
  throw new Error('the station ended before it listened')
}

/** From the start of the process until the door tells the first decision. */
const firstDecision = (): Promise<number> =>
  inFolder(async (folder) => {
    const started = process.hrtime.bigint()
    const child = start('--data', folder)
    try {
      const address = await addressOf(child)
      const headers = { authorization: `Bearer ${readFileSync(join(folder, 'token'), 'utf8').trim()}` }
      for (;;) {
        const answer = await fetch(`${address}/api/decisions?limit=1`, { headers })
        const { items } = (await answer.json()) as { readonly items?: readonly unknown[] }
        if ((items?.length ?? 0) > 0) return seconds(started)
        if (seconds(started) > 60) throw new Error('no decision within a minute')
        await new Promise((resolve) => {
          setTimeout(resolve, 15)
        })
      }
    } finally {
      child.kill('SIGKILL')
      await ended(child)
    }
  })

async function repeated<Result>(work: () => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = []
  for (let run = 0; run < RUNS; run++) results.push(await work())
  return results
}

const under = (name: string, measured: number, unit: string, limit: number): BenchRow => {
  const ok = measured <= limit
  return { name, measured, unit, against: limit, ratio: measured / limit, limit: `≤ ${String(limit)} ${unit}`, ok }
}

export async function run(): Promise<BenchRow[]> {
  if (build(toolchain()) !== 0) throw new Error('the station could not be built')
  const decisions = await repeated(firstDecision)
  const rows = [under('headless start to first decision', median(decisions), 's', FIRST_DECISION_LIMIT_S)]
  const data = recordedData()
  if (data === null) {
    console.log('the recorded month is not there: its replay is not measured')
    return rows
  }
  const runs = await repeated(() => replay(data))
  const time = median(runs.map((each) => each.seconds))
  const memory = median(runs.map((each) => each.memoryMb))
  const replayed = `recorded month, whole station (${String(Math.round(CANDLES / time / 1000))} k candles/s)`
  return [
    ...rows,
    under(replayed, time, 's', REPLAY_LIMIT_S),
    under('resident memory after it', memory, 'MB', MEMORY_LIMIT_MB),
  ]
}

if (import.meta.main) printRows(await run())
