/** Where the paper exchange keeps its own books, apart from the station's journal: documents by kind and key. */
export interface PaperDocument {
  readonly kind: string
  readonly key: string
  /** epoch ms, for `since` */
  readonly at: number
  readonly value: string
}

export interface PaperShelf {
  /** every document of a kind, in order of (at, key) */
  load(kind: string): readonly PaperDocument[]
  find(kind: string, key: string): PaperDocument | null
  /** documents of a kind later than `at`, in order of (at, key) */
  since(kind: string, at: number): readonly PaperDocument[]
  /** one transaction; survives kill -9 when it returns */
  commit(puts: readonly PaperDocument[], removals: readonly { readonly kind: string; readonly key: string }[]): void
}
