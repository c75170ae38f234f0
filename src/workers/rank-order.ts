/** What the station's thread tells the ranking thread, and what comes back. */
import type { RankingAnswer, RankingQuestion } from '../core/ranker/question.ts'
import type { TimedAnswer } from '../core/ranker/ranking-engine.ts'

export type RankOrder =
  | { readonly kind: 'add'; readonly symbols: readonly string[] }
  | { readonly kind: 'feed'; readonly rows: Float64Array<ArrayBuffer> }
  | { readonly kind: 'answer'; readonly id: number; readonly question: RankingQuestion }

export interface RankReply {
  readonly id: number
  readonly answer: TimedAnswer
}

/** Everything in typed arrays changes hands instead of being copied. */
export const buffersOf = (columns: RankingQuestion | RankingAnswer): ArrayBuffer[] =>
  Object.values(columns).flatMap((value: unknown) => (ArrayBuffer.isView(value) ? [value.buffer as ArrayBuffer] : []))
