/** A client's copy of the live state: takes a snapshot, applies numbered changes, knows when one is missing. */
import { QUOTE_COLUMNS, type LiveMessage, type LiveState, type LiveTopic } from '../../src/contract/live.ts'
import { unpackTable } from '../../src/contract/unpack-table.ts'

const KEYS: Partial<Record<LiveTopic, string>> = {
  positions: 'symbol',
  orders: 'client_order_id',
  decisions: 'id',
  trades: 'id',
  alerts: 'id',
}

export class Replica {
  seq = 0
  snapshots = 0
  state: LiveState = {}
  readonly prices = new Map<string, number>()
  #symbols: string[] = []

  /** false: a message is missing, subscribe again */
  apply(message: LiveMessage): boolean {
    if (message.kind === 'snapshot') {
      this.snapshots++
      this.seq = message.seq
      this.state = structuredClone(message.state)
      this.#symbols = []
      this.#take(message.state.quotes ?? null)
      return true
    }
    if (message.seq !== this.seq + 1) return false
    this.seq = message.seq
    for (const { topic, key, value } of message.changes) this.#set(topic, key, value)
    this.#take(message.quotes)
    return true
  }

  #set(topic: LiveTopic, key: string, value: unknown): void {
    const id = KEYS[topic]
    const state = this.state as Record<string, unknown>
    if (id === undefined) {
      state[topic] = value
      return
    }
    const others = (state[topic] as Record<string, unknown>[]).filter((item) => item[id] !== key)
    state[topic] = value === null ? others : [value, ...others]
  }

  #take(quotes: LiveState['quotes'] | null): void {
    if (!quotes) return
    this.#symbols.push(...quotes.symbols_added)
    const { rows, columns } = unpackTable(quotes, this.#symbols.length, QUOTE_COLUMNS.length)
    const last = columns[QUOTE_COLUMNS.indexOf('last')]
    if (last === null || last === undefined) return
    const told = rows ?? this.#symbols.keys()
    let at = 0
    for (const row of told) {
      const price = typeof last === 'number' ? last : (last[at] ?? Number.NaN)
      this.prices.set(this.#symbols[row] ?? '?', price)
      at++
    }
  }
}
