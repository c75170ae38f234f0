/** The gauges of this process and of the disk its data folder is on. */
import { statfsSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'

import type { Machine, MachineGauges } from '../../core/ports/machine.ts'

/** Two looks nearer to each other than this are one: nothing is learnt from less. */
const FRESH_MS = 1000
/** The event loop is asked so often how late it is. */
const RESOLUTION_MS = 20
const NS_PER_MS = 1e6
const US_PER_MS = 1000

export function openMachine(dataFolder: string): Machine {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  let cpu = process.cpuUsage()
  let lookedAt: number | null = null
  let last: MachineGauges | null = null

  const cpuSince = (now: number): number | null => {
    const spent = process.cpuUsage(cpu)
    cpu = process.cpuUsage()
    return lookedAt === null ? null : ((spent.user + spent.system) / US_PER_MS / (now - lookedAt)) * 100
  }

  /** How late beyond the pace it is asked at. */
  const lag = (percentile: number): number | null =>
    delay.count === 0 ? null : Math.max(0, delay.percentile(percentile) / NS_PER_MS - RESOLUTION_MS)

  const look = (now: number): MachineGauges => {
    const { rss, heapUsed } = process.memoryUsage()
    const gauges = {
      diskFreeBytes: freeBytes(dataFolder),
      memoryPct: memoryPct(rss, heapUsed),
      residentBytes: rss,
      heapBytes: heapUsed,
      cpuPct: cpuSince(now),
      eventLagP50Ms: lag(50),
      eventLagP99Ms: lag(99),
      uptimeMs: process.uptime() * 1000,
    }
    delay.reset()
    return gauges
  }

  return {
    elapsedMs: () => performance.now(),
    gauges() {
      const now = performance.now()
      if (last === null || lookedAt === null || now - lookedAt >= FRESH_MS) {
        last = look(now)
        lookedAt = now
      }
      return last
    },
    close: () => void delay.disable(),
  }
}

function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return null
  }
}

/** The nearer of the heap to its limit and of the process to what the system lets it have. */
function memoryPct(resident: number, heapUsed: number): number {
  const heap = heapUsed / getHeapStatistics().heap_size_limit
  const allowed = process.constrainedMemory()
  const isLimited = allowed > 0 && allowed < Number.MAX_SAFE_INTEGER
  return 100 * Math.max(heap, isLimited ? resident / allowed : 0)
}
