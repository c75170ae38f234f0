/** The opportunity ranker (SPEC §7): fed with closed 1 h candles, it measures and orders all symbols when asked. */
import { type Regime, REGIMES } from '../model/regime.ts'
import { BarColumns } from './bar-columns.ts'
import { RANKER_COMPONENTS } from './component.ts'
import { lowNoise, trendStrength, volatilityQuality } from './of-bars.ts'
import { costToHold, liquidity, regimeFit, spreadQuality } from './of-market.ts'
import { bestFirst, placesOf, scoresOf } from './order.ts'
import { CANDLE_FIELDS, type RankingAnswer, type RankingQuestion, type Skip, SKIPS } from './question.ts'
import { RANKER_SETTINGS, type RankerSettings } from './settings.ts'

const HOUR_MS = 3_600_000
/** by the number of a question, from −1 on: looking up a negative index would be slow */
const OWN_REGIMES: readonly (Regime | null)[] = [null, ...REGIMES]

const skipNumber = (skip: Skip): number => SKIPS.indexOf(skip)

/** A NaN anywhere makes one of these false. */
function isSane(rows: Float64Array, at: number): boolean {
  const open = rows[at + 2]!
  const high = rows[at + 3]!
  const low = rows[at + 4]!
  const close = rows[at + 5]!
  return low > 0 && high < Infinity && low <= open && low <= close && high >= open && high >= close
}

export class Ranker {
  readonly #settings: RankerSettings
  readonly #columns: BarColumns
  readonly #symbols: string[] = []
  #places: Uint32Array = new Uint32Array(0)
  /** slots whose last candle was refused */
  readonly #refused = new Set<number>()

  constructor(settings: RankerSettings = RANKER_SETTINGS) {
    this.#settings = settings
    this.#columns = new BarColumns(settings)
  }

  /** New symbols take the next slots, in this order. */
  add(symbols: readonly string[]): void {
    this.#symbols.push(...symbols)
    this.#columns.reserve(this.#symbols.length)
    this.#places = placesOf(this.#symbols)
  }

  /** Closed 1 h candles, CANDLE_FIELDS numbers each; one that is not later than the last of its symbol is ignored. */
  feed(rows: Float64Array): void {
    const count = rows.length / CANDLE_FIELDS
    let from = 0
    let slot = -1
    let openAt = 0
    for (let row = 0; row < count; row++) {
      const own = rows[row * CANDLE_FIELDS]!
      if (own !== slot) {
        this.#load(rows, from, row)
        from = row
        slot = own
        openAt = this.#columns.openAt[slot]!
      }
      const isNext = rows[row * CANDLE_FIELDS + 1]! > openAt
      if (isNext && isSane(rows, row * CANDLE_FIELDS)) {
        openAt = rows[row * CANDLE_FIELDS + 1]!
        continue
      }
      this.#load(rows, from, row)
      from = row + 1
      if (isNext || Number.isNaN(rows[row * CANDLE_FIELDS + 1])) this.#refused.add(slot)
    }
    this.#load(rows, from, count)
  }

  answer(question: RankingQuestion): RankingAnswer {
    const count = this.#symbols.length
    const components = new Float64Array(RANKER_COMPONENTS.length * count).fill(NaN)
    const skips = new Uint8Array(count)
    for (let slot = 0; slot < count; slot++) {
      if (question.isAsked[slot] !== 1) continue
      const skip = this.#skipOf(slot, question)
      if (skip === 'none') this.#measure(slot, question, components)
      else skips[slot] = skipNumber(skip)
    }
    const scores = scoresOf(components, question.weights)
    for (let slot = 0; slot < count; slot++) {
      if (question.isAsked[slot] !== 1 || skips[slot] !== 0 || Number.isFinite(scores[slot])) continue
      scores[slot] = NaN
      skips[slot] = skipNumber('not_finite')
    }
    const { bars, openAt } = this.#columns
    const order = bestFirst(scores, this.#places)
    return { components, scores, order, skips, bars: bars.slice(0, count), openAt: openAt.slice(0, count) }
  }

  #load(rows: Float64Array, from: number, to: number): void {
    if (from === to) return
    if (this.#refused.size > 0) this.#refused.delete(rows[from * CANDLE_FIELDS]!)
    this.#columns.load(rows, from, to)
  }

  #skipOf(slot: number, { at, quoteVolume24h, spread }: RankingQuestion): Skip {
    if (this.#refused.has(slot)) return 'bad_candle'
    if (this.#columns.bars[slot]! < this.#settings.minBars) return 'too_few_bars'
    if (at - this.#columns.openAt[slot]! - HOUR_MS > this.#settings.maxBarAgeMs) return 'bars_too_old'
    return Number.isNaN(quoteVolume24h[slot]! + spread[slot]!) ? 'no_market' : 'none'
  }

  /** In the order of RANKER_COMPONENTS. */
  #measure(slot: number, question: RankingQuestion, components: Float64Array): void {
    const columns = this.#columns
    const settings = this.#settings
    const count = this.#symbols.length
    const volume = question.quoteVolume24h[slot]!
    const spread = question.spread[slot]!
    components[slot] = trendStrength(columns, slot, settings)
    components[count + slot] = volatilityQuality(columns, slot, settings)
    components[2 * count + slot] = liquidity(volume, settings)
    components[3 * count + slot] = regimeFit(
      question.globalRegime,
      OWN_REGIMES[question.regime[slot]! + 1] ?? null,
      settings,
    )
    components[4 * count + slot] = question.winRate[slot]!
    components[5 * count + slot] = spreadQuality(spread, settings)
    components[6 * count + slot] = lowNoise(columns, slot, settings)
    const takerFee = question.takerFee[slot]!
    const fundingPerHour = question.fundingPerHour[slot]!
    const costs = { spread, takerFee, fundingPerHour, size: question.size, quoteVolume24h: volume }
    components[7 * count + slot] = costToHold(costs, settings)
  }
}
