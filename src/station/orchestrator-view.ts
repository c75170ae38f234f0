import type { AccountState } from '../core/model/position.ts'
/** Fills the orchestrator's context from books and prices; a symbol is looked at only when a signal names it. */
import type { OrchestratorContext, SymbolView } from '../core/orchestrator/context.ts'
import { tradeRecord, type TradeRecord } from '../core/orchestrator/kelly.ts'
import type { OrchestratorSettings } from '../core/orchestrator/settings.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Books } from './books.ts'
import type { GuardDesk } from './guard-desk.ts'
import type { MarketBoard } from './market-board.ts'
import type { PolicyStore } from './policy-store.ts'

interface ViewDeps {
  readonly clock: Clock
  readonly policy: PolicyStore
  readonly books: Books
  readonly market: MarketBoard
  readonly guard: GuardDesk
  readonly account: () => AccountState | null
  readonly isBusy: (symbol: string) => boolean
  /** too few trades for a score */
  readonly isWarmingUp: (strategyId: string) => boolean
  /** a ranking exists */
  readonly isRanked: () => boolean
  readonly settings: OrchestratorSettings
}

export function orchestratorContext(
  deps: ViewDeps,
  usedIntents: OrchestratorContext['usedIntents'],
): OrchestratorContext {
  const { clock, policy, books, guard, settings } = deps
  const account = deps.account()
  const records = new Map<string, TradeRecord>()
  const recordOf = (strategyId: string): TradeRecord => {
    const known = records.get(strategyId)
    if (known !== undefined) return known
    const record = tradeRecord(
      books.memory.ofStrategy(strategyId).map((trade) => trade.rMultiple),
      settings,
    )
    records.set(strategyId, record)
    return record
  }
  return {
    now: clock.now(),
    policy: policy.current,
    isRanked: deps.isRanked(),
    limits: guard.limits(),
    settings,
    symbols: { get: (symbol) => symbolView(deps, symbol) },
    usedIntents,
    occupiedSlots: occupiedSlots(books),
    equity: account?.equity.toNumber() ?? 0,
    freeMargin: Math.max(0, (account?.freeMargin ?? 0) - guard.reservations.totals.margin),
    tradeRecords: { get: recordOf },
    warmingUp: { has: deps.isWarmingUp },
  }
}

function occupiedSlots(books: Books): number {
  const symbols = new Set(books.positions.keys())
  for (const entry of books.restingEntries()) symbols.add(entry.symbol)
  return symbols.size
}

function symbolView({ books, market, isBusy }: ViewDeps, symbol: string): SymbolView | undefined {
  const desk = market.desk(symbol)
  if (desk === undefined) return undefined
  const state = desk.model.state
  const position = books.positions.get(symbol)
  return {
    last: desk.last,
    bid: desk.ticker?.bid ?? null,
    ask: desk.ticker?.ask ?? null,
    mark: desk.mark,
    spread: state.spread,
    instrument: desk.instrument,
    meanSlippage: books.memory.meanSlippage(symbol),
    volatility: state.volatility,
    fundingRate: desk.funding?.rate ?? 0,
    position:
      position === undefined
        ? null
        : { side: position.side, strategyId: position.strategyId, quantity: position.quantity },
    hasRestingEntry: position === undefined && isBusy(symbol),
    hasUnknownOrder: books.hasUnknownOrder(symbol),
    stoppedOutAt: { LONG: books.memory.lastStopOut(symbol, 'LONG'), SHORT: books.memory.lastStopOut(symbol, 'SHORT') },
    sizeMultiplier: 1,
  }
}
