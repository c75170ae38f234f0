/** One life of the trading station in a child process: what it told until it was killed, or until it ended as it was asked to. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import type { LifeOrders, Told } from './told.ts'

const CHILD = fileURLToPath(new URL('child/trading-station.ts', import.meta.url))

export interface KillPlan {
  /** so many things it must have told before the time runs; the first is that it opens the folder, the second that it is up */
  readonly afterTold: number
  readonly delayMs: number
}

export interface Life {
  readonly told: readonly Told[]
  readonly wasKilled: boolean
  /** what it wrote to its standard error */
  readonly complaint: string
}

/** `plan` null: it ends by itself. `cache`: folder where compiled modules are kept, so that a life begins quickly. */
export function liveOnce(orders: LifeOrders, plan: KillPlan | null, cache: string): Promise<Life> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD, JSON.stringify(orders)], {
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  let complaint = ''
  let isDoomed = plan === null
  child.stderr.on('data', (part: Buffer) => (complaint += part.toString()))
  child.stdout.on('data', (part: Buffer) => {
    text += part.toString()
    if (isDoomed || plan === null || text.split('\n').length <= plan.afterTold) return
    isDoomed = true
    setTimeout(() => child.kill('SIGKILL'), plan.delayMs)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (_code, signal) => {
      // a last line that the kill cut off was not told
      const lines = text.split('\n').slice(0, -1)
      resolve({ told: lines.map((line) => JSON.parse(line) as Told), wasKilled: signal === 'SIGKILL', complaint })
    })
  })
}
