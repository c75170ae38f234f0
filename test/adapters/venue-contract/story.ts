/** Reads like a trader's day: send an order, see what the venue said about it, look at the account. */
import { exact, ZERO, type Exact } from '../../../src/core/model/decimal.ts'
import type { ClientOrderId } from '../../../src/core/model/ids.ts'
import type { Fill, OrderRequest } from '../../../src/core/model/order.ts'
import type { VenueOrder, VenuePosition, VenueReport, VenueSnapshot } from '../../../src/core/ports/venue.ts'
import { CONTRACT, requestOf, type VenueHarness } from './venue-under-test.ts'

type Fields = Omit<Partial<OrderRequest>, 'quantity' | 'price' | 'triggerPrice' | 'activationPrice'> & {
  readonly quantity?: number | string
  readonly price?: number | string
  readonly triggerPrice?: number | string
  readonly activationPrice?: number | string
}

export class Story {
  readonly at: VenueHarness

  constructor(harness: VenueHarness) {
    this.at = harness
  }

  /** Sends an order and lets it arrive; answers what was told of it: `accepted filled`, `rejected:FILTER`. */
  async send(id: string, fields: Fields = {}): Promise<string> {
    this.at.venue.submit(this.request(id, fields))
    await this.at.settle()
    return this.told(id)
  }

  request(id: string, fields: Fields = {}): OrderRequest {
    const { quantity, price, triggerPrice, activationPrice, ...rest } = fields
    return requestOf(id, {
      ...rest,
      ...(quantity === undefined ? {} : { quantity: exact(quantity) }),
      ...(price === undefined ? {} : { price: exact(price) }),
      ...(triggerPrice === undefined ? {} : { triggerPrice: exact(triggerPrice) }),
      ...(activationPrice === undefined ? {} : { activationPrice: exact(activationPrice) }),
      ...(price !== undefined && rest.timeInForce === undefined ? { type: 'LIMIT', timeInForce: 'GTC' } : {}),
      ...(price !== undefined && rest.timeInForce !== undefined ? { type: 'LIMIT' } : {}),
    })
  }

  /** A limit buy or sell at a price, resting unless told otherwise. */
  limit(id: string, price: number, fields: Fields = {}): Promise<string> {
    return this.send(id, { price, ...fields })
  }

  /** A protective stop that sells a long of 1. */
  stop(id: string, triggerPrice: number, fields: Fields = {}): Promise<string> {
    return this.send(id, { side: 'SELL', type: 'STOP_MARKET', triggerPrice, reduceOnly: true, ...fields })
  }

  target(id: string, triggerPrice: number, fields: Fields = {}): Promise<string> {
    return this.send(id, { side: 'SELL', type: 'TAKE_PROFIT_MARKET', triggerPrice, reduceOnly: true, ...fields })
  }

  async cancel(id: string): Promise<string> {
    this.at.venue.cancel(CONTRACT.symbol, id as ClientOrderId)
    await this.at.settle()
    return this.told(id)
  }

  /** Everything told of an order so far, in order. */
  told(id: string): string {
    const words = this.reportsOf(id).map((report) =>
      report.kind === 'rejected' ? `rejected:${report.code}` : report.kind,
    )
    return words.join(' ')
  }

  reportsOf(id: string): VenueReport[] {
    return this.at.reports.filter((report) =>
      report.kind === 'filled'
        ? report.fill.clientOrderId === id
        : 'clientOrderId' in report && report.clientOrderId === id,
    )
  }

  fills(id?: string): Fill[] {
    const fills = this.at.reports.flatMap((report) => (report.kind === 'filled' ? [report.fill] : []))
    return id === undefined ? fills : fills.filter((fill) => fill.clientOrderId === id)
  }

  filled(id: string): Exact {
    return this.fills(id).reduce((sum, fill) => sum.plus(fill.quantity), ZERO)
  }

  async ask(id: string): Promise<VenueOrder | null> {
    this.at.venue.ask(CONTRACT.symbol, id as ClientOrderId)
    await this.at.settle()
    const status = this.reportsOf(id).findLast((report) => report.kind === 'status')
    if (status?.kind !== 'status') throw new Error(`no status told of ${id}`)
    return status.order
  }

  async snapshot(since = 0): Promise<VenueSnapshot> {
    this.at.venue.askSnapshot(since)
    await this.at.settle()
    const last = this.at.reports.findLast((report) => report.kind === 'snapshot')
    if (last?.kind !== 'snapshot') throw new Error('no snapshot told')
    return last.snapshot
  }

  async position(): Promise<VenuePosition | null> {
    return (await this.snapshot()).positions[0] ?? null
  }

  async balance(): Promise<Exact> {
    return (await this.snapshot()).balance
  }

  async openIds(): Promise<string[]> {
    return (await this.snapshot()).openOrders.map((order) => order.request.clientOrderId)
  }
}
