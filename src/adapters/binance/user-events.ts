/** Events of the account's stream as reports. The order of their arrival is not relied on. */
import type { ClientOrderId } from '../../core/model/ids.ts'
import { isForced, type VenueReport } from '../../core/ports/venue.ts'
import { fillOfUpdate } from './fills.ts'
import { stateOf } from './order-params.ts'
import type { OrderTales } from './order-tales.ts'
import type { BinanceSettings } from './settings.ts'
import { AccountUpdate, AlgoUpdate, ConfigUpdate, OrderUpdate, TriggerReject } from './wire/user-events.ts'

interface UserEventsDeps {
  readonly tales: OrderTales
  readonly settings: BinanceSettings
  readonly tell: (report: VenueReport) => void
  readonly now: () => number
  /** funding, a transfer, a liquidation's cost: the list of income has the rows */
  readonly walletMoved: () => void
  readonly leverageChanged: (symbol: string, leverage: number) => void
  readonly marginTypeChanged: () => void
  /** an event told of a fill without naming its trade */
  readonly fillsMissing: (symbol: string, venueOrderId: string, isWhole: boolean) => void
  readonly problem: (message: string) => void
}

/** changes of the wallet that belong to a fill */
const BY_ORDER = 'ORDER'
/** no change of the wallet at all */
const BY_MARGIN_TYPE = 'MARGIN_TYPE_CHANGE'

export class UserEvents {
  readonly #deps: UserEventsDeps
  /** symbols in which a forced close is under way, and those told to be flat: either may be learned first */
  readonly #forced = new Set<string>()
  readonly #flat = new Set<string>()

  constructor(deps: UserEventsDeps) {
    this.#deps = deps
  }

  /** @throws when an event has not the shape its name promises */
  hear(name: string, event: object): void {
    switch (name) {
      case 'ORDER_TRADE_UPDATE':
        this.#onOrder(OrderUpdate.parse(event))
        break
      case 'ALGO_UPDATE':
        this.#onAlgo(AlgoUpdate.parse(event))
        break
      case 'ACCOUNT_UPDATE':
        this.#onAccount(AccountUpdate.parse(event))
        break
      case 'ACCOUNT_CONFIG_UPDATE':
        this.#onConfig(ConfigUpdate.parse(event))
        break
      case 'CONDITIONAL_ORDER_TRIGGER_REJECT': {
        const { s, r } = TriggerReject.parse(event).or
        this.#deps.problem(`a conditional order of ${s} was refused at its trigger: ${r}`)
        break
      }
      case 'MARGIN_CALL':
        this.#deps.problem('the exchange calls for margin')
    }
  }

  #onOrder(update: OrderUpdate): void {
    const { tales, settings } = this.#deps
    const { o } = update
    const id = o.c as ClientOrderId
    const state = stateOf(o.X)
    if (state === 'REJECTED') tales.rejected(id, 'OTHER', `rejected (${o.er ?? o.x})`)
    else tales.accepted(id, o.s, o.i)
    const fill = fillOfUpdate(update, settings)
    if (fill !== null) tales.filledBy(fill, state === 'FILLED')
    else if ((o.x === 'TRADE' || o.x === 'CALCULATED') && o.l?.gt(0) === true)
      this.#deps.fillsMissing(o.s, o.i, state === 'FILLED')
    if (state === 'CANCELLED') tales.ended(id, 'cancelled', `cancelled (${o.er ?? '0'})`)
    if (state === 'EXPIRED') tales.ended(id, 'expired', `expired (${o.er ?? '0'})`)
    if (isForced(o.c)) this.#forced.add(o.s)
    this.#tellIfLiquidated(o.s)
  }

  #onAlgo({ o }: AlgoUpdate): void {
    const { tales, problem } = this.#deps
    const id = o.caid as ClientOrderId
    switch (o.X) {
      case 'NEW':
        tales.accepted(id, o.s, o.aid, true)
        break
      case 'TRIGGERING':
      case 'TRIGGERED':
        tales.triggered(id, o.s)
        break
      case 'CANCELED':
        tales.ended(id, 'cancelled', 'cancelled')
        break
      case 'FINISHED':
        if (o.aq?.isZero() !== false) tales.ended(id, 'expired', 'its order at the trigger filled nothing')
        break
      case 'EXPIRED':
      case 'REJECTED':
        if (o.rm !== null && o.rm !== undefined && o.rm !== '') problem(`the stop of ${o.s} was refused: ${o.rm}`)
        tales.triggered(id, o.s)
        tales.ended(id, 'expired', o.rm ?? o.X)
    }
  }

  #onAccount({ a }: AccountUpdate): void {
    if (a.m === BY_MARGIN_TYPE) this.#deps.marginTypeChanged()
    else if (a.m !== BY_ORDER) this.#deps.walletMoved()
    for (const { s, pa } of a.P) {
      if (pa.isZero()) this.#flat.add(s)
      else this.#flat.delete(s)
      this.#tellIfLiquidated(s)
    }
  }

  #tellIfLiquidated(symbol: string): void {
    if (!this.#flat.has(symbol) || !this.#forced.delete(symbol)) return
    this.#deps.tell({ kind: 'liquidated', symbol, at: this.#deps.now() })
  }

  #onConfig({ ac }: ConfigUpdate): void {
    if (ac !== undefined) this.#deps.leverageChanged(ac.s, ac.l)
  }
}
