/** What was told of each order so far: answers and streams overlap and come in any order, every report is told once. */
import { type Exact, ZERO } from '../../core/model/decimal.ts'
import type { ClientOrderId } from '../../core/model/ids.ts'
import type { Fill, OrderRequest } from '../../core/model/order.ts'
import { isConditional } from '../../core/model/order.ts'
import type { RejectionCode, VenueReport } from '../../core/ports/venue.ts'

interface Tale {
  readonly symbol: string
  readonly isConditional: boolean
  /** it left, and neither an answer nor the lack of one was told */
  isOnItsWay: boolean
  isAccepted: boolean
  isTriggered: boolean
  isEnded: boolean
  filled: Exact
  readonly fills: Set<string>
}

/** An order that the exchange took, or may just have taken, of which no end was told. */
export interface Working {
  readonly id: ClientOrderId
  readonly symbol: string
  /** conditional, taken, and not triggered as far as was told */
  readonly isWaiting: boolean
  /** conditional, and on its way to fill */
  readonly isTriggered: boolean
}

export interface TaleDeps {
  readonly tell: (report: VenueReport) => void
  readonly now: () => number
  /** tales of ended orders that are kept */
  readonly most: number
}

export class OrderTales {
  readonly #deps: TaleDeps
  readonly #tales = new Map<ClientOrderId, Tale>()
  /** by the exchange's number */
  readonly #ids = new Map<string, ClientOrderId>()

  constructor(deps: TaleDeps) {
    this.#deps = deps
  }

  /** An order leaves; an ended one of the same id is forgotten, one that works stays what it is. */
  begin({ clientOrderId, symbol, type }: OrderRequest): void {
    const known = this.#tales.get(clientOrderId)
    if (known?.isEnded === false) return
    this.#tales.delete(clientOrderId)
    this.#keep(clientOrderId, symbol, isConditional(type)).isOnItsWay = true
  }

  /** null: not known */
  isConditional(id: ClientOrderId): boolean | null {
    return this.#tales.get(id)?.isConditional ?? null
  }

  filled(id: ClientOrderId): Exact {
    return this.#tales.get(id)?.filled ?? ZERO
  }

  working(): readonly Working[] {
    const working: Working[] = []
    for (const [id, tale] of this.#tales) {
      const { symbol, isOnItsWay, isAccepted, isTriggered, isEnded } = tale
      if (isEnded || !(isAccepted || isOnItsWay)) continue
      working.push({ id, symbol, isWaiting: tale.isConditional && isAccepted && !isTriggered, isTriggered })
    }
    return working
  }

  /** The exchange was asked and says that it has ended. */
  over(id: ClientOrderId): void {
    const tale = this.#tales.get(id)
    if (tale !== undefined) tale.isEnded = true
  }

  idOf(venueOrderId: string): ClientOrderId | null {
    return this.#ids.get(venueOrderId) ?? null
  }

  /** Ties the exchange's number of an order, or of the child of a conditional one, to its client id. */
  tie(venueOrderId: string, id: ClientOrderId): void {
    this.#ids.set(venueOrderId, id)
    if (this.#ids.size <= this.#deps.most) return
    const [oldest] = this.#ids.keys()
    if (oldest !== undefined) this.#ids.delete(oldest)
  }

  accepted(id: ClientOrderId, symbol: string, venueOrderId: string, conditional = false): void {
    const tale = this.#tales.get(id) ?? this.#keep(id, symbol, conditional)
    this.tie(venueOrderId, id)
    if (tale.isAccepted) return
    tale.isAccepted = true
    this.#tell({ kind: 'accepted', clientOrderId: id, venueOrderId, at: this.#deps.now() })
  }

  rejected(id: ClientOrderId, code: RejectionCode, message: string): void {
    const tale = this.#tales.get(id)
    if (tale?.isAccepted === false) tale.isEnded = true
    this.#tell({ kind: 'rejected', clientOrderId: id, code, message, at: this.#deps.now() })
  }

  undelivered(id: ClientOrderId, outcome: 'failed' | 'unknown', message: string): void {
    const tale = this.#tales.get(id)
    if (tale !== undefined) tale.isOnItsWay = false
    this.#tell({ kind: 'undelivered', clientOrderId: id, outcome, message, at: this.#deps.now() })
  }

  /** An order of before our start that the exchange shows as working: it was accepted long ago. */
  known(id: ClientOrderId, symbol: string, conditional: boolean): void {
    const tale = this.#tales.get(id) ?? this.#keep(id, symbol, conditional)
    tale.isAccepted = true
  }

  triggered(id: ClientOrderId, symbol: string): void {
    this.known(id, symbol, true)
    const tale = this.#tales.get(id)
    if (tale === undefined || tale.isTriggered || tale.isEnded) return
    tale.isTriggered = true
    this.#tell({ kind: 'triggered', clientOrderId: id, at: this.#deps.now() })
  }

  filledBy(fill: Fill, isDone: boolean): void {
    const tale = this.#tales.get(fill.clientOrderId) ?? this.#keep(fill.clientOrderId, fill.symbol, false)
    if (tale.fills.has(fill.id)) return
    tale.fills.add(fill.id)
    tale.filled = tale.filled.plus(fill.quantity)
    if (isDone) tale.isEnded = true
    this.#tell({ kind: 'filled', fill, done: isDone, at: this.#deps.now() })
  }

  ended(id: ClientOrderId, kind: 'cancelled' | 'expired', reason: string): void {
    const tale = this.#tales.get(id)
    if (tale === undefined || tale.isEnded) return
    tale.isEnded = true
    this.#tell({ kind, clientOrderId: id, reason, at: this.#deps.now() })
  }

  #keep(id: ClientOrderId, symbol: string, conditional: boolean): Tale {
    const tale: Tale = {
      symbol,
      isConditional: conditional,
      isOnItsWay: false,
      isAccepted: false,
      isTriggered: false,
      isEnded: false,
      filled: ZERO,
      fills: new Set(),
    }
    this.#tales.set(id, tale)
    this.#forgetTale()
    return tale
  }

  /** The oldest that ended, or never began, goes; what works is kept, and the exchange bounds it. */
  #forgetTale(): void {
    if (this.#tales.size <= this.#deps.most) return
    for (const [id, { isAccepted, isEnded }] of this.#tales) {
      if (isAccepted && !isEnded) continue
      this.#tales.delete(id)
      return
    }
  }

  #tell(report: VenueReport): void {
    this.#deps.tell(report)
  }
}
