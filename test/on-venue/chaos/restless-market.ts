/** Prices that a seed moves, fast enough to reach stops: a walk with clusters, jumps and quiet spells. */
import { gaussian } from '../../fixtures/candles.ts'
import type { ManualSymbol } from '../../venue/market/manual-source.ts'
import type { RunningVenue } from '../../venue/start-venue.ts'
import { TEST_INSTRUMENT } from '../../venue/test-symbols.ts'

const LISTED = [
  { symbol: 'ALPHAUSDT', baseAsset: 'ALPHA', tickSize: '0.01', stepSize: '0.001', minQuantity: '0.001', price: 100 },
  { symbol: 'BRAVOUSDT', baseAsset: 'BRAVO', tickSize: '0.1', stepSize: '0.001', minQuantity: '0.001', price: 2000 },
  { symbol: 'CROWNUSDT', baseAsset: 'CROWN', tickSize: '0.0001', stepSize: '1', minQuantity: '1', price: 0.5 },
  { symbol: 'DELTAUSDT', baseAsset: 'DELTA', tickSize: '0.001', stepSize: '0.1', minQuantity: '0.1', price: 7 },
] as const

export const RESTLESS_SYMBOLS: readonly ManualSymbol[] = LISTED.map(({ price, ...rules }) => ({
  instrument: { ...TEST_INSTRUMENT, ...rules },
  price,
}))

export class RestlessMarket {
  readonly #venue: RunningVenue
  readonly #random: () => number
  readonly #prices: Map<string, { price: number; readonly first: number; readonly decimals: number; heat: number }>

  constructor(venue: RunningVenue, random: () => number) {
    this.#venue = venue
    this.#random = random
    this.#prices = new Map(
      RESTLESS_SYMBOLS.map(({ instrument: { symbol, tickSize }, price }) => [
        symbol,
        { price, first: price, decimals: tickSize.split('.')[1]?.length ?? 0, heat: 1 },
      ]),
    )
  }

  get symbols(): readonly string[] {
    return [...this.#prices.keys()]
  }

  /** One step of every symbol. `sigma`: of one step, fraction. */
  step(sigma: number, move = (symbol: string, price: number): void => this.#venue.moveTo(symbol, price)): void {
    for (const [symbol, state] of this.#prices) {
      state.heat = Math.min(4, Math.max(0.25, state.heat * Math.exp(0.1 * gaussian(this.#random))))
      const jump = this.#random() < 0.002 ? 6 : 1
      const back = 0.002 * Math.log(state.first / state.price)
      state.price *= Math.exp(back + sigma * state.heat * jump * gaussian(this.#random))
      move(symbol, Number(state.price.toFixed(state.decimals)))
    }
  }
}
