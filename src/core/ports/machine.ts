/** The computer the station runs on: its gauges, in real time. On a made-up clock they are shown and steer nothing. */
export interface MachineGauges {
  /** free for the data folder; null: not known */
  readonly diskFreeBytes: number | null
  /** used of what this process may have */
  readonly memoryPct: number
  readonly residentBytes: number
  readonly heapBytes: number
  /** of one core, since the last look; null: the first look */
  readonly cpuPct: number | null
  /** how late the event loop was, since the last look; null: nothing measured yet */
  readonly eventLagP50Ms: number | null
  readonly eventLagP99Ms: number | null
  readonly uptimeMs: number
}

export interface Machine {
  /** ms that only ever grow, for measuring how long work took */
  elapsedMs(): number
  gauges(): MachineGauges
  close(): void
}
