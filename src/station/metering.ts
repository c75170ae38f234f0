/** Has everything counted that dashboards want to see; listens only, and steers nothing. */
import type { ClientOrderId } from '../core/model/ids.ts'
import type { Intent } from '../core/model/intent.ts'
import type { Order } from '../core/model/order.ts'
import type { AccountState } from '../core/model/position.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { MetricFigures, Metrics } from '../core/ports/metrics.ts'
import type { Approved, ExplainedDenial } from '../core/risk-guard/risk-guard.ts'
import type { EventBus } from './event-bus.ts'
import type { StationEvents } from './events.ts'
import type { Executor } from './executor.ts'
import type { MarketBoard } from './market-board.ts'
import type { MscController } from './msc-controller.ts'
import type { PolicyStore } from './policy-store.ts'
import type { StrategyDesk } from './strategy-desk.ts'

interface MeteringDeps {
  readonly metrics: Metrics
  readonly bus: EventBus<StationEvents>
  readonly policy: PolicyStore
}

/** Nothing but the note on its own evaluation is no change of the policy. */
const NOTE = 'evaluation'

/** Counts denials, drops, the policies MSC writes, and how long orders wait for an answer. */
export function meterEvents({ metrics, bus, policy }: MeteringDeps): void {
  if (policy.origin === 'history' || policy.origin === 'defaults') metrics.policyFellBack()
  bus.subscribe('intent.denied', ({ code, source }) =>
    metrics.denied(policy.current.riskMode, { reason: code, setBy: source.kind }),
  )
  bus.subscribe('signal.dropped', ({ reason, strategyId }) => metrics.dropped(reason, strategyId))
  bus.subscribe('policy.updated', ({ policy: { updatedBy }, changes }) => {
    if (updatedBy === 'msc' && changes.some(({ path }) => !path.startsWith(NOTE))) metrics.policyChanged()
  })
  const sent = new Map<ClientOrderId, number>()
  bus.subscribe('order.changed', (order) => noteAnswer(order, sent, metrics))
}

/** An order that was asked about instead of answering has no latency. */
function noteAnswer({ clientOrderId, state, updatedAt }: Order, sent: Map<ClientOrderId, number>, metrics: Metrics) {
  if (state === 'SUBMITTED') {
    sent.set(clientOrderId, updatedAt)
    return
  }
  const sentAt = sent.get(clientOrderId)
  if (sentAt === undefined) return
  sent.delete(clientOrderId)
  if (state !== 'UNKNOWN' && state !== 'FAILED') metrics.orderAnswered(updatedAt - sentAt)
}

type Check = (intent: Intent) => Approved | ExplainedDenial

/** The guard's word on what is newly wished, counted where it is yes to an entry; its no is an event. */
export const meteredCheck =
  (check: Check, { metrics, policy }: Omit<MeteringDeps, 'bus'>): Check =>
  (intent) => {
    const verdict = check(intent)
    if (verdict.outcome === 'approved' && intent.kind === 'ENTRY') metrics.approved(policy.current.riskMode)
    return verdict
  }

interface FigureDeps {
  readonly clock: Clock
  readonly bus: EventBus<StationEvents>
  readonly policy: PolicyStore
  readonly strategies: StrategyDesk
  readonly market: MarketBoard
  readonly executor: Executor
  readonly msc: Pick<MscController, 'view'>
  readonly account: () => AccountState | null
}

const MS = 1000
const PERCENT = 100

export function figuresOf(deps: FigureDeps): MetricFigures {
  const { clock, bus, policy, strategies, market, executor, msc, account } = deps
  const { riskMode, allowedStrategies, blockedStrategies } = policy.current
  const evidence = msc.view().evaluation?.evidence
  const { published, failures } = bus.counts()
  const now = clock.now()
  const drawdown = account()?.drawdown ?? null
  const isActive = (id: string): boolean => !blockedStrategies.includes(id) && (allowedStrategies?.includes(id) ?? true)
  return {
    profile: riskMode,
    drawdownPct: drawdown === null ? null : drawdown * PERCENT,
    evidence: { drawdownPct: evidence?.drawdownPct ?? null, winratePct: evidence?.winRatePct ?? null },
    activeStrategies: strategies.active.filter(({ definition }) => isActive(definition.id)).length,
    nakedSeconds: executor.protection.naked.totalSeconds(now),
    feedAgeSeconds: market.lastAt === null ? null : (now - market.lastAt) / MS,
    eventLagSeconds: market.lagMs === null ? null : market.lagMs / MS,
    published,
    subscriberFailures: failures,
  }
}
