/** The event bus against Node's own EventEmitter, which neither isolates nor counts. */
import { EventEmitter } from 'node:events'

import { EventBus } from '../../src/station/event-bus.ts'
import { type BenchRow, median, printRows } from './bench-row.ts'

const LISTENERS = 10
const EVENTS = 2_000_000
const ROUNDS = 7

function seconds(work: () => void): number {
  const started = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - started) / 1e9
}

export function run(): Promise<BenchRow[]> {
  let sum = 0
  const bus = new EventBus<{ tick: number }>(() => {})
  const emitter = new EventEmitter()
  for (let index = 0; index < LISTENERS; index++) {
    bus.subscribe('tick', (n) => (sum += n))
    emitter.on('tick', (n: number) => (sum += n))
  }
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(
      seconds(() => {
        for (let n = 0; n < EVENTS; n++) bus.publish('tick', n)
      }),
    )
    theirs.push(
      seconds(() => {
        for (let n = 0; n < EVENTS; n++) emitter.emit('tick', n)
      }),
    )
  }
  const rate = EVENTS / median(ours) / 1e6
  const peer = EVENTS / median(theirs) / 1e6
  const ratio = rate / peer
  if (!Number.isFinite(sum)) throw new Error('nothing was told')
  return Promise.resolve([
    {
      name: 'event bus, 10 listeners',
      measured: rate,
      unit: 'M events/s',
      against: peer,
      ratio,
      limit: '≥ 1.3× EventEmitter',
      ok: ratio >= 1.3,
    },
  ])
}

if (import.meta.main) printRows(await run())
