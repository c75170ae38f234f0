/** What a door may ask of the running station, answered from its rooms. Each call is handled whole, between two inputs. */
import type { Hindsight } from '../core/analytics/hindsight.ts'
import type { Exact } from '../core/model/decimal.ts'
import { stableId, type ClientOrderId, type IntentId } from '../core/model/ids.ts'
import type { CancelIntent, EntryIntent } from '../core/model/intent.ts'
import type { Interval } from '../core/model/interval.ts'
import type { Candle } from '../core/model/market.ts'
import type { Actor } from '../core/policy/policy.ts'
import type { Records } from '../core/ports/records.ts'
import { measure } from '../core/risk-guard/measure.ts'
import { FOREIGN } from './books.ts'
import { componentsOf } from './components.ts'
import { connectionsFacade, type ConnectionsFacade, type Whereabouts } from './connections-facade.ts'
import { entryReplacement } from './entry-replacement.ts'
import type { StationFacade } from './facade.ts'
import { flattenDrill } from './flatten-drill.ts'
import type { ForeignFacade } from './foreign-facade.ts'
import { foreignFront } from './foreign-front.ts'
import { healthFacade, type HealthFacade } from './health-facade.ts'
import { hindsightOf } from './hindsight-view.ts'
import type { KeyFacade } from './key-facade.ts'
import { livePosition } from './live-position.ts'
import { MANUAL, manualEntry } from './manual-entry.ts'
import { marketState } from './market-state.ts'
import type { MscFacade } from './msc-facade.ts'
import type { PlaceFacade } from './place-facade.ts'
import { heldPositions, restingEntries } from './policy-effects.ts'
import type { RankingFacade } from './ranking-facade.ts'
import { rankingFacade } from './ranking-front.ts'
import type { Rooms } from './rooms.ts'
import type {
  Change,
  EntryChange,
  FlattenReport,
  ManualOrder,
  ManualPreview,
  ManualResult,
  Quote,
  ReplaceResult,
  StationStatus,
  SystemEvent,
} from './station-values.ts'
import type { Station } from './station.ts'
import { usageOf } from './usage.ts'

/** The pace of a virtual clock; null where time is real. */
export interface Pace {
  readonly speed: number | 'max'
  readonly paused: boolean
  setSpeed(speed: number | 'max'): void
  setPaused(paused: boolean): void
}

export interface FrontDeskDeps {
  readonly rooms: Rooms
  readonly station: Pick<Station, 'settle'>
  readonly pace: Pace | null
  /** paper money only; null: deposits are made at the exchange */
  readonly deposit: StationFacade['deposit'] | null
  readonly startedAt: number
  readonly version: string
  readonly configuration: ReturnType<StationFacade['configuration']>
  readonly where: Whereabouts
  readonly keys: KeyFacade
  readonly places: PlaceFacade
}

const MANUAL_REST_MS = 86_400_000
const MANUAL_HOLD_MS = 14_400_000
const PERSON_REASON = 'MANUAL'

export class FrontDesk implements StationFacade {
  readonly #deps: FrontDeskDeps
  readonly #msc: MscFacade
  readonly health: HealthFacade
  readonly foreign: ForeignFacade
  readonly connections: ConnectionsFacade
  readonly keys: KeyFacade
  readonly places: PlaceFacade
  readonly #ranking: RankingFacade
  #serial = 0

  constructor(deps: FrontDeskDeps) {
    this.#deps = deps
    this.#msc = settledMsc(deps.rooms.msc, deps.station)
    this.foreign = foreignFront(deps.rooms, () => deps.station.settle())
    this.health = healthFacade(deps.rooms, () => deps.station.settle())
    this.connections = connectionsFacade(deps.rooms, deps.where, () => deps.station.settle())
    this.keys = deps.keys
    this.places = deps.places
    const { ranking, policy, market, rankings, settings } = deps.rooms
    const isPaused = (): boolean => deps.pace?.paused ?? false
    this.#ranking = rankingFacade({ ranking, policy, market, isPaused, shelf: rankings, settings: settings.ranking })
  }

  get policy() {
    return this.#deps.rooms.policy
  }

  /** Everything said so far is in the tables before anybody looks. */
  get records(): Records {
    this.#deps.rooms.commits.now()
    return this.#deps.rooms.records
  }

  get ranking(): RankingFacade {
    return this.#ranking
  }

  get msc(): MscFacade {
    return this.#msc
  }

  status(): StationStatus {
    const { rooms, pace, startedAt, version } = this.#deps
    const { feed, venue, clock, executor, market, phase } = rooms
    return {
      environment: feed.description.environment,
      feed: feed.description.label,
      venue: venue.name,
      phase: phase.name,
      now: clock.now(),
      speed: pace?.speed ?? null,
      paused: pace?.paused ?? false,
      startedAt,
      lastMarketAt: market.lastAt,
      venueUp: executor.isUp,
      reconciledAt: executor.reconciler.doneAt,
      entriesOff: this.#entriesOff(),
      symbols: market.size,
      version,
    }
  }

  account() {
    return this.#deps.rooms.equity.account()
  }

  usage() {
    const { policy, guard, equity, books, executor, clock } = this.#deps.rooms
    const account = equity.account()
    if (account === null) return null
    return usageOf({
      policy: policy.current,
      limits: guard.limits(),
      account,
      navAtDayStart: equity.navAtDayStart(account),
      positions: guard.positions(),
      reserved: guard.reservations.totals,
      filledToday: books.memory.entriesFilledToday(clock.now()),
      unprotectedSeconds: executor.protection.naked.totalSeconds(clock.now()),
    })
  }

  governor() {
    return this.#deps.rooms.governor()
  }

  effective() {
    return this.#deps.rooms.guard.limits()
  }

  components() {
    return componentsOf(this.#deps.rooms)
  }

  modeRules() {
    return this.#deps.rooms.modeRules.view()
  }

  previewInputs() {
    const { rooms } = this.#deps
    const account = rooms.equity.account()
    return {
      positions: heldPositions(rooms),
      restingEntries: restingEntries(rooms),
      governor: rooms.governor(),
      governorUnder: rooms.safety.governor.underEach(),
      equity: account?.equity.toNumber() ?? 0,
      drawdown: account?.drawdown ?? 0,
      heatUsd: this.usage()?.heatUsd ?? 0,
    }
  }

  positions() {
    const { books, clock, executor, market } = this.#deps.rooms
    const { protection } = executor
    return [...books.positions.values()].map((position) => {
      const { symbol } = position
      return livePosition(position, market.desk(symbol), {
        isProtected: protection.isProtected(symbol),
        unprotectedSince: protection.naked.since(symbol),
        protection: protection.legs(position),
        nakedSeconds: protection.naked.secondsOf(symbol, clock.now()),
        verifiedAt: protection.verifiedAt(symbol),
        frozen: books.frozen.get(symbol)?.reason ?? null,
      })
    })
  }

  openOrders() {
    const { books, executor } = this.#deps.rooms
    return [...books.orders.working.values(), ...executor.foreign.orders]
  }

  instruments() {
    return [...this.#deps.rooms.market.desks].map((desk) => desk.instrument)
  }

  quotes(): readonly Quote[] {
    return [...this.#deps.rooms.market.desks].flatMap(({ symbol, last, lastAt, mark, markAt, ticker }) => {
      if (Number.isNaN(last)) return []
      const noBook = { bid: null, ask: null, bidQuantity: null, askQuantity: null }
      return [{ ticker: { ...noBook, ...ticker, symbol, at: lastAt, last }, mark: { symbol, at: markAt, mark } }]
    })
  }

  priceTable() {
    return this.#deps.rooms.market.prices
  }

  rankingTable() {
    return this.#deps.rooms.rankingTable.table
  }

  symbolStates() {
    return [...this.#deps.rooms.market.desks].map(({ model, funding }) => ({ ...model.state, funding }))
  }

  marketState() {
    const { market, feed } = this.#deps.rooms
    return marketState(market, feed.description)
  }

  /** What is kept in memory, and before it what the source still has. */
  async candles(symbol: string, interval: Interval, limit: number): Promise<readonly Candle[]> {
    const { market, feed, clock } = this.#deps.rooms
    const kept = market.candles(symbol, interval, limit)
    const before = kept[0]?.openAt ?? clock.now()
    if (kept.length >= limit) return kept
    return [...(await feed.history(symbol, interval, before, limit - kept.length)), ...kept]
  }

  hindsight(decisionId: string): Promise<Hindsight | null> {
    return hindsightOf(this, decisionId)
  }

  strategies() {
    return this.#deps.rooms.strategies.active.map(({ definition: { id, description }, interval }) => ({
      id,
      description,
      interval,
      status: 'LIVE' as const,
    }))
  }

  onChange(listener: (changes: readonly Change[]) => void): () => void {
    return this.#deps.rooms.announcer.onChange(listener)
  }

  placeManual(order: ManualOrder, actor: Actor, dryRun: boolean): ManualResult {
    const { rooms, station } = this.#deps
    const intent = this.#manualIntent(order, actor)
    const cause = { kind: 'MANUAL', part: '', ranking: null, steps: [] } as const
    const verdict = dryRun ? rooms.guard.tryOut(intent) : rooms.pipeline.submit(intent, cause)
    station.settle()
    if (verdict.outcome === 'denied') return verdict
    const { quantity, price, leverage, riskFraction } = verdict
    const sent = rooms.books.orders.of(order.symbol).find((each) => each.intentId === intent.id)
    return {
      outcome: 'approved',
      dryRun,
      traceId: intent.traceId,
      clientOrderId: sent?.clientOrderId ?? null,
      quantity,
      price: price ?? intent.price,
      leverage: leverage ?? 1,
      riskFraction,
    }
  }

  previewManual(order: ManualOrder, actor: Actor): ManualPreview {
    const { clock, guard } = this.#deps.rooms
    const intent = this.#manualIntent(order, actor)
    const verdict = guard.tryOut(intent)
    return {
      at: clock.now(),
      policyVersion: verdict.policyVersion,
      denial: verdict.outcome === 'denied' ? verdict : null,
      steps: verdict.steps,
      measure: measure(intent, guard.contextOf(intent)),
    }
  }

  /** What is not ours is closed by its own name (`foreign.close`), never by mistake. */
  closePosition(symbol: string, actor: Actor) {
    const { executor, books } = this.#deps.rooms
    const position = books.positions.get(symbol)
    const isOwn = position !== undefined && position.strategyId !== FOREIGN
    if (!isOwn || !executor.closePosition(symbol, PERSON_REASON, actor)) {
      return { outcome: 'not_there' as const, what: `position of ours on ${symbol}` }
    }
    this.#deps.station.settle()
    return { outcome: 'closing' as const, traceId: position.traceId }
  }

  replaceOrder(id: ClientOrderId, change: EntryChange, actor: Actor): ReplaceResult {
    const { books, clock, executor, guard, pipeline } = this.#deps.rooms
    const order = books.orders.working.get(id)
    if (order === undefined) return { outcome: 'not_there', what: `open order ${id}` }
    const { confidence } = guard.approvalOf(order.intentId)
    const intent = entryReplacement(order, change, actor, {
      now: clock.now(),
      confidence: order.strategyId === MANUAL ? 1 : confidence,
      expectedHoldMs: MANUAL_HOLD_MS,
    })
    if (intent === null) return { outcome: 'refused', reason: 'only an entry that rests can be moved' }
    const rest = intent.quantity.minus(order.filledQuantity)
    if (rest.lte(0)) return { outcome: 'refused', reason: `${order.filledQuantity.toFixed()} of it has filled already` }
    const verdict = guard.tryOut({ ...intent, quantity: rest })
    if (verdict.outcome === 'denied') return verdict
    if (!executor.replaceEntry(id, intent)) return { outcome: 'refused', reason: 'it is being cancelled already' }
    pipeline.moveDecided(intent, verdict)
    this.#deps.station.settle()
    return { outcome: 'replacing', traceId: order.traceId }
  }

  cancelOrder(id: ClientOrderId, actor: Actor) {
    const { books, pipeline } = this.#deps.rooms
    const order = books.orders.working.get(id)
    if (order === undefined) return { outcome: 'not_there' as const, what: `open order ${id}` }
    const intent: CancelIntent = {
      kind: 'CANCEL',
      id: stableId('cancel', id, this.#deps.rooms.clock.now()) as IntentId,
      traceId: order.traceId,
      strategyId: order.strategyId,
      symbol: order.symbol,
      side: order.positionSide,
      actor,
      createdAt: this.#deps.rooms.clock.now(),
      clientOrderId: id,
    }
    pipeline.submit(intent, { kind: 'MANUAL', part: '', ranking: null, steps: [] })
    this.#deps.station.settle()
    return { outcome: 'cancelling' as const }
  }

  engageEmergency(actor: Actor, reason: string, flatten: boolean, withForeign = false): { readonly id: string } {
    const { policy } = this.#deps.rooms
    const result = policy.engageEmergency({ actor, reason })
    if (flatten) void this.flatten(actor, reason, withForeign)
    this.#deps.station.settle()
    return { id: (result.outcome === 'accepted' ? result.policy : policy.current).emergency?.id ?? '' }
  }

  releaseEmergency(actor: Actor, id: string, word: string) {
    const result = this.#deps.rooms.policy.releaseEmergency({ actor, id, word, reason: 'released by a person' })
    this.#deps.station.settle()
    if (result.outcome === 'accepted') return { outcome: 'released' as const }
    return { outcome: 'refused' as const, reason: result.outcome === 'refused' ? result.reason : result.outcome }
  }

  /** Two at once are one: the second waits for the report of the first. */
  flatten(actor: Actor, reason: string, withForeign = false): Promise<FlattenReport> {
    const report = this.#deps.rooms.safety.flattens.begin(actor, reason, withForeign)
    this.#deps.station.settle()
    return report
  }

  lastFlatten() {
    return this.#deps.rooms.executor.lastFlatten
  }

  flattenDrill(withForeign = false) {
    const { books, clock, executor, guard, market, safety, settings } = this.#deps.rooms
    return flattenDrill({
      now: clock.now(),
      books,
      settings: settings.executor,
      withForeign,
      markOf: market.markOf,
      slicesOf: (intent) => {
        const verdict = guard.tryOut(intent)
        return verdict.outcome === 'approved' ? verdict.slices : verdict.sentence
      },
      answerMs: safety.health.answerMs,
      obstacle: executor.flattenObstacle,
    })
  }

  deposit(amount: Exact, actor: Actor) {
    const { deposit, station } = this.#deps
    if (deposit === null) return { outcome: 'refused' as const, reason: 'this is not paper money' }
    const result = deposit(amount, actor)
    station.settle()
    return result
  }

  setSpeed(speed: number | 'max'): boolean {
    this.#deps.pace?.setSpeed(speed)
    this.#touchStatus()
    return this.#deps.pace !== null
  }

  setPaused(paused: boolean): boolean {
    this.#deps.pace?.setPaused(paused)
    this.#touchStatus()
    return this.#deps.pace !== null
  }

  systemEvent(kind: SystemEvent): void {
    this.#deps.rooms.host.tell(kind)
    this.#deps.station.settle()
  }

  configuration() {
    return this.#deps.configuration
  }

  #touchStatus(): void {
    this.#deps.rooms.announcer.touch('status')
    this.#deps.station.settle()
  }

  #entriesOff(): string | null {
    const { canary, executor, host, policy, phase } = this.#deps.rooms
    if (policy.current.emergency !== null) return `emergency: ${policy.current.emergency.reason}`
    if (phase.name !== 'running') return `the station is ${phase.name}`
    return canary.entriesOff ?? host.entriesOff ?? executor.entriesOff
  }

  /** A wish of its own, also when another of the same instant was decided before a restart. */
  #manualIntent(order: ManualOrder, actor: Actor): EntryIntent {
    const intent = this.#manualWish(order, actor)
    return this.#deps.rooms.pipeline.isUsed(intent.id) ? this.#manualIntent(order, actor) : intent
  }

  #manualWish(order: ManualOrder, actor: Actor): EntryIntent {
    const { clock, market, policy, settings } = this.#deps.rooms
    const desk = market.desk(order.symbol)
    return manualEntry(order, actor, {
      now: clock.now(),
      serial: ++this.#serial,
      last: desk?.last ?? Number.NaN,
      mark: desk?.mark ?? Number.NaN,
      rules: policy.current.rules.guard,
      settings: settings.orchestrator,
      restMs: MANUAL_REST_MS,
      expectedHoldMs: MANUAL_HOLD_MS,
    })
  }
}

/** What is done by hand is told at once. */
function settledMsc(msc: MscFacade, station: FrontDeskDeps['station']): MscFacade {
  const settled = <Result>(result: Result): Result => {
    station.settle()
    return result
  }
  return {
    view: () => msc.view(),
    history: (limit) => msc.history(limit),
    health: () => msc.health(),
    strategies: () => msc.strategies(),
    evaluate: () => settled(msc.evaluate()),
    rebase: (actor, reason) => settled(msc.rebase(actor, reason)),
  }
}
