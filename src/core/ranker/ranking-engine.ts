/** The socket for whoever keeps the candles of all symbols and ranks them when asked, usually on another thread. */
import type { RankingAnswer, RankingQuestion } from './question.ts'

export interface TimedAnswer extends RankingAnswer {
  /** real ms of work; nothing that is journaled may depend on it */
  readonly tookMs: number
}

export interface RankingEngine {
  /** false: it knows nothing (any more) and must be started and told everything */
  readonly isUp: boolean
  start(): void
  /** New symbols take the next slots, in this order. */
  add(symbols: readonly string[]): void
  /** Closed 1 h candles as `Ranker.feed` takes them; the array is given away. */
  feed(rows: Float64Array<ArrayBuffer>): void
  /** One question at a time; its columns are given away. Rejects when it breaks or stays silent, and then it is not up. */
  answer(question: RankingQuestion): Promise<TimedAnswer>
  close(): void
}
