/** Where rankings are kept: every one of the last day, one an hour of the last week. */
export interface RankingRow {
  readonly symbol: string
  readonly score: number
  /** in the order of the ranker's components */
  readonly components: readonly number[]
}

export interface RankingShelf {
  /** epoch ms of the newest ranking; null: none is kept */
  readonly lastAt: number | null
  /** Stores a ranking, or a part of one, and lets a few go that are too old to keep. Throws when it could not be written. */
  put(at: number, rows: readonly RankingRow[]): void
  /** Scores of a symbol from `from` to `to` (epoch ms, both included), oldest first. */
  history(symbol: string, from: number, to: number): readonly { readonly at: number; readonly score: number }[]
}
