/** Fills the bars of one symbol and interval from the station and keeps them going with its prices. */
import { useEffect, useState } from 'react'

import { station } from '../../../link/client.ts'
import { faultSentence } from '../../../link/fault-sentence.ts'
import { live, quotes, useLive } from '../../../state/live.ts'
import { BarBook } from './bar-book.ts'
import { barsOf, formedBar, openOf, type Bar } from './bars.ts'
import { PARTS_OF, STEP_MS, type ChartInterval } from './intervals.ts'

const FIRST_BARS = 1500
const LOOK_EVERY_MS = 1000
/** bars that are being formed are put right this often, in looks */
const PUT_RIGHT_EVERY = 5

export interface BarsAsked {
  /** null: not read yet */
  readonly book: BarBook | null
  readonly fault: string | null
  readonly retry: () => void
}

/** Asked anew after each snapshot; what is drawn stays until the new bars have come. */
export function useBarBook(symbol: string, interval: ChartInterval): BarsAsked {
  const snapshots = useLive((replica) => replica.snapshots)
  const [round, setRound] = useState(0)
  const [told, setTold] = useState<{ of: string; book: BarBook | null; fault: string | null } | null>(null)
  const of = `${symbol} ${interval}`
  useEffect(() => {
    if (snapshots === 0) return
    const controller = new AbortController()
    const book = new BarBook(STEP_MS[interval])
    const read = async (limit: number): Promise<void> => {
      try {
        await readBars(book, { symbol, interval, limit, signal: controller.signal })
        if (!controller.signal.aborted) setTold({ of, book, fault: null })
      } catch (problem) {
        const fault = faultSentence(problem)
        if (!controller.signal.aborted) setTold({ of, book: book.bars.length === 0 ? null : book, fault })
      }
    }
    const stop = keepGoing(book, symbol, read)
    return () => {
      controller.abort()
      stop()
    }
  }, [symbol, interval, of, snapshots, round])
  const isTold = told !== null && told.of === of
  return {
    book: isTold ? told.book : null,
    fault: isTold && told.book === null ? told.fault : null,
    retry: () => setRound(round + 1),
  }
}

/** Prices go straight in; closed bars are asked for when one must have closed. */
function keepGoing(book: BarBook, symbol: string, read: (limit: number) => Promise<void>): () => void {
  let isReading = false
  let looks = 0
  const look = async (limit: number): Promise<void> => {
    isReading = true
    await read(limit)
    isReading = false
  }
  void look(FIRST_BARS)
  const stopTicks = quotes.onQuote(symbol, () => {
    const quote = quotes.of(symbol)
    if (quote !== null) book.tick(quote.at, quote.last)
  })
  const timer = setInterval(() => {
    if (isReading || live.getState().link.phase !== 'live') return
    const behind = Math.floor(((quotes.of(symbol)?.at ?? 0) - book.closedOpen) / book.stepMs)
    if (behind < 2 && ++looks % PUT_RIGHT_EVERY !== 0) return
    void look(Number.isFinite(behind) ? Math.min(Math.max(behind, 1) + 1, FIRST_BARS) : FIRST_BARS)
  }, LOOK_EVERY_MS)
  return () => {
    clearInterval(timer)
    stopTicks()
  }
}

interface Asked {
  readonly symbol: string
  readonly interval: ChartInterval
  readonly limit: number
  readonly signal: AbortSignal
}

async function readBars(book: BarBook, { symbol, interval, limit, signal }: Asked): Promise<void> {
  const ask = async (interval: ChartInterval, limit: number): Promise<Bar[]> =>
    barsOf((await station.market.candles({ symbol, interval, limit }, { signal })).columns)
  const stepMs = STEP_MS[interval]
  const closed = await ask(interval, limit)
  const now = quotes.of(symbol)?.at ?? 0
  const openMs = Math.max(openOf(now, stepMs), (closed.at(-1)?.openMs ?? -Infinity) + stepMs)
  const parts: Bar[] = []
  let from = openMs
  for (const part of PARTS_OF[interval]) {
    const most = Math.floor((now - from) / STEP_MS[part])
    if (most < 1) continue
    const some = (await ask(part, most)).filter((bar) => bar.openMs >= from)
    parts.push(...some)
    from = (some.at(-1)?.openMs ?? from - STEP_MS[part]) + STEP_MS[part]
  }
  book.take(closed, formedBar(openMs, parts))
}
