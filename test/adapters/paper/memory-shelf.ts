/** A paper shelf in memory, as durable as the test wants: it outlives the exchange. */
import type { PaperDocument, PaperShelf } from '../../../src/core/ports/paper-shelf.ts'

export class MemoryShelf implements PaperShelf {
  commits = 0
  private readonly kinds = new Map<string, Map<string, PaperDocument>>()

  load(kind: string): readonly PaperDocument[] {
    const rows = [...(this.kinds.get(kind)?.values() ?? [])]
    return rows.sort((one, other) => one.at - other.at || (one.key < other.key ? -1 : 1))
  }

  find(kind: string, key: string): PaperDocument | null {
    return this.kinds.get(kind)?.get(key) ?? null
  }

  since(kind: string, at: number): readonly PaperDocument[] {
    return this.load(kind).filter((row) => row.at > at)
  }

  commit(puts: readonly PaperDocument[], removals: readonly { readonly kind: string; readonly key: string }[]): void {
    this.commits++
    for (const { kind, key } of removals) this.kinds.get(kind)?.delete(key)
    for (const row of puts) {
      const rows = this.kinds.get(row.kind) ?? new Map<string, PaperDocument>()
      this.kinds.set(row.kind, rows.set(row.key, row))
    }
  }

  /** Everything it holds, in one comparable text. */
  dump(): string {
    const kinds = [...this.kinds.keys()].sort()
    return JSON.stringify(kinds.map((kind) => [kind, this.load(kind)]))
  }

  copy(): MemoryShelf {
    const copy = new MemoryShelf()
    for (const kind of this.kinds.keys()) copy.commit(this.load(kind), [])
    return copy
  }
}
