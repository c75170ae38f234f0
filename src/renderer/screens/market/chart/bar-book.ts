/** The bars of one symbol and interval: closed ones as the station tells them, the last one growing with each price. */
import { joinedBars, tickedBar, type Bar } from './bars.ts'

/** `whole`: draw anew; `tail`: only bars from `from` (epoch ms) on are new. */
export type BarChange = { readonly kind: 'whole' } | { readonly kind: 'tail'; readonly from: number }
type Listener = (change: BarChange) => void

export class BarBook {
  readonly stepMs: number
  #bars: readonly Bar[] = []
  /** beginning of the last bar that the station has told as closed */
  #closedOpen = -Infinity
  readonly #listeners = new Set<Listener>()

  constructor(stepMs: number) {
    this.stepMs = stepMs
  }

  /** oldest first, the last one still being formed */
  get bars(): readonly Bar[] {
    return this.#bars
  }

  get closedOpen(): number {
    return this.#closedOpen
  }

  /** Closed bars, oldest first, and what is known of the one after them. */
  take(closed: readonly Bar[], forming: Bar | null): void {
    const first = closed[0]?.openMs ?? forming?.openMs
    if (first === undefined) return
    const isFirst = this.#bars.length === 0
    this.#closedOpen = Math.max(this.#closedOpen, closed.at(-1)?.openMs ?? -Infinity)
    this.#bars = this.#withForming(joinedBars(this.#bars, closed), forming)
    this.#tell(isFirst ? { kind: 'whole' } : { kind: 'tail', from: first })
  }

  tick(at: number, price: number): void {
    const last = this.#bars.at(-1) ?? null
    if (last === null || !(price > 0)) return
    const next = tickedBar(last, at, price, this.stepMs)
    if (next === null || (next.openMs === last.openMs && last.openMs <= this.#closedOpen)) return
    this.#bars = next.openMs === last.openMs ? [...this.#bars.slice(0, -1), next] : [...this.#bars, next]
    this.#tell({ kind: 'tail', from: next.openMs })
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What prices have shown meanwhile is kept: parts that are told later only widen the bar. */
  #withForming(bars: readonly Bar[], forming: Bar | null): readonly Bar[] {
    const known = bars.at(-1)
    if (forming === null || forming.openMs <= this.#closedOpen) return bars
    if (known === undefined || known.openMs < forming.openMs) return [...bars, forming]
    if (known.openMs > forming.openMs) return bars
    const { high, low, close } = known
    const wider = { ...forming, high: Math.max(high, forming.high), low: Math.min(low, forming.low), close }
    return [...bars.slice(0, -1), wider]
  }

  #tell(change: BarChange): void {
    for (const listener of this.#listeners) listener(change)
  }
}
