import type { AccountState } from '../core/model/position.ts'
/** The Meta Strategy Controller as the station and its doors know it: on or off, when it runs, what it says (SPEC §5). */
import type { Trigger } from '../core/msc/decision.ts'
import { aboveAll, ruleThatSpeaks, type Evaluation } from '../core/msc/evaluation.ts'
import { gather } from '../core/msc/gather.ts'
import { nextChanges } from '../core/msc/next-changes.ts'
import { scoreOf } from '../core/msc/score.ts'
import { select, type Standing } from '../core/msc/select.ts'
import type { MscWatchSettings } from '../core/msc/settings.ts'
import { isWarmingUp } from '../core/msc/warming-up.ts'
import { activePin } from '../core/policy/holds.ts'
import type { Actor, RiskMode } from '../core/policy/policy.ts'
import type { AlertDesk } from './alert-desk.ts'
import type { EventBus } from './event-bus.ts'
import type { StationEvents } from './events.ts'
import { MscDesk, type MscDeskDeps, type ToldEvaluation } from './msc-desk.ts'
import type { MscFacade, MscStatus, MscView } from './msc-facade.ts'
import { MscSchedule } from './msc-schedule.ts'
import { MscWatch } from './msc-watch.ts'

export interface MscControllerSettings {
  readonly enabled: boolean
  readonly autoAdjust: boolean
  readonly intervalMinutes: number
}

interface MscControllerDeps extends Omit<MscDeskDeps, 'applies' | 'alerts'> {
  readonly bus: EventBus<StationEvents>
  readonly alerts: AlertDesk
  readonly settings: MscControllerSettings
  readonly watch: MscWatchSettings
  /** size × this while a strategy is warming up, in mode DEFENSIVE and in the others */
  readonly warmSizes: { readonly defensive: number; readonly other: number }
  /** null until there is money */
  readonly account: () => AccountState | null
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const PAGE = 500
/** `component` of `health.status_changed` that stands for the whole */
const SYSTEM = 'system'

const isEvaluation = (votes: unknown): votes is Evaluation =>
  typeof votes === 'object' && votes !== null && 'result' in votes && 'evidence' in votes

export class MscController implements MscFacade {
  readonly #deps: MscControllerDeps
  readonly #desk: MscDesk
  readonly #schedule: MscSchedule
  readonly #watch: MscWatch
  #last: ToldEvaluation | null = null

  constructor(deps: MscControllerDeps) {
    const { clock, settings, bus, policy, alerts, watch } = deps
    const intervalMs = settings.intervalMinutes * MINUTE_MS
    this.#deps = deps
    this.#desk = new MscDesk({ ...deps, applies: settings.autoAdjust })
    this.#schedule = new MscSchedule({ clock, intervalMs, run: (trigger) => this.#run(trigger) })
    this.#watch = new MscWatch({ clock, policy, bus, alerts, intervalMs, settings: watch })
    policy.onUpdated(({ changes }) => {
      if (changes.some(({ path }) => path === 'pin' || path === 'emergency')) deps.announcer.touch('msc')
    })
    bus.subscribe('trade.executed', (trade) => deps.past.traded(trade))
    bus.subscribe('health.status_changed', ({ component, status }) => {
      if (component === SYSTEM && status === 'CRITICAL' && this.#schedule.nextAt !== null)
        this.#schedule.runNow('health')
    })
  }

  /** Reads back the past; runs for the first time once the clock has control. */
  start(): void {
    const { settings, past, records, clock, policy } = this.#deps
    this.#desk.load()
    past.reach(records, clock.now(), policy.current.rules.msc)
    if (!settings.enabled) return
    this.#watch.start(this.#runsBefore())
    this.#schedule.start()
  }

  stop(): void {
    this.#schedule.stop()
    this.#watch.stop()
  }

  woke(): void {
    this.#schedule.woke()
  }

  /** The equity curve has another sample. */
  sampled(): void {
    const account = this.#deps.account()
    if (account !== null) this.#deps.past.sampled(account)
  }

  /** The mode it asks for now; null: it is off, only advises, or has not spoken. */
  advised(): RiskMode | null {
    const { enabled, autoAdjust } = this.#deps.settings
    return enabled && autoAdjust ? (this.#desk.lastDone?.evaluation.advised ?? null) : null
  }

  /** Too few trades for a score. */
  isWarmingUp(strategyId: string): boolean {
    const { past, shadowTrades, clock, policy } = this.#deps
    const trades = { live: past.tradesOf(strategyId), shadow: shadowTrades(strategyId) ?? [] }
    return isWarmingUp(trades, clock.now(), policy.current.rules.msc.scoring)
  }

  view(): MscView {
    const { clock, policy, governor, market, settings } = this.#deps
    const { current } = policy
    const last = this.#desk.lastDone
    const input = this.#desk.input('manual')
    const evidence = gather(input, current.rules.msc.evidence)
    const situation = {
      now: clock.now(),
      policy: current,
      rule: ruleThatSpeaks(current, clock.now(), market().volatility),
      above: aboveAll(current, governor()),
    }
    const { evaluation, verdict, memory } = last ?? { evaluation: null, verdict: null, memory: null }
    const applies = settings.autoAdjust
    return {
      status: this.#status(),
      intervalMinutes: settings.intervalMinutes,
      isRunning: this.#schedule.isRunning,
      lastAt: this.#last?.at ?? null,
      nextAt: this.#schedule.nextAt,
      evidence,
      evaluation: last?.told ?? null,
      nextChanges:
        evaluation === null
          ? []
          : nextChanges({ ...situation, evidence: evaluation.evidence, verdict, memory, applies }),
    }
  }

  history(limit: number): readonly ToldEvaluation[] {
    const { items } = this.#deps.records().mscPolicies({ limit })
    return items.flatMap(({ votes, traceId }) =>
      isEvaluation(votes) ? [{ ...votes, tookMs: this.#desk.tookMs(traceId) }] : [],
    )
  }

  evaluate(): ReturnType<MscFacade['evaluate']> {
    if (!this.#deps.settings.enabled) return { outcome: 'refused', reason: 'the meta strategy controller is off' }
    const before = this.#last
    this.#schedule.runNow('manual')
    const evaluation = this.#last
    if (evaluation === null || evaluation === before) return { outcome: 'refused', reason: 'a run is under way' }
    return { outcome: 'evaluated', evaluation }
  }

  health(): ReturnType<MscFacade['health']> {
    return this.#watch.health()
  }

  strategies(): ReturnType<MscFacade['strategies']> {
    const { clock, policy, market, warmSizes } = this.#deps
    const { riskMode, blockedStrategies, allowedStrategies, rules } = policy.current
    const { scoring, selection } = rules.msc
    const { regime } = market()
    const scores = this.#desk
      .strategyRecords()
      .map((record) => scoreOf(record, { now: clock.now(), regime, rules: scoring }))
    const { standings } = select({
      scores,
      blocked: blockedStrategies,
      mode: riskMode,
      rules: selection,
      warmTrades: scoring.warmTrades,
    })
    const isActive = (id: string): boolean =>
      !blockedStrategies.includes(id) && (allowedStrategies?.includes(id) ?? true)
    const warm = riskMode === 'DEFENSIVE' ? warmSizes.defensive : warmSizes.other
    const sizeOf = ({ score }: Standing): number => (score === null ? warm : 1)
    return {
      minScore: selection.minScore,
      rankings: standings.map((each) => ({ ...each, isActive: isActive(each.id), sizeShare: sizeOf(each) })),
    }
  }

  rebase(actor: Actor, reason: string): { readonly rebasedAt: number } {
    const rebasedAt = this.#desk.rebase(actor, reason)
    return { rebasedAt }
  }

  #run(trigger: Trigger): void {
    this.#last = this.#desk.run(trigger)
    const selected = this.#last.result === 'failed' ? null : this.#last.activeStrategies.length
    this.#watch.ran(this.#last, selected)
    this.#deps.announcer.touch('msc')
  }

  #status(): MscStatus {
    const { settings, policy, clock } = this.#deps
    if (!settings.enabled) return 'disabled'
    if (this.#watch.isLate) return 'stale'
    if (!settings.autoAdjust) return 'advising'
    const { current } = policy
    return current.emergency !== null || activePin(current, clock.now()) !== null ? 'paused' : 'active'
  }

  /** Of the days told in time per mode, oldest first. */
  #runsBefore() {
    const { records, clock, watch } = this.#deps
    const from = clock.now() - watch.shareDays * DAY_MS
    const { items } = records().mscPolicies({ limit: PAGE, from })
    return items.toReversed().flatMap(({ votes, createdAt, riskMode }) => {
      if (!isEvaluation(votes)) return []
      return [{ at: createdAt, result: votes.result, mode: riskMode as RiskMode }]
    })
  }
}
