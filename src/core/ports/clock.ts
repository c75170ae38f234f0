/** Time as the station knows it; real or virtual. */
export type Cancel = () => void

export interface Clock {
  /** epoch ms */
  now(): number
  /** Wakes once when the clock reaches `time` (at once if it has passed), in order of time, then of asking. */
  at(time: number, wake: () => void): Cancel
}

export interface HoldableClock extends Clock {
  /** Virtual time does not reach `time` before the answer lets go: work goes on elsewhere. Real time cannot be held. */
  holdAt(time: number): Cancel
}
