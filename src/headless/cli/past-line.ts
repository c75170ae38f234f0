/** What a start shows while it reads the past: one line that changes on a terminal, a line now and then in a pipe. */
import { pastTeller, type PastTeller } from '../../station/past-teller.ts'

interface Out {
  readonly isTTY?: boolean
  write(text: string): unknown
}

const TERMINAL_EVERY_MS = 500
const PIPE_EVERY_MS = 10_000
/** to the line above, and nothing left in it */
const LINE_BACK = '\u{1B}[1A\r\u{1B}[2K'

export function pastLine(out: Out, now: () => number): PastTeller {
  const isTerminal = out.isTTY === true
  let isSaid = false
  return pastTeller({
    now,
    everyMs: isTerminal ? TERMINAL_EVERY_MS : PIPE_EVERY_MS,
    say: (words) => {
      // each is a whole line: what is written after one that broke off stands below it
      const before = isTerminal && isSaid ? LINE_BACK : ''
      out.write(`${before}${words === null ? '' : `${words}\n`}`)
      isSaid = words !== null
    },
  })
}
