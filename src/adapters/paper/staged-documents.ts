/** Changes of the exchange's books that wait for the next transaction of the shelf. */
import type { PaperDocument, PaperShelf } from '../../core/ports/paper-shelf.ts'
import { document, type DocumentKind } from './documents.ts'

export class StagedDocuments {
  private readonly shelf: PaperShelf
  private puts: PaperDocument[] = []
  private removals: { readonly kind: DocumentKind; readonly key: string }[] = []

  constructor(shelf: PaperShelf) {
    this.shelf = shelf
  }

  get isEmpty(): boolean {
    return this.puts.length === 0 && this.removals.length === 0
  }

  put(kind: DocumentKind, key: string, at: number, content: object): void {
    this.puts.push(document(kind, key, at, content))
  }

  remove(kind: DocumentKind, key: string): void {
    this.removals.push({ kind, key })
  }

  commit(): void {
    this.shelf.commit(this.puts, this.removals)
    this.puts = []
    this.removals = []
  }
}
