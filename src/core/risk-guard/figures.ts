/** An entry measured once for checks 8–15: rounded to the exchange's steps, with stop distance, notional, loss, leverage, margin. */
import { type Exact, floorToStep, toTick } from '../model/decimal.ts'
import type { EntryIntent } from '../model/intent.ts'
import { bracketOf, wholeLeverage } from '../model/leverage.ts'
import { lossPerUnit, paidFunding } from '../model/loss-per-unit.ts'
import type { Instrument, LeverageBracket } from '../model/market.ts'
import type { Asked } from './asked.ts'
import type { GuardPosition } from './context.ts'
import { type Filters, filtersOf } from './filters.ts'
import { answered, finite, known, Unavailable } from './reading.ts'

/** Float64 where no `Exact` is written; money in USDT. */
export interface Figures {
  readonly instrument: Instrument
  readonly filters: Filters
  /** rounded down to the step */
  readonly quantity: Exact
  /** the same as float64 */
  readonly amount: number
  /** rounded to the tick, never worse than asked: BUY down, SELL up */
  readonly price: Exact
  readonly entry: number
  readonly mark: number
  /** NaN when there is none */
  readonly stop: number
  /** d: |entry − stop| ÷ entry; NaN without a stop */
  readonly stopDistance: number
  /** quantity × the highest price it may fill at: the limit of a buy, the mark above the limit of a sale */
  readonly notional: number
  /** fraction of the notional paid at the next funding */
  readonly fundingPaid: number
  readonly equity: number
  /** loss at stop of the rounded quantity, costs included */
  readonly lossAtStop: number
  readonly bracket: LeverageBracket | undefined
  /** whole-number leverage the symbol will have: as asked, as held, or as chosen; 0: none is safe */
  readonly leverage: number
  /** margin and entry fee */
  readonly margin: number
  /** what this intent has filled already: its own position on the symbol */
  readonly held: GuardPosition | null
}

const positive = (value: Exact): number => (value.isFinite() && value.gt(0) ? value.toNumber() : Number.NaN)

function leverageOf(
  asked: Asked,
  instrument: Instrument,
  stopDistance: number,
  bracket: LeverageBracket | undefined,
): number {
  if (bracket === undefined) return 0
  const { rules, limits } = asked
  return wholeLeverage({
    limit: limits.maxLeverage.value,
    // without a usable stop check 9 denies; until then it counts as the farthest one
    stopDistance: Number.isNaN(stopDistance) ? rules.maxStopDistance : stopDistance,
    bracket,
    liquidationFee: finite(instrument.liquidationFee, 'the liquidation fee'),
    stopMultiple: rules.liquidationStopMultiple,
    reserve: rules.leverageReserve,
  })
}

function heldBy(intent: EntryIntent, positions: readonly GuardPosition[]): GuardPosition | null {
  return positions.find(({ symbol, intentId }) => symbol === intent.symbol && intentId === intent.id) ?? null
}

/** Shares of nothing mean nothing: without equity no entry can be judged. */
function positiveEquity({ context }: Asked): number {
  const equity = finite(known(context.account, 'the account').equity.toNumber(), 'the equity')
  if (equity <= 0) throw new Unavailable('a positive equity')
  return equity
}

export function figuresOf(asked: Asked): Figures {
  const { intent, context, rules } = asked
  const instrument = known(context.instrument, 'the instrument')
  const filters = filtersOf(instrument)
  const price = toTick(intent.price, filters.tick, intent.side === 'LONG' ? 'down' : 'up')
  const quantity = floorToStep(intent.quantity, filters.step)
  const entry = finite(price.toNumber(), 'the entry price')
  const amount = finite(quantity.toNumber(), 'the quantity')
  const mark = finite(known(context.markPrice, 'the mark price').price, 'the mark price')
  const stop = positive(intent.stopPrice)
  const stopDistance = Math.abs(entry - stop) / entry
  const notional = amount * (intent.side === 'LONG' ? entry : Math.max(entry, mark))
  const takerFee = finite(instrument.takerFee, 'the taker fee')
  const funding = answered(context.funding, 'the next funding')
  const fundingRate = funding === null ? 0 : finite(funding.rate, 'the funding rate')
  const held = heldBy(intent, known(context.positions, 'the positions'))
  const bracket = bracketOf(instrument.brackets, notional)
  const leverage = held?.leverage ?? intent.leverage ?? leverageOf(asked, instrument, stopDistance, bracket)
  const terms = { side: intent.side, entry, stop, takerFee, slippage: rules.slippage, fundingRate }
  return {
    instrument,
    filters,
    quantity,
    amount,
    price,
    entry,
    mark,
    stop,
    stopDistance,
    notional,
    fundingPaid: paidFunding(intent.side, fundingRate),
    equity: positiveEquity(asked),
    lossAtStop: amount * lossPerUnit(terms),
    bracket,
    leverage,
    margin: notional * (1 / leverage + takerFee),
    held,
  }
}
