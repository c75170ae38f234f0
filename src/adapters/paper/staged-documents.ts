/** Changes of the exchange's books that wait for the next transaction of the shelf; of one document only the last one counts. */
import type { PaperDocument, PaperShelf } from '../../core/ports/paper-shelf.ts'
import { document, type DocumentKind } from './documents.ts'

interface Staged {
  readonly kind: DocumentKind
  readonly key: string
  /** null: it goes */
  readonly document: PaperDocument | null
}

export class StagedDocuments {
  private readonly shelf: PaperShelf
  private readonly staged = new Map<string, Staged>()

  constructor(shelf: PaperShelf) {
    this.shelf = shelf
  }

  get isEmpty(): boolean {
    return this.staged.size === 0
  }

  put(kind: DocumentKind, key: string, at: number, content: object): void {
    this.staged.set(`${kind} ${key}`, { kind, key, document: document(kind, key, at, content) })
  }

  remove(kind: DocumentKind, key: string): void {
    this.staged.set(`${kind} ${key}`, { kind, key, document: null })
  }

  /** Throws what the shelf throws; everything then waits for the next time. */
  commit(): void {
    const all = [...this.staged.values()]
    const puts = all.flatMap((each) => each.document ?? [])
    this.shelf.commit(
      puts,
      all.filter((each) => each.document === null).map(({ kind, key }) => ({ kind, key })),
    )
    this.staged.clear()
  }
}
