/** Hands closed 1 h candles to the ranking engine, in batches that change hands: a candle costs six numbers and no garbage. */
import type { Candle } from '../core/model/market.ts'
import { CANDLE_FIELDS } from '../core/ranker/question.ts'
import type { RankingEngine } from '../core/ranker/ranking-engine.ts'
import type { MarketBoard } from './market-board.ts'

/** candles of one batch */
const BATCH = 4_096

export class RankingCandles {
  readonly #engine: RankingEngine
  readonly #slots = new Map<string, number>()
  /** symbols that the engine has not been told */
  #untold: string[] = []
  /** candles told, by slot */
  #bars: number[] = []
  #rows = new Float64Array(BATCH * CANDLE_FIELDS)
  #count = 0

  constructor(engine: RankingEngine) {
    this.#engine = engine
  }

  /** Symbols by slot. */
  get symbols(): readonly string[] {
    return [...this.#slots.keys()]
  }

  /** candles of the symbol that has had most of them */
  get mostBars(): number {
    return this.#bars.reduce((most, bars) => Math.max(most, bars), 0)
  }

  /** A symbol keeps its slot for good. */
  slotOf(symbol: string): number {
    const known = this.#slots.get(symbol)
    if (known !== undefined) return known
    const slot = this.#slots.size
    this.#slots.set(symbol, slot)
    this.#untold.push(symbol)
    return slot
  }

  add({ symbol, openAt, open, high, low, close }: Candle): void {
    const slot = this.slotOf(symbol)
    const rows = this.#rows
    let at = this.#count * CANDLE_FIELDS
    rows[at++] = slot
    rows[at++] = openAt
    rows[at++] = open
    rows[at++] = high
    rows[at++] = low
    rows[at] = close
    this.#count += 1
    this.#bars[slot] = (this.#bars[slot] ?? 0) + 1
    if (this.#count === BATCH) this.flush()
  }

  /** Everything the engine has not been told yet; what it cannot take now is told again from the board later. */
  flush(): void {
    if (this.#untold.length > 0) {
      this.#engine.add(this.#untold)
      this.#untold = []
    }
    if (this.#count === 0) return
    this.#engine.feed(this.#rows.slice(0, this.#count * CANDLE_FIELDS))
    this.#count = 0
  }

  /** To an engine that has lost everything: the candles that are kept. */
  retell(market: MarketBoard): void {
    this.#untold = [...this.#slots.keys()]
    this.#bars = []
    this.#count = 0
    for (const symbol of this.#slots.keys())
      for (const candle of market.candles(symbol, '1h', Infinity)) this.add(candle)
    this.flush()
  }
}
