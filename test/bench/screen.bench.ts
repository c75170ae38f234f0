/**
 * The control room in a real Chromium, on a real station: frames, the first paint, the journal's scrolling, the cost of a
 * message and the heap. Work is processor time of the page's main thread: what else the machine does is not in it.
 * BENCH_SOAK=1 (`npm run bench -- screen --soak`) weighs the heap for thirty minutes instead of two.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Browser } from '@playwright/test'

import { buildIfStale } from '../../scripts/build.mjs'
import { toolchain } from '../../scripts/toolchain.mjs'
import { startStation, type StationUnderTest } from '../e2e/station.ts'
import { type BenchRow, median, printRows } from './bench-row.ts'
import { NOTHING, TELLING } from './many-symbols.ts'
import { newPage, openBrowser, openScreen, screensOf } from './screen/bench-page.ts'
import { firstPaint } from './screen/first-paint.ts'
import { fillJournal } from './screen/full-journal.ts'
import { weighHeap } from './screen/heap.ts'
import { scrollJournal } from './screen/journal-scroll.ts'
import { messageCost } from './screen/message-cost.ts'
import { percentile, traced, type Traced } from './screen/page-trace.ts'

const RUNS = 3
const TRACE_MS = 5000
const SETTLE_MS = 3000
const FRAME_MS = 16
const LONG_TASK_MS = 50
const FIRST_PAINT_MS = 1000
const MESSAGE_LIMIT = 1.3
const JOURNAL_ROWS = 100_000
const HEAP_SHARE = 0.05
const SOAK_MINUTES = 30
const SHORT_MINUTES = 2
const HEAP_SAMPLES = 20
const FILLING_SPEED = 1000
const FILLING_MOST_MS = 300_000
/** decisions: more than the page keeps, and some of them are no news to it */
const KEPT_ROWS = 2_000
const PAGE_FOLDER = join(import.meta.dirname, '..', '..', 'out', 'renderer')

/** 500 symbols, each ticking every two seconds of a clock that goes twenty times as fast: 10 Hz. */
const FAST = {
  speed: 20,
  seed: 1,
  flags: ['--set', 'simulator.symbols=500', '--set', 'simulator.tick_seconds=2'],
}
const CALM = { speed: 1, seed: 1, flags: ['--set', 'simulator.symbols=20'] }

const atMost = (name: string, measured: number, unit: string, limit: number): BenchRow => ({
  name,
  measured,
  unit,
  against: limit,
  ratio: measured / limit,
  limit: `≤ ${limit} ${unit}`,
  ok: measured <= limit,
})

async function onStation(
  options: Parameters<typeof startStation>[0],
  act: (station: StationUnderTest) => Promise<BenchRow[]>,
  fill: (folder: string) => void = () => undefined,
): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-bench-'))
  fill(folder)
  const station = await startStation(options, folder)
  try {
    return await act(station)
  } finally {
    await station.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const workOf = ({ frames }: Traced): number =>
  percentile(
    frames.map(({ work }) => work),
    0.95,
  )

async function paintRow(browser: Browser, station: StationUnderTest): Promise<BenchRow> {
  const took: number[] = []
  for (let run = 0; run < RUNS + 2; run++) took.push(await firstPaint(browser, station))
  return atMost('page: first meaningful paint', median(took), 'ms', FIRST_PAINT_MS)
}

/** One row per screen, and the longest task of all. */
async function tickingRows(browser: Browser, station: StationUnderTest): Promise<BenchRow[]> {
  const page = await newPage(browser, station)
  await openScreen(page, station, 'bridge')
  const rows: BenchRow[] = []
  const longest: number[] = []
  for (const screen of await screensOf(page)) {
    await openScreen(page, station, screen)
    await page.waitForTimeout(SETTLE_MS)
    const traces: Traced[] = []
    for (let run = 0; run < RUNS; run++) traces.push(await traced(browser, page, () => page.waitForTimeout(TRACE_MS)))
    rows.push(atMost(`page: 500 symbols at 10 Hz, ${screen}, frame p95`, median(traces.map(workOf)), 'ms', FRAME_MS))
    longest.push(median(traces.map(({ longestTask }) => longestTask)))
  }
  await page.context().close()
  return [...rows, atMost('page: 500 symbols at 10 Hz, longest task', Math.max(...longest), 'ms', LONG_TASK_MS)]
}

/** What the page keeps is bounded: it is weighed once its lists are full, which at twenty times as fast would take hours. */
async function fillLists({ client }: StationUnderTest): Promise<void> {
  await client.station.setSpeed({ speed: FILLING_SPEED })
  const until = Date.now() + FILLING_MOST_MS
  while (Date.now() < until) {
    const { counts } = await client.records.counts()
    if ((counts['decisions'] ?? 0) >= KEPT_ROWS) break
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  }
  await client.station.setSpeed({ speed: FAST.speed })
}

async function heapRow(browser: Browser, station: StationUnderTest): Promise<BenchRow> {
  const minutes = process.env['BENCH_SOAK'] === undefined ? SHORT_MINUTES : SOAK_MINUTES
  const page = await newPage(browser, station)
  await openScreen(page, station, 'bridge')
  await fillLists(station)
  await page.waitForTimeout(SETTLE_MS)
  const weights = await weighHeap(page, minutes, HEAP_SAMPLES)
  await page.context().close()
  const quarter = HEAP_SAMPLES / 4
  const before = median(weights.slice(quarter, 2 * quarter))
  const after = median(weights.slice(-quarter))
  return {
    name: `page: heap after ${minutes} min at 20×`,
    measured: after,
    unit: 'MB',
    against: before,
    ratio: after / before,
    limit: `± ${100 * HEAP_SHARE} % of before`,
    ok: Math.abs(after / before - 1) <= HEAP_SHARE,
  }
}

async function journalRows(browser: Browser, station: StationUnderTest): Promise<BenchRow[]> {
  const page = await newPage(browser, station)
  const scrolled = await scrollJournal(browser, page, station, { rows: JOURNAL_ROWS, runs: RUNS })
  await page.context().close()
  const rowOf = (way: 'wheel' | 'keys'): BenchRow =>
    atMost(
      `page: journal of ${JOURNAL_ROWS} rows by ${way}, frame p95`,
      median(scrolled.map((run) => workOf(run[way]))),
      'ms',
      FRAME_MS,
    )
  return [rowOf('wheel'), rowOf('keys')]
}

async function messageRows(browser: Browser): Promise<BenchRow[]> {
  const rounds = await messageCost(browser, PAGE_FOLDER, [NOTHING, ...TELLING])
  const of = (round: readonly number[], way: number): number => round[way] ?? Number.NaN
  return TELLING.map(({ name }, index) => {
    const ratio = median(rounds.map((round) => of(round, index + 1) / of(round, 0)))
    return {
      name: `page: live message, ${name}`,
      measured: median(rounds.map((round) => of(round, index + 1))),
      unit: 'ms',
      against: median(rounds.map((round) => of(round, 0))),
      ratio,
      limit: `≤ ${MESSAGE_LIMIT}× an empty message`,
      ok: ratio <= MESSAGE_LIMIT,
    }
  })
}

export async function run(): Promise<BenchRow[]> {
  if (buildIfStale(toolchain()) !== 0) throw new Error('the build failed')
  const browser = await openBrowser()
  try {
    const ticking = await onStation(FAST, async (station) => [
      await paintRow(browser, station),
      ...(await tickingRows(browser, station)),
      await heapRow(browser, station),
    ])
    const fill = (folder: string): void => fillJournal(folder, JOURNAL_ROWS, Date.UTC(2026, 0, 15))
    const journal = await onStation(CALM, (station) => journalRows(browser, station), fill)
    return [...ticking, ...journal, ...(await messageRows(browser))]
  } finally {
    await browser.close()
  }
}

if (import.meta.main) printRows(await run())
