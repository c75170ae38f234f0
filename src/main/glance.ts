/** What tray, title and notices show of the station: a few topics of its live state, kept up to date over one line. */
import { setTimeout } from 'node:timers/promises'

import type { Alert } from '../contract/events.ts'
import type { LiveMessage, LiveTopic } from '../contract/live.ts'
import type { PolicyDocument } from '../contract/policy-shapes.ts'
import type { StationStatus } from '../contract/station-shapes.ts'
import type { Account, Position } from '../contract/trading-shapes.ts'
import type { StationHost, StationLine } from './station-host.ts'

export interface Glance {
  /** false: everything else is as it last was */
  readonly isThere: boolean
  readonly status: StationStatus | null
  readonly policy: PolicyDocument | null
  readonly account: Account | null
  readonly positions: ReadonlyMap<string, Position>
}

const NOTHING: Glance = { isThere: false, status: null, policy: null, account: null, positions: new Map() }

const TOPICS: LiveTopic[] = ['status', 'policy', 'account', 'positions', 'alerts']
/** ms between two tries to reach a station that is gone, and between two looks at the profit of what is open */
const RETRY_MS = 2000
const LOOK_MS = 2000

export interface GlanceListeners {
  readonly changed: (glance: Glance) => void
  /** once per alert; those that were there at the start are not told */
  readonly alerted: (alert: Alert) => void
}

export class GlanceKeeper {
  readonly #host: StationHost
  readonly #listeners: GlanceListeners
  #glance = NOTHING
  #known: Set<string> | null = null
  #line: StationLine | null = null
  readonly #stop = new AbortController()
  #timer: NodeJS.Timeout | null = null

  constructor(host: StationHost, listeners: GlanceListeners) {
    this.#host = host
    this.#listeners = listeners
  }

  get #stopped(): AbortSignal {
    return this.#stop.signal
  }

  get now(): Glance {
    return this.#glance
  }

  /** Follows the station until `stop`, over a fresh line whenever one breaks. */
  async start(): Promise<void> {
    this.#timer = setInterval(() => void this.#look(), LOOK_MS)
    this.#timer.unref()
    while (!this.#stopped.aborted) {
      this.#line = this.#host.openLine()
      await this.#follow(this.#line).catch(() => {})
      this.#line.close()
      this.#line = null
      this.#set({ isThere: false })
      await setTimeout(RETRY_MS, null, { ref: false, signal: this.#stopped }).catch(() => {})
    }
  }

  /** The station ends what its own line follows; the wire to one elsewhere is cut here. */
  stop(): void {
    this.#stop.abort()
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#line?.close()
  }

  async #follow({ client }: StationLine): Promise<void> {
    let seq: number | null = null
    for await (const message of await client.station.watch({ topics: TOPICS })) {
      if (message.kind === 'changes' && message.seq !== (seq ?? 0) + 1) return
      seq = message.seq
      this.#apply(message)
    }
  }

  /** Profit of what is open moves with every price, the account's topic does not: so it is asked for. */
  async #look(): Promise<void> {
    if (this.#line === null || this.#glance.positions.size === 0) return
    const answer = await this.#line.client.account.get().catch(() => null)
    if (answer?.account) this.#set({ account: answer.account })
  }

  #apply(message: LiveMessage): void {
    if (message.kind === 'snapshot') {
      const { status = null, policy = null, account = null, positions = [], alerts = [] } = message.state
      this.#set({ isThere: true, status, policy, account, positions: new Map(positions.map((p) => [p.symbol, p])) })
      this.#alert(alerts)
      return
    }
    const positions = new Map(this.#glance.positions)
    const news: { status?: StationStatus; policy?: PolicyDocument; account?: Account | null } = {}
    const alerts: Alert[] = []
    for (const change of message.changes) {
      if (change.topic === 'status') news.status = change.value
      if (change.topic === 'policy') news.policy = change.value
      if (change.topic === 'account') news.account = change.value
      if (change.topic === 'alerts' && change.value !== null) alerts.push(change.value)
      if (change.topic !== 'positions') continue
      if (change.value === null) positions.delete(change.key)
      else positions.set(change.key, change.value)
    }
    this.#set({ ...news, positions })
    this.#alert(alerts)
  }

  #alert(alerts: readonly Alert[]): void {
    const isFirst = this.#known === null
    const known = (this.#known ??= new Set())
    for (const alert of alerts) {
      if (known.has(alert.id)) continue
      known.add(alert.id)
      if (!isFirst) this.#listeners.alerted(alert)
    }
  }

  #set(news: Partial<Glance>): void {
    if (this.#stopped.aborted) return
    this.#glance = { ...this.#glance, ...news }
    this.#listeners.changed(this.#glance)
  }
}
