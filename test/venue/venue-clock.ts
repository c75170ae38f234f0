/** The venue's time: any clock of the station, and what its face shows to clients, which may be wrong. */
import type { Cancel, Clock } from '../../src/core/ports/clock.ts'

export class VenueClock implements Clock {
  private readonly inner: Clock
  /** ms by which the face is ahead */
  skewMs = 0

  constructor(inner: Clock) {
    this.inner = inner
  }

  now(): number {
    return this.inner.now()
  }

  at(time: number, wake: () => void): Cancel {
    return this.inner.at(time, wake)
  }

  /** what clients are told and held to */
  shown(): number {
    return this.inner.now() + this.skewMs
  }
}
