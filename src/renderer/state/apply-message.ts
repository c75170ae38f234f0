/** Live messages into the replica: a snapshot replaces it, numbered changes go on from it. Pure. */
import type { LiveChange, LiveMessage, LiveState } from '../../contract/live.ts'
import { MOST_ROWS, ROW_KEYS, type LiveReplica, type Rows, type RowTopic } from './live-state.ts'

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }
type AnyRows = Map<string, unknown>

const isRowTopic = (topic: string): topic is RowTopic => topic in ROW_KEYS

/** Newest first on the wire; kept oldest first, so that a new row is a new last entry. */
function rowsOf<Row>(topic: RowTopic, items: readonly Row[] | undefined): Rows<Row> {
  const key = ROW_KEYS[topic] as keyof Row
  return new Map((items ?? []).toReversed().map((item) => [String(item[key]), item]))
}

export function fromSnapshot(replica: LiveReplica, state: LiveState, seq: number): LiveReplica {
  return {
    ...replica,
    seq,
    snapshots: replica.snapshots + 1,
    policy: state.policy ?? null,
    effective: state.effective ?? null,
    status: state.status ?? null,
    account: state.account ?? null,
    usage: state.usage ?? null,
    governor: state.governor ?? null,
    msc: state.msc ?? null,
    health: state.health ?? null,
    positions: rowsOf('positions', state.positions),
    orders: rowsOf('orders', state.orders),
    decisions: rowsOf('decisions', state.decisions),
    trades: rowsOf('trades', state.trades),
    alerts: rowsOf('alerts', state.alerts),
  }
}

/** Rows changed in this frame, copied once. */
class Draft {
  readonly next: Writable<LiveReplica>
  readonly #copied = new Set<RowTopic>()

  constructor(replica: LiveReplica) {
    this.next = { ...replica }
  }

  change({ topic, key, value }: LiveChange): void {
    if (isRowTopic(topic)) this.#setRow(topic, key, value)
    else (this.next as Record<string, unknown>)[topic] = value
  }

  #setRow(topic: RowTopic, key: string, value: unknown): void {
    const rows = this.#rows(topic)
    if (value === null) rows.delete(key)
    else rows.set(key, value)
    if (rows.size <= MOST_ROWS[topic]) return
    const [oldest] = rows.keys()
    if (oldest !== undefined) rows.delete(oldest)
  }

  #rows(topic: RowTopic): AnyRows {
    if (!this.#copied.has(topic)) {
      this.#copied.add(topic)
      ;(this.next as Record<string, unknown>)[topic] = new Map(this.next[topic] as AnyRows)
    }
    return this.next[topic] as AnyRows
  }
}

/** All messages of one frame at once; they must follow each other. */
export function applyMessages(replica: LiveReplica, messages: readonly LiveMessage[], receivedAt: number): LiveReplica {
  let draft = new Draft(replica)
  for (const message of messages) {
    if (message.kind === 'snapshot') draft = new Draft(fromSnapshot(draft.next, message.state, message.seq))
    else for (const change of message.changes) draft.change(change)
    draft.next.seq = message.seq
    draft.next.at = Date.parse(message.at)
    draft.next.receivedAt = receivedAt
    const hasPrices = message.kind === 'snapshot' ? message.state.quotes !== undefined : message.quotes !== null
    if (hasPrices) draft.next.quotesAt = receivedAt
    if (message.kind === 'changes' && message.rankings !== null) draft.next.rankings += 1
  }
  return draft.next
}
