/** Whose time rules: a virtual clock that can be paced and ends, or the clock on the wall. */
import { RealClock } from '../adapters/system/real-clock.ts'
import type { VirtualClock } from '../adapters/system/virtual-clock.ts'
import type { HoldableClock } from '../core/ports/clock.ts'
import type { Log } from '../core/ports/log.ts'
import type { Pace } from './front-desk.ts'

export interface Time {
  readonly clock: HoldableClock
  /** null: time is real */
  readonly pace: Pace | null
  /** rejects when time cannot go on */
  run(): Promise<void>
  stop(): void
  /** the source has nothing more to tell */
  rest(isOver: boolean): void
}

export function virtualTime(clock: VirtualClock): Time {
  return {
    clock,
    pace: {
      get speed() {
        return clock.pace.speed
      },
      get paused() {
        return clock.pace.paused
      },
      setSpeed: (speed) => clock.setSpeed(speed),
      setPaused: (paused) => clock.setPaused(paused),
    },
    run: () => clock.run(),
    stop: () => clock.stop(),
    // with nothing left to tell it would race on empty: it stands still for the end, or goes on at the pace of real time
    rest: (isOver) => (isOver ? clock.setPaused(true) : clock.setSpeed(1)),
  }
}

/** One wake that fails does not end the others: it is logged. */
export function realTime(log: Log): Time & { readonly clock: RealClock } {
  const clock = new RealClock((problem) => log.error('wake_failed', { problem: String(problem) }))
  return { clock, pace: null, run: () => Promise.resolve(), stop: () => clock.close(), rest: () => undefined }
}
