/**
 * The safety governor at work (SPEC §4): looks every few seconds and at every fill, puts its level in force, engages the
 * kill switch and closes what must be closed. What it remembers is in the journal with each change.
 */
import { look, type Look } from '../core/governor/governor.ts'
import type { Closing, GovernorInputs } from '../core/governor/inputs.ts'
import { isTighter } from '../core/governor/levels.ts'
import { keptOf, rememberedFrom, type GovernorMemory, type KeptMemory } from '../core/governor/memory.ts'
import { losingStreak } from '../core/governor/streak.ts'
import { traceIdOf } from '../core/model/ids.ts'
import type { AccountState, Trade } from '../core/model/position.ts'
import {
  CALM_GOVERNOR,
  type Actor,
  type GlobalPolicy,
  type GovernorState,
  type RiskMode,
} from '../core/policy/policy.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Log } from '../core/ports/log.ts'
import type { Records } from '../core/ports/records.ts'
import type { AlertDesk } from './alert-desk.ts'
import type { Announcer } from './announcer.ts'
import { DrawdownOfDay } from './drawdown-of-day.ts'
import type { GovernorSettings } from './governor-settings.ts'
import type { PolicyStore } from './policy-store.ts'

export interface GovernorDeskDeps {
  readonly clock: Clock
  readonly policy: PolicyStore
  readonly records: Pick<Records, 'events' | 'trades'>
  readonly announcer: Pick<Announcer, 'publish' | 'touch'>
  readonly alerts: Pick<AlertDesk, 'raise' | 'clear' | 'stands'>
  readonly log: Pick<Log, 'info'>
  readonly settings: GovernorSettings
  /** null: not known, or no money yet */
  readonly account: () => AccountState | null
  readonly sees: () => Pick<GovernorInputs, 'isExposed' | 'health' | 'link' | 'unprotected' | 'journalFault' | 'margin'>
  /** health, link, journal and protection are as they should be: nothing of them asks for a look */
  readonly isQuiet: () => boolean
  /** components are looked at just before */
  readonly beforeLook: () => void
  /** another level is in force: limits are looked at afresh; `isTighter`: entries under way may be denied by it */
  readonly changed: (isTighter: boolean) => void
  readonly flatten: (reason: string) => void
  /** what was said between two inputs becomes durable, and is told, soon */
  readonly settle: () => void
}

export type StreakAcknowledged =
  | { readonly outcome: 'acknowledged'; readonly governor: GovernorState }
  | { readonly outcome: 'refused'; readonly reason: string }

/** By identity: each of these is replaced whole when something in it changes. */
interface Calm {
  readonly memory: GovernorMemory
  readonly account: AccountState | null
  readonly closings: readonly Closing[]
  readonly policy: GlobalPolicy
  readonly day: number
}

const isSameCalm = (now: Calm | null, before: Calm | null): boolean =>
  now !== null &&
  before !== null &&
  now.memory === before.memory &&
  now.account === before.account &&
  now.closings === before.closings &&
  now.policy === before.policy &&
  now.day === before.day

const DAY_MS = 86_400_000
const TRADES_READ = 1000
/** More rounds than an emergency and its closing ever take. */
const MOST_ROUNDS = 4
/** So many looks missed in a row: nobody was there. */
const LOOKS_MISSED = 3

export class GovernorDesk {
  readonly #deps: GovernorDeskDeps
  readonly #limit: DrawdownOfDay
  #memory: GovernorMemory | null = null
  /** what of it was told last */
  #told: KeptMemory | null = null
  #isStarted = false
  #state: GovernorState = CALM_GOVERNOR
  #closings: Closing[] = []
  #lookedAt = -Infinity
  #isLooking = false
  #isAskedAgain = false
  #isSecondSampleDue = false
  /** what the last look saw, where it saw that all is well */
  #calm: Calm | null = null

  constructor(deps: GovernorDeskDeps) {
    this.#deps = deps
    this.#limit = new DrawdownOfDay(deps.policy)
  }

  get state(): GovernorState {
    return this.#state
  }

  /** Losing trades in a row, as the levels count them. */
  get streak(): number {
    const { clock, policy } = this.#deps
    const acknowledgedAt = this.#memory?.acknowledgedAt ?? 0
    return losingStreak(this.#closings, clock.now(), acknowledgedAt, policy.current.rules.governor)
  }

  /** After a restart: the level it had, and the trades it counts. */
  load(): void {
    const { clock, records, policy } = this.#deps
    const now = clock.now()
    const stored = records.events({ limit: 1, type: 'governor.changed' }).items[0]?.data as
      | { readonly memory?: unknown }
      | undefined
    this.#memory = rememberedFrom(stored?.memory, now, policy.current.emergency?.id ?? null)
    const { items } = records.trades({ limit: TRADES_READ, from: now - 2 * DAY_MS })
    this.#told = keptOf(this.#memory)
    this.#closings = items.toReversed().map(closingOf)
    this.#limit.load(now)
    this.#state = this.#seen(this.#memory).state
    if (this.#state.level !== 'NORMAL') this.#deps.changed(false)
  }

  /** Looks from now on. */
  start(): void {
    this.#isStarted = true
    this.look()
    this.#everySoOften()
  }

  look(): void {
    if (!this.#isStarted) return
    if (this.#isLooking) {
      this.#isAskedAgain = true
      return
    }
    this.#isLooking = true
    try {
      let rounds = 0
      do this.#lookOnce()
      while (this.#takeAskedAgain() && ++rounds < MOST_ROUNDS)
    } finally {
      this.#isLooking = false
    }
  }

  /** Its limits, its rules or the kill switch may be others now. */
  policyChanged(): void {
    this.#limit.note(this.#deps.clock.now())
    this.look()
  }

  closed(trade: Trade): void {
    const since = trade.closedAt - 2 * DAY_MS
    this.#closings = [...this.#closings.filter(({ at }) => at > since), closingOf(trade)]
  }

  /** A person has seen the losing streak: it is counted anew. */
  acknowledgeStreak(actor: Actor): StreakAcknowledged {
    const memory = this.#memory
    const { clock, log } = this.#deps
    if (memory === null || (this.streak === 0 && memory.streak === null))
      return { outcome: 'refused', reason: 'there is no losing streak to acknowledge' }
    log.info('losing_streak_acknowledged', { actor, streak: this.streak })
    this.#memory = { ...memory, acknowledgedAt: clock.now(), streak: null }
    this.look()
    return { outcome: 'acknowledged', governor: this.#state }
  }

  /** The level that would follow a switch to each mode. */
  underEach(): Readonly<Record<RiskMode, GovernorState>> {
    return { DEFENSIVE: this.#under('DEFENSIVE'), NORMAL: this.#under('NORMAL'), AGGRESSIVE: this.#under('AGGRESSIVE') }
  }

  #under(mode: RiskMode): GovernorState {
    const { policy } = this.#deps
    if (this.#memory === null) return this.#state
    const { maxDailyDrawdown } = policy.current.rules.profiles[mode]
    const most = Math.max(maxDailyDrawdown, this.#limit.largest)
    return this.#seen(this.#memory, { maxDailyDrawdown, maxDailyDrawdownToday: most }).state
  }

  #takeAskedAgain(): boolean {
    const isAsked = this.#isAskedAgain
    this.#isAskedAgain = false
    return isAsked
  }

  #everySoOften(): void {
    const { clock, settings } = this.#deps
    clock.at((Math.floor(clock.now() / settings.everyMs) + 1) * settings.everyMs, () => {
      this.look()
      this.#deps.settle()
      this.#everySoOften()
    })
  }

  #lookOnce(): void {
    const before = this.#memory
    if (before === null) return
    const { clock, policy, beforeLook, flatten } = this.#deps
    beforeLook()
    const isSame = isSameCalm(this.#calmNow(before), this.#calm)
    const inputs = isSame ? null : this.#inputs()
    this.#lookedAt = clock.now()
    if (inputs === null) return
    const seen = look(before, inputs, policy.current.rules.governor)
    this.#memory = seen.memory
    this.#put(seen.state, keptOf(seen.memory))
    this.#calm = seen.wantsSecondSample ? null : this.#calmNow(seen.memory)
    this.#warnOf(inputs.margin)
    if (seen.engage !== null) policy.engageEmergency({ actor: 'governor', reason: seen.engage })
    if (seen.flatten !== null) flatten(seen.flatten)
    if (seen.wantsSecondSample) this.#lookAgainSoon()
  }

  /** While all is well and nothing of this has changed, a look would find what the last one found; null: it might not. */
  #calmNow(memory: GovernorMemory): Calm | null {
    const { policy, account, isQuiet, clock } = this.#deps
    const { level, streak, release, muted } = memory
    const isPlain = level === 'NORMAL' && streak === null && release === null && muted.length === 0
    if (!isPlain || policy.current.emergency !== null || !isQuiet()) return null
    const day = Math.floor(clock.now() / DAY_MS)
    return { memory, account: account(), closings: this.#closings, policy: policy.current, day }
  }

  #seen(memory: GovernorMemory, changed: Partial<GovernorInputs> = {}): Look {
    return look(memory, { ...this.#inputs(), ...changed }, this.#deps.policy.current.rules.governor)
  }

  #inputs(): GovernorInputs {
    const { policy, clock, account, sees, settings } = this.#deps
    const now = clock.now()
    const known = account()
    this.#limit.note(now)
    return {
      now,
      wasAway: now - this.#lookedAt > LOOKS_MISSED * settings.everyMs,
      account: known && {
        nav: known.nav,
        highToday: known.navHighToday,
        high24h: known.navHigh24h,
        highEver: known.navHighEver,
      },
      maxDailyDrawdown: this.#limit.now,
      maxDailyDrawdownToday: this.#limit.largest,
      closings: this.#closings,
      emergency: policy.current.emergency,
      ...sees(),
    }
  }

  /** In force from here on; told when it is another one than before. */
  #put(state: GovernorState, memory: KeptMemory): void {
    const { announcer, changed } = this.#deps
    const last = this.#state
    const told = this.#told
    this.#state = state
    const isSame = last.level === state.level && last.size === state.size && last.exposure === state.exposure
    if (isSame && told !== null && isRemembered(memory, told)) {
      if (last.exit !== state.exit || last.cause !== state.cause) announcer.touch('governor')
      return
    }
    if (!isSame) changed(isTighter(state.level, last.level))
    announcer.touch('governor')
    this.#told = memory
    this.#tell(state, last, memory)
  }

  #tell(state: GovernorState, last: GovernorState, memory: KeptMemory): void {
    const { announcer, alerts, log, policy, clock } = this.#deps
    const { level, cause, exit } = state
    const traceId = traceIdOf('governor', level, clock.now())
    announcer.publish('governor.changed', traceId, { state, from: last.level, memory })
    log.info('safety_governor_risk_manager_input', {
      trace_id: traceId,
      profile_name: policy.current.riskMode,
      level,
      from: last.level,
      cause,
      exit,
    })
    if (level !== 'DEFENSIVE' && level !== 'EMERGENCY') {
      alerts.clear('safety_governor')
      return
    }
    const severity = level === 'EMERGENCY' ? 'critical' : 'warning'
    const message = `governor ${level}: ${cause ?? ''}. ${exit ?? ''}`
    if (last.level !== level) alerts.raise({ severity, code: 'safety_governor', message, about: '', traceId })
  }

  #warnOf(margin: GovernorInputs['margin']): void {
    const { alerts, policy } = this.#deps
    const { marginRatioWarning, marginRatioEmergency } = policy.current.rules.governor
    if (margin === null || margin.ratio < marginRatioWarning) {
      alerts.clear('margin_ratio')
      return
    }
    if (alerts.stands('margin_ratio')) return
    const text = `margin ratio of ${margin.symbol} is ${margin.ratio.toFixed(2)}`
    const message = `${text}, everything is closed at ${marginRatioEmergency}`
    alerts.raise({ severity: 'warning', code: 'margin_ratio', message, about: '' })
  }

  #lookAgainSoon(): void {
    if (this.#isSecondSampleDue) return
    this.#isSecondSampleDue = true
    const { clock, policy } = this.#deps
    clock.at(clock.now() + policy.current.rules.governor.markGapMs, () => {
      this.#isSecondSampleDue = false
      this.look()
      this.#deps.settle()
    })
  }
}

/** Nothing that a restart would have to find again has changed. */
const isRemembered = (now: KeptMemory, before: KeptMemory): boolean =>
  now.release === before.release &&
  now.streak === before.streak &&
  now.acknowledgedAt === before.acknowledgedAt &&
  now.muted.length === before.muted.length

const closingOf = ({ closedAt, profit }: Trade): Closing => ({ at: closedAt, isLoss: profit.lte(0) })
