/** What lies between a station and its venue: sockets of this machine, or something shorter. */
import type { Answering } from '../venue/doors.ts'
import type { RunningVenue } from '../venue/start-venue.ts'

export interface Line {
  /** For `startVenue`: the far end of requests. */
  readonly answering: (answer: Answering) => Answering
  /** turns of the event loop, and ms of the wall, after which whoever still waits does so for the clock */
  readonly patience: { readonly turns: number; readonly ms: number }
  /** something is under way that needs no time to go by */
  readonly isBusy: boolean
  watch(venue: RunningVenue): void
  /** Waits until nothing is under way. */
  quiet(): Promise<void>
  /** The computer sleeps: nothing more is heard of what is connected now, not even that it ends. */
  freeze(): void
  thaw(): void
  /** Everybody at the near end is gone: what they asked is never heard by them. */
  cutOff(): void
  leave(): void
}
