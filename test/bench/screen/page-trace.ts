/** What the page's main thread did between two instants, out of Chromium's own trace: in ms of processor time. */
import type { Browser, Page } from '@playwright/test'

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata']

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** µs */
  readonly ts: number
  readonly dur?: number
  /** µs of the processor: what else the machine does meanwhile is not in it */
  readonly tdur?: number
  readonly args: { readonly name?: string; readonly data?: { readonly dataLength?: number } }
}

export interface Frame {
  /** ms of processor time of the main thread since the frame before: all tasks, not only those that paint */
  readonly work: number
}

export interface Receipt {
  /** bytes or letters of the message */
  readonly length: number
  /** of the task in which it was received, everything that follows at once included */
  readonly task: number
  /** of script in the frame after it: the message into the replica, and what is drawn because of it */
  readonly script: number
}

export interface Traced {
  readonly frames: readonly Frame[]
  readonly receipts: readonly Receipt[]
  readonly longestTask: number
}

/** Traces the page while `act` goes on. */
export async function traced(browser: Browser, page: Page, act: () => Promise<void>): Promise<Traced> {
  await browser.startTracing(page, { categories: CATEGORIES })
  await act()
  const trace = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] }
  return read(trace.traceEvents)
}

function read(events: readonly TraceEvent[]): Traced {
  const main = mainThread(events)
  const ours = events
    .filter(({ pid, tid }) => pid === main.pid && tid === main.tid)
    .toSorted((one, other) => one.ts - other.ts)
  const tasks = ours.filter(({ name }) => name === 'RunTask')
  const commits = ours.filter(({ name }) => name === 'Commit').map(({ ts }) => ts)
  const scripts = ours.filter(({ name }) => name === 'FireAnimationFrame')
  return {
    frames: framesOf(tasks, commits),
    receipts: receiptsOf(ours, tasks, scripts),
    longestTask: Math.max(0, ...tasks.map(cpuOf)),
  }
}

/** The renderer's main thread that did most; Chromium has some more for its own pages. */
function mainThread(events: readonly TraceEvent[]): TraceEvent {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
  const busy = ({ pid, tid }: TraceEvent): number =>
    events.reduce((sum, event) => (event.pid === pid && event.tid === tid ? sum + (event.dur ?? 0) : sum), 0)
  const [thread] = threads.toSorted((one, other) => busy(other) - busy(one))
  if (thread === undefined) throw new Error('the trace has no page in it')
  return thread
}

/** ms */
const cpuOf = ({ dur = 0, tdur = dur }: TraceEvent): number => tdur / 1000
const endOf = ({ ts, dur = 0 }: TraceEvent): number => ts + dur

/** A frame ends with the task that makes it. */
function framesOf(tasks: readonly TraceEvent[], commits: readonly number[]): Frame[] {
  const frames: Frame[] = []
  let work = 0
  let next = 0
  for (const task of tasks) {
    work += cpuOf(task)
    const commit = commits[next]
    if (commit === undefined || commit > endOf(task)) continue
    while (next < commits.length && (commits[next] ?? 0) <= endOf(task)) next++
    frames.push({ work })
    work = 0
  }
  return frames
}

function receiptsOf(
  events: readonly TraceEvent[],
  tasks: readonly TraceEvent[],
  scripts: readonly TraceEvent[],
): Receipt[] {
  const received = events.filter(({ name }) => name === 'WebSocketReceive')
  return received.flatMap(({ ts, args }, index) => {
    const task = tasks.find((each) => each.ts <= ts && endOf(each) >= ts)
    const until = received[index + 1]?.ts ?? Infinity
    const script = scripts.find((each) => each.ts > ts && each.ts < until)
    if (task === undefined || script === undefined) return []
    return [{ length: args.data?.dataLength ?? 0, task: cpuOf(task), script: cpuOf(script) }]
  })
}

/** The value that so many of all are at most; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
