/** User-data events on their way to whoever listens with a valid key, and what faults do to them there. */
import type { Exchange } from '../exchange.ts'
import type { UserEvent } from './user-events.ts'

/** A socket that listens with a key. */
export interface Listener {
  readonly listenKey: string
  send(text: string): void
}

export class UserStream {
  private readonly exchange: Exchange
  private readonly listeners = new Set<Listener>()
  /** everything told, for the books of the control path; the last ones */
  readonly told: UserEvent[] = []
  /** an event that waits for the next one to overtake it */
  private held: UserEvent | null = null

  constructor(exchange: Exchange) {
    this.exchange = exchange
  }

  add(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Events that belong together, in the order of the exchange. */
  tell(events: readonly UserEvent[]): void {
    for (const event of this.distorted(events)) this.deliver(event)
  }

  /** The key is told to be dead; the socket stays open and silent. */
  keyExpired(listenKey: string): void {
    const event = { e: 'listenKeyExpired', E: String(this.exchange.clock.shown()), listenKey }
    for (const listener of this.listeners) {
      if (listener.listenKey === listenKey) listener.send(JSON.stringify(event))
    }
    this.listeners.forEach((listener) => {
      if (listener.listenKey === listenKey) this.listeners.delete(listener)
    })
  }

  private deliver(event: UserEvent): void {
    const { faults, clock } = this.exchange
    const delayMs = faults.eventDelay(event)
    if (delayMs > 0) clock.at(clock.now() + delayMs, () => this.send(event))
    else this.send(event)
  }

  private send(event: UserEvent): void {
    this.told.push(event)
    if (this.told.length > 2 * KEPT) this.told.splice(0, this.told.length - KEPT)
    if (this.exchange.isOut || this.listeners.size === 0) return
    const text = JSON.stringify(event)
    for (const listener of this.listeners) {
      if (this.exchange.listenKeys.isActive(listener.listenKey)) listener.send(text)
    }
  }

  /** Lost, told twice, or overtaken by the next. */
  private distorted(events: readonly UserEvent[]): UserEvent[] {
    const { faults } = this.exchange
    const told: UserEvent[] = []
    for (const event of events) {
      if (faults.losesEvent(event)) continue
      const waiting = this.held
      this.held = null
      if (waiting === null && faults.swapsEvent(event)) this.held = event
      else told.push(event, ...(waiting === null ? [] : [waiting]))
      if (faults.doublesEvent(event)) told.push(event)
    }
    return told
  }
}

const KEPT = 2000
