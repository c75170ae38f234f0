/** Tells people now and then how far the reading of the past is, and how long it may go on. */
import type { PastRead } from './warm-up.ts'

interface Telling {
  /** real time, epoch ms */
  readonly now: () => number
  /** ms between two tellings, and before the first: what is done sooner is not told at all */
  readonly everyMs: number
  /** null: it is done */
  readonly say: (words: string | null) => void
}

export type PastTeller = (read: PastRead) => void

export function pastTeller({ now, everyMs, say }: Telling): PastTeller {
  let beganAt = 0
  let saidAt = 0
  return (read) => {
    const at = now()
    if (read.done === 0) beganAt = saidAt = at
    else if (read.done === read.of) say(null)
    else if (at - saidAt >= everyMs) {
      saidAt = at
      say(wordsOf(read, at - beganAt))
    }
  }
}

const wordsOf = ({ done, of }: PastRead, goneMs: number): string =>
  `reading the past of ${String(of)} symbols: ${String(done)}/${String(of)}, ${leftWords((goneMs / done) * (of - done))}`

const SECOND_MS = 1000
const MINUTE_MS = 60_000
const STEP_SECONDS = 5
/** from here on in minutes */
const MANY_SECONDS_MS = 1.5 * MINUTE_MS

function leftWords(ms: number): string {
  const seconds = Math.ceil(ms / SECOND_MS / STEP_SECONDS) * STEP_SECONDS
  return ms < MANY_SECONDS_MS
    ? `about ${String(seconds)} s left`
    : `about ${String(Math.round(ms / MINUTE_MS))} min left`
}
