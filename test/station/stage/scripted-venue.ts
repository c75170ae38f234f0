/** A venue that does nothing by itself: it notes what it is told, and the story says what it reports. */
import type { ClientOrderId } from '../../../src/core/model/ids.ts'
import type { OrderRequest } from '../../../src/core/model/order.ts'
import type { Venue } from '../../../src/core/ports/venue.ts'

export type Call =
  | { readonly kind: 'submit'; readonly at: number; readonly request: OrderRequest }
  | { readonly kind: 'cancel' | 'ask'; readonly at: number; readonly id: ClientOrderId }
  | { readonly kind: 'countdown'; readonly at: number; readonly symbol: string; readonly ms: number }
  | { readonly kind: 'askSnapshot'; readonly at: number; readonly since: number; readonly isAwaited: boolean }

export class ScriptedVenue implements Pick<Venue, 'submit' | 'cancel' | 'ask' | 'askSnapshot'> {
  readonly calls: Call[] = []
  readonly #now: () => number
  /** looked at whenever an order is sent */
  countdown?: (symbol: string, ms: number) => void
  onSubmit: (request: OrderRequest) => void = () => undefined

  constructor(now: () => number) {
    this.#now = now
  }

  submit(request: OrderRequest): void {
    this.onSubmit(request)
    this.calls.push({ kind: 'submit', at: this.#now(), request })
  }

  cancel(_symbol: string, id: ClientOrderId): void {
    this.calls.push({ kind: 'cancel', at: this.#now(), id })
  }

  ask(_symbol: string, id: ClientOrderId): void {
    this.calls.push({ kind: 'ask', at: this.#now(), id })
  }

  /** From now on it has a dead man's switch. */
  withCountdown(): void {
    this.countdown = (symbol, ms) => this.calls.push({ kind: 'countdown', at: this.#now(), symbol, ms })
  }

  get countdowns(): readonly { readonly at: number; readonly symbol: string; readonly ms: number }[] {
    return this.calls.flatMap((call) => (call.kind === 'countdown' ? [call] : []))
  }

  askSnapshot(since: number, isAwaited = false): void {
    this.calls.push({ kind: 'askSnapshot', at: this.#now(), since, isAwaited })
  }

  get submitted(): readonly OrderRequest[] {
    return this.calls.flatMap((call) => (call.kind === 'submit' ? [call.request] : []))
  }

  get cancelled(): readonly ClientOrderId[] {
    return this.calls.flatMap((call) => (call.kind === 'cancel' ? [call.id] : []))
  }

  get asked(): readonly ClientOrderId[] {
    return this.calls.flatMap((call) => (call.kind === 'ask' ? [call.id] : []))
  }

  get snapshots(): number {
    return this.calls.filter((call) => call.kind === 'askSnapshot').length
  }
}
