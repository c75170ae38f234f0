/**
 * Keeps resting entries under the venue's own dead man's switch (SPEC §9): should this station fall silent, the venue
 * cancels them by itself. It knows regular orders only, so stops and targets, which are conditional, go on standing.
 */
import type { Order } from '../core/model/order.ts'
import type { Cancel } from '../core/ports/clock.ts'
import type { ExecutorDeps } from './executor-deps.ts'

interface SwitchDeps extends Pick<ExecutorDeps, 'venue' | 'clock' | 'settings'> {
  /** entries that may still rest */
  readonly resting: () => readonly Order[]
  /** somebody else's order is on the symbol: it would be cancelled with ours */
  readonly isShared: (symbol: string) => boolean
}

export class DeadMansSwitch {
  readonly #deps: SwitchDeps
  /** symbols under it */
  #armed: ReadonlySet<string> = new Set()
  #timer: Cancel | null = null
  #renewedAt: number | null = null
  #isUp = true

  constructor(deps: SwitchDeps) {
    this.#deps = deps
  }

  /** For people: which symbols are under it, and when it was last wound up (epoch ms). */
  get view(): {
    readonly state: 'absent' | 'idle' | 'armed'
    readonly symbols: readonly string[]
    readonly renewedAt: number | null
  } {
    const symbols = [...this.#armed]
    const state = this.#hasOne ? (symbols.length > 0 ? 'armed' : 'idle') : 'absent'
    return { state, symbols, renewedAt: this.#renewedAt }
  }

  /** Entries came or went: new ones come under it, where none rests any more it lets go. */
  look(): void {
    if (!this.#hasOne || !this.#isUp) return
    const wanted = this.#wanted()
    for (const symbol of wanted) if (!this.#armed.has(symbol)) this.#hold(symbol)
    for (const symbol of this.#armed) if (!wanted.has(symbol)) this.#deps.venue.countdown?.(symbol, 0)
    this.#armed = wanted
    if (wanted.size > 0) this.#renewLater()
    else this.#stop()
  }

  /** Without a link it runs down, as it should; with the link it is wound up again. */
  connection(isUp: boolean): void {
    this.#isUp = isUp
    if (!isUp) {
      this.#stop()
      return
    }
    const before = this.#armed
    this.#armed = new Set()
    this.look()
    for (const symbol of before) if (!this.#armed.has(symbol)) this.#deps.venue.countdown?.(symbol, 0)
  }

  get #hasOne(): boolean {
    return this.#deps.venue.countdown !== undefined && this.#deps.settings.deadManMs > 0
  }

  #wanted(): ReadonlySet<string> {
    const rests = this.#deps.resting().filter(({ timeInForce }) => timeInForce !== 'IOC' && timeInForce !== 'FOK')
    return new Set(rests.map(({ symbol }) => symbol).filter((symbol) => !this.#deps.isShared(symbol)))
  }

  #hold(symbol: string): void {
    const { clock, settings, venue } = this.#deps
    this.#renewedAt = clock.now()
    venue.countdown?.(symbol, settings.deadManMs)
  }

  #renewLater(): void {
    const { clock, settings } = this.#deps
    this.#timer ??= clock.at(clock.now() + settings.deadManRenewMs, () => {
      this.#timer = null
      for (const symbol of this.#armed) this.#hold(symbol)
      this.look()
    })
  }

  #stop(): void {
    this.#timer?.()
    this.#timer = null
  }
}
