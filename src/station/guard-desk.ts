import type { IntentId } from '../core/model/ids.ts'
/** Fills the risk guard's context from the station's books and prices, and keeps what approvals reserve. */
import type { EntryIntent, Intent } from '../core/model/intent.ts'
import type { Order } from '../core/model/order.ts'
import type { AccountState } from '../core/model/position.ts'
import type { EffectiveLimits, GovernorState } from '../core/policy/policy.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { FeedDescription } from '../core/ports/feed.ts'
import type { EntryOnBar, GuardContext, GuardPosition, RecentEntry } from '../core/risk-guard/context.ts'
import { guardPosition } from '../core/risk-guard/guard-position.ts'
import { Reservations } from '../core/risk-guard/reservations.ts'
import { type Approved, check, type ExplainedDenial } from '../core/risk-guard/risk-guard.ts'
import type { Books } from './books.ts'
import type { MarketBoard } from './market-board.ts'
import type { PolicyStore } from './policy-store.ts'
import type { SymbolDesk } from './symbol-desk.ts'

/** What an approval said, as long as its entry may rest. */
interface Approval {
  readonly confidence: number
  /** fraction of NAV lost if its stop is hit */
  readonly riskFraction: number
}

/** An entry whose approval is not known: the next policy change cancels it. */
const FORGOTTEN: Approval = { confidence: 0, riskFraction: 0 }

interface GuardDeskDeps {
  readonly clock: Clock
  readonly feed: FeedDescription
  readonly isLive: boolean
  readonly policy: PolicyStore
  readonly books: Books
  readonly market: MarketBoard
  readonly governor: () => GovernorState
  readonly account: () => AccountState | null
  /** loss of the day so far, USDT, ≥ 0 */
  readonly dayLossUsd: () => number
  /** the station's own reason to take no entries */
  readonly entriesOff: (symbol: string) => string | null
  readonly equityJump: () => number
}

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

export class GuardDesk {
  readonly reservations = new Reservations()
  readonly #deps: GuardDeskDeps
  readonly #lastEntries = new Map<string, EntryOnBar>()
  #approvals = new Map<IntentId, Approval>()
  #recentEntries: RecentEntry[] = []
  #positions: readonly GuardPosition[] | null = null
  /** of the books, when `#positions` was made */
  #positionsVersion = -1
  #limits: EffectiveLimits | null = null

  constructor(deps: GuardDeskDeps) {
    this.#deps = deps
  }

  /** Something moved: positions and limits are looked at afresh at the next check. */
  refresh(): void {
    this.#positions = null
    this.#limits = null
  }

  /** The guard's word; an approved entry is reserved from here on. */
  check(intent: Intent): Approved | ExplainedDenial {
    const verdict = check(intent, this.contextOf(intent))
    if (verdict.outcome === 'approved' && intent.kind === 'ENTRY') this.#hold(verdict as Approved<EntryIntent>, intent)
    return verdict
  }

  /** The guard's word, nothing reserved. */
  tryOut(intent: Intent): Approved | ExplainedDenial {
    return check(intent, this.contextOf(intent))
  }

  /** An entry found resting after a restart takes its room again. */
  restore(order: Order, confidence: number): void {
    const price = order.price?.toNumber() ?? 0
    const quantity = order.quantity.minus(order.filledQuantity).toNumber()
    const stop = order.entryPlan?.stopPrice.toNumber() ?? 0
    const notional = price * quantity
    const { intentId, symbol, positionSide: side } = order
    const lossAtStop = Math.abs(price - stop) * quantity
    const equity = this.#deps.books.balance.toNumber()
    this.#approvals.set(intentId, { confidence, riskFraction: equity > 0 ? lossAtStop / equity : 1 })
    this.reservations.restore({
      intentId,
      symbol,
      side,
      quantity,
      notional,
      lossAtStop,
      margin: notional / (order.leverage ?? 1),
    })
  }

  approvalOf(intentId: IntentId): Approval {
    return this.#approvals.get(intentId) ?? FORGOTTEN
  }

  limits(): EffectiveLimits {
    const { policy, governor, account } = this.#deps
    this.#limits ??= policy.effective(governor(), account()?.drawdown ?? 0)
    return this.#limits
  }

  /** Open positions in the figures that the checks add up. */
  positions(): readonly GuardPosition[] {
    const { books, market, policy } = this.#deps
    if (this.#positions !== null && this.#positionsVersion === books.positionsVersion) return this.#positions
    this.#positionsVersion = books.positionsVersion
    const { slippage } = policy.current.rules.guard
    this.#positions = [...books.positions.values()].map((position) => {
      const desk = market.desk(position.symbol)
      const mark = desk === undefined || Number.isNaN(desk.mark) ? position.entryPrice.toNumber() : desk.mark
      const takerFee = desk?.instrument.takerFee ?? 0
      return guardPosition(position, { mark, takerFee, slippage, fundingRate: desk?.funding?.rate ?? 0 })
    })
    return this.#positions
  }

  contextOf(intent: Intent): GuardContext {
    const { clock, feed, isLive, policy, books, market, account, dayLossUsd, equityJump, entriesOff } = this.#deps
    const now = clock.now()
    const desk = market.desk(intent.symbol)
    return {
      now,
      feedNow: now,
      isLive,
      policy: policy.current,
      limits: this.limits(),
      entriesOff: entriesOff(intent.symbol),
      equityJump: equityJump(),
      ...(desk === undefined ? {} : prices(desk)),
      priceEveryMs: feed.priceEveryMs,
      account: account(),
      dayLossUsd: dayLossUsd(),
      positions: this.positions(),
      reservations: this.reservations,
      unknownOrder: books.hasUnknownOrder(intent.symbol),
      entriesFilledToday: books.memory.entriesFilledToday(now),
      recentEntries: this.#recentEntries,
      lastEntryOnSymbol: this.#lastEntries.get(intent.symbol) ?? null,
      symbolRejections: books.memory.rejectionsOf(intent.symbol),
      rejectionTimes: books.memory.rejectionTimes,
      symbolRestsUntil: this.#restsUntil(intent.symbol),
    }
  }

  #hold(approved: Approved<EntryIntent>, intent: EntryIntent): void {
    const { id, symbol, bar, confidence } = intent
    const now = this.#deps.clock.now()
    this.reservations.hold(approved)
    const held = new Set(this.reservations.totals.claims.map(({ intentId }) => intentId))
    this.#approvals = new Map([...this.#approvals].filter(([intentId]) => held.has(intentId)))
    this.#approvals.set(id, { confidence, riskFraction: approved.riskFraction })
    this.#lastEntries.set(symbol, { intentId: id, bar })
    const recent = this.#recentEntries.filter((entry) => entry.at > now - MINUTE_MS)
    // an entry counts once, however many orders it takes
    const isKnown = recent.some(({ intentId }) => intentId === id)
    this.#recentEntries = isKnown ? recent : [...recent, { intentId: id, at: now }]
  }

  #restsUntil(symbol: string): number | null {
    const { books, policy } = this.#deps
    const liquidatedAt = books.memory.lastLiquidation(symbol)
    return liquidatedAt === null ? null : liquidatedAt + policy.current.rules.guard.symbolRestMs
  }
}

/** What a desk knows, as the guard reads it. */
function prices(desk: SymbolDesk): Partial<GuardContext> {
  const { instrument, funding } = desk
  return {
    instrument,
    lastPrice: { price: desk.last, at: desk.lastAt },
    markPrice: { price: desk.mark, at: desk.markAt },
    spread: desk.model.state.spread ?? undefined,
    funding:
      funding === null
        ? null
        : {
            rate: funding.rate,
            at: funding.at + funding.intervalHours * HOUR_MS,
            intervalHours: funding.intervalHours,
          },
  }
}
