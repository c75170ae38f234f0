/** The books over random days: money adds up to the last decimal, orders keep their word, restarts and retellings change nothing. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { exact, ZERO, type Exact } from '../../../src/core/model/decimal.ts'
import type { Fill, OrderRequest } from '../../../src/core/model/order.ts'
import type { Income } from '../../../src/core/ports/venue.ts'
import { Story } from '../venue-contract/story.ts'
import { PaperHarness } from './paper-harness.ts'

interface Move {
  readonly kind: 'move'
  readonly percent: number
  readonly volume: number
}
interface Send {
  readonly kind: 'send'
  readonly type: OrderRequest['type']
  readonly buys: boolean
  /** thousandths */
  readonly quantity: number
  /** basis points between the last price and the order's */
  readonly away: number
  readonly reduceOnly: boolean
  readonly tif: 'GTC' | 'IOC' | 'FOK' | 'GTX'
  readonly leverage: number | null
  /** on the wrong side of the market or of the position */
  readonly isOdd: boolean
}
type Step =
  | Move
  | Send
  | { readonly kind: 'cancel'; readonly pick: number }
  | { readonly kind: 'funding'; readonly rate: number }
  | { readonly kind: 'transfer'; readonly amount: number }

const move: fc.Arbitrary<Move> = fc.record({
  kind: fc.constant('move'),
  percent: fc.double({ min: -5, max: 5, noNaN: true }),
  volume: fc.integer({ min: 0, max: 2000 }),
})
const send: fc.Arbitrary<Send> = fc.record({
  kind: fc.constant('send'),
  type: fc.constantFrom('MARKET', 'LIMIT', 'LIMIT', 'STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'),
  buys: fc.boolean(),
  quantity: fc.integer({ min: 50, max: 200_000 }),
  away: fc.integer({ min: 1, max: 200 }),
  reduceOnly: fc.boolean(),
  tif: fc.constantFrom('GTC', 'GTC', 'IOC', 'FOK', 'GTX'),
  leverage: fc.constantFrom(null, null, null, 10, 20),
  isOdd: fc.integer({ min: 0, max: 7 }).map((number) => number === 0),
})
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: move },
  { weight: 8, arbitrary: send },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel'), pick: fc.nat(30) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('funding'), rate: fc.double({ min: -0.02, max: 0.02, noNaN: true }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('transfer'), amount: fc.integer({ min: -3000, max: 4000 }) }),
  },
)
const steps = fc.array(step, { minLength: 10, maxLength: 60, size: 'max' })
const markets = fc.constantFrom('candles' as const, 'books' as const)

class RandomDay {
  readonly at: PaperHarness
  readonly day: Story
  readonly sent: OrderRequest[] = []

  constructor(at: PaperHarness) {
    this.at = at
    this.day = new Story(at)
  }

  async take(step: Step): Promise<void> {
    if (step.kind === 'move') return this.move(step.percent, step.volume)
    if (step.kind === 'send') return this.send(step)
    if (step.kind === 'cancel') {
      const id = this.sent[step.pick % Math.max(this.sent.length, 1)]?.clientOrderId
      if (id !== undefined) await this.day.cancel(id)
    } else if (step.kind === 'funding') {
      this.at.nextMinute()
      await this.at.settleFunding(step.rate)
    } else {
      this.at.venue.move(exact(step.amount))
      await this.at.settle()
    }
  }

  private async move(percent: number, volume: number): Promise<void> {
    const price = Math.max(Number((this.at.last * (1 + percent / 100)).toFixed(2)), 1)
    if (volume % 2 === 0) return this.at.moveTo(price)
    this.at.nextMinute()
    const { last } = this.at
    const high = Number((Math.max(last, price) * 1.003).toFixed(2))
    const low = Number((Math.min(last, price) * 0.997).toFixed(2))
    if (this.at.isBook) {
      const touch = { bid: Number((price - 0.02).toFixed(2)), ask: Number((price + 0.01).toFixed(2)) }
      this.at.ticker({ last: price, ...touch, bidQuantity: volume / 10, askQuantity: volume / 20 })
    } else this.at.bar({ open: last, high, low, close: price, volume })
    await this.at.settle()
  }

  private async send(step: Send): Promise<void> {
    const { type, reduceOnly, isOdd } = step
    const position = this.position()
    const buys = reduceOnly && !position.isZero() ? position.lt(0) !== isOdd : step.buys
    const isLimit = type === 'LIMIT'
    const isTrailing = type === 'TRAILING_STOP_MARKET'
    const rests = isLimit ? step.tif === 'GTC' || step.tif === 'GTX' : type === 'TAKE_PROFIT_MARKET'
    const sign = (buys !== rests ? 1 : -1) * (isOdd ? -1 : 1)
    const price = exact((this.at.last * (1 + (sign * step.away) / 10_000)).toFixed(2))
    const whole =
      reduceOnly && step.quantity % 2 === 0 && !position.isZero() ? position.abs() : exact(step.quantity / 1000)
    const request: OrderRequest = {
      ...this.day.request(`o${this.sent.length}`, { side: buys ? 'BUY' : 'SELL', reduceOnly, leverage: step.leverage }),
      type,
      quantity: whole,
      timeInForce: isLimit ? step.tif : null,
      price: isLimit ? price : null,
      triggerPrice: isLimit || type === 'MARKET' || isTrailing ? null : price,
      activationPrice: isTrailing && step.away > 100 ? price : null,
      callback: isTrailing ? 0.01 : null,
    }
    this.sent.push(request)
    this.at.venue.submit(request)
    await this.at.settle()
  }

  private position(): Exact {
    const signed = this.day.fills().map(({ side, quantity }) => (side === 'BUY' ? quantity : quantity.neg()))
    return signed.reduce((sum, quantity) => sum.plus(quantity), ZERO)
  }
}

const begin = async (market: 'candles' | 'books'): Promise<RandomDay> =>
  new RandomDay(await PaperHarness.started(market))

/** Wallet and position from nothing but fills and income, average cost in plain arithmetic. */
function recomputed(
  fills: readonly Fill[],
  income: readonly Income[],
): { wallet: Exact; position: Exact; entry: Exact } {
  let wallet = ZERO
  let position = ZERO
  let entry = ZERO
  for (const { amount } of income) wallet = wallet.plus(amount)
  for (const { side, price, quantity, fee } of fills) {
    wallet = wallet.minus(fee)
    const signed = side === 'BUY' ? quantity : quantity.neg()
    const isOpposite = position.times(signed).lt(0)
    const closed = isOpposite ? (quantity.lt(position.abs()) ? quantity : position.abs()) : ZERO
    const gain = price
      .minus(entry)
      .times(closed)
      .times(position.gt(0) ? 1 : -1)
    if (isOpposite) wallet = wallet.plus(gain.toDecimalPlaces(8, 6))
    const before = isOpposite ? ZERO : position.abs()
    const opened = quantity.minus(closed)
    if (opened.gt(0)) entry = entry.times(before).plus(price.times(opened)).div(before.plus(opened))
    position = position.plus(signed)
  }
  return { wallet, position, entry }
}

describe('over random days', () => {
  it('deposits + realised − fees ± funding − liquidation fees = wallet, to the last decimal', async () => {
    await fc.assert(
      fc.asyncProperty(markets, steps, async (market, day) => {
        const random = await begin(market)
        for (const step of day) await random.take(step)
        const { balance, availableBalance, fills, income, positions } = await random.day.snapshot()
        const { wallet, position, entry } = recomputed(fills, income)
        expect(balance.toFixed()).toBe(wallet.toFixed())
        expect(availableBalance.gte(0)).toBe(true)
        const [held] = positions
        expect((held?.quantity ?? ZERO).toFixed()).toBe(position.abs().toFixed())
        if (held === undefined) return
        expect(held.side).toBe(position.gt(0) ? 'LONG' : 'SHORT')
        expect(held.entryPrice.minus(entry).abs().lt('1e-20')).toBe(true)
      }),
      { numRuns: 250 },
    )
  })

  it('every order keeps its word: never overfilled, never beyond its limit, reduce-only only reduces', async () => {
    await fc.assert(
      fc.asyncProperty(markets, steps, async (market, day) => {
        const random = await begin(market)
        for (const step of day) await random.take(step)
        const { fills } = await random.day.snapshot()
        let position = ZERO
        for (const fill of fills) {
          const request = random.sent.find((sent) => sent.clientOrderId === fill.clientOrderId)
          const after = position.plus(fill.side === 'BUY' ? fill.quantity : fill.quantity.neg())
          if (request === undefined || request.reduceOnly) {
            expect(after.abs().lt(position.abs()) && after.times(position).gte(0)).toBe(true)
          }
          const limit = request?.price ?? fill.price
          expect(fill.side === 'BUY' ? fill.price.lte(limit) : fill.price.gte(limit)).toBe(true)
          expect(fill.quantity.gt(0) && fill.fee.gte(0)).toBe(true)
          position = after
        }
        for (const request of random.sent) {
          expect(random.day.filled(request.clientOrderId).lte(request.quantity)).toBe(true)
          const ends = random.day.reportsOf(request.clientOrderId).filter((report) => isEnd(report))
          expect(ends.length).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('killed and started again at any step, it ends where it would have ended', async () => {
    await fc.assert(
      fc.asyncProperty(markets, steps, fc.nat(39), async (market, day, kill) => {
        const straight = await begin(market)
        for (const step of day) await straight.take(step)
        const broken = await begin(market)
        for (const [index, step] of day.entries()) {
          await broken.take(step)
          if (index !== kill % day.length) continue
          await broken.at.restart()
          for (const event of broken.at.told) broken.at.venue.onMarket(event)
        }
        expect(broken.at.shelf.dump()).toBe(straight.at.shelf.dump())
        const { at: _one, ...found } = await broken.day.snapshot()
        const { at: _other, ...wanted } = await straight.day.snapshot()
        expect(found).toEqual(wanted)
      }),
      { numRuns: 150 },
    )
  })

  it('the market told again changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(markets, steps, async (market, day) => {
        const random = await begin(market)
        for (const step of day) await random.take(step)
        const before = random.at.shelf.dump()
        const reports = random.at.reports.length
        for (const event of random.at.told) random.at.venue.onMarket(event)
        await random.at.settle()
        expect(random.at.shelf.dump()).toBe(before)
        expect(random.at.reports.length).toBe(reports)
      }),
      { numRuns: 100 },
    )
  })

  it('the same day twice is the same to the byte', async () => {
    await fc.assert(
      fc.asyncProperty(markets, steps, async (market, day) => {
        const [one, other] = [await begin(market), await begin(market)]
        for (const step of day) await one.take(step)
        for (const step of day) await other.take(step)
        expect(JSON.stringify(other.at.reports)).toBe(JSON.stringify(one.at.reports))
      }),
      { numRuns: 50 },
    )
  })

  it('no fill knows a later price: whatever the bars after a moment are, nothing dated up to it changes', async () => {
    await fc.assert(
      fc.asyncProperty(steps, steps, steps, async (past, one, other) => {
        const dated = async (future: readonly Step[]): Promise<string> => {
          const random = await begin('candles')
          for (const step of past) await random.take(step)
          const until = random.at.now()
          random.at.clock.advanceTo(until + 1)
          for (const step of future) await random.take(step)
          return JSON.stringify(random.at.reports.filter((report) => report.at <= until))
        }
        expect(await dated(other)).toBe(await dated(one))
      }),
      { numRuns: 50 },
    )
  })
})

const isEnd = (report: { readonly kind: string; readonly done?: boolean }): boolean =>
  report.kind === 'cancelled' || report.kind === 'expired' || report.kind === 'rejected' || report.done === true
