/** Half a year of four kinds of system under MSC and a governor: what each was allowed to do, and what it made of it. */
import type { MscTrade, NavPoint } from '../../../src/core/msc/evidence.ts'
import { isWarmingUp } from '../../../src/core/msc/warming-up.ts'
import { effectiveLimits } from '../../../src/core/policy/effective.ts'
import { nextVersion } from '../../../src/core/policy/next-version.ts'
import { CALM_GOVERNOR, type GlobalPolicy, type GovernorState, type RiskMode } from '../../../src/core/policy/policy.ts'
import { DAY_MS, HOUR_MS, Machine, type Seen } from './machine.ts'

export interface Kind {
  readonly id: string
  /** chance to win, and what a win brings in R; a loss costs 1 R */
  readonly chance: number
  readonly win: number
}

/** Expectancy: +0.25, +0.08, 0 and −0.2 R. */
export const KINDS: readonly Kind[] = [
  { id: 'good', chance: 0.5, win: 1.5 },
  { id: 'fair', chance: 0.45, win: 1.4 },
  { id: 'zero_edge', chance: 0.4, win: 1.5 },
  { id: 'losing', chance: 0.35, win: 1.29 },
]

/** What the governor is shown each hour; it answers with its word and whether it engages the kill switch. */
export interface Shown {
  readonly now: number
  readonly nav: number
  readonly highToday: number
  readonly high24h: number
  readonly highEver: number
  readonly policy: GlobalPolicy
  /** the loosest since 00:00 UTC */
  readonly maxDailyDrawdownToday: number
  readonly closings: readonly { readonly at: number; readonly isLoss: boolean }[]
  readonly isExposed: boolean
}

export type Governor = (shown: Shown) => { readonly state: GovernorState; readonly engage: string | null }

export interface HalfYear {
  /** per hour: the systems that might have opened something */
  readonly hours: readonly ReadonlySet<string>[]
  readonly trades: readonly MscTrade[]
  readonly modes: readonly RiskMode[]
  readonly emergencies: number
  readonly nav: number
}

const DAYS = 180
const SIGNALS_PER_HOUR = 0.17
const HOLD_HOURS = 5
/** a person looks at an emergency the next morning */
const RELEASE_AFTER_MS = 20 * HOUR_MS
const WARM_SIZE: Readonly<Record<RiskMode, number>> = { DEFENSIVE: 0.25, NORMAL: 0.5, AGGRESSIVE: 0.5 }

/** mulberry32: uniform in 0…1. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

interface Open {
  readonly kind: Kind
  readonly closesAt: number
  /** share of the NAV that a loss costs */
  readonly risk: number
}

const REGIMES = ['BULL_TRENDING', 'RANGING', 'RANGING', 'CHOPPY', 'BEAR_TRENDING'] as const
const VOLATILITIES = ['NORMAL', 'NORMAL', 'NORMAL', 'NORMAL', 'LOW', 'HIGH'] as const

class Life {
  readonly machine = new Machine()
  readonly #roll: () => number
  readonly #governor: Governor
  readonly #nav: NavPoint[] = []
  readonly #trades: MscTrade[] = []
  readonly #byKind = new Map<string, MscTrade[]>(KINDS.map(({ id }) => [id, []]))
  #open: Open[] = []
  #value = 1
  #day = -1
  #highToday = 1
  #loosestToday = 0
  #openedToday = 0
  #market: Seen['market'] = { regime: 'RANGING', volatility: 'NORMAL' }
  readonly hours: Set<string>[] = []
  readonly modes: RiskMode[] = []
  emergencies = 0

  constructor(seed: number, governor: Governor) {
    this.#roll = dice(seed)
    this.#governor = governor
  }

  get result(): HalfYear {
    const { hours, modes, emergencies } = this
    return { hours, modes, emergencies, trades: this.#trades, nav: this.#value }
  }

  hour(): void {
    const { machine } = this
    machine.now += HOUR_MS
    this.#turnDay()
    this.#closeDue()
    this.#nav.push({ at: machine.now, nav: this.#value, high: this.#value })
    this.#govern()
    this.#evaluate()
    this.#trade()
    this.modes.push(machine.policy.riskMode)
  }

  #turnDay(): void {
    const day = Math.floor(this.machine.now / DAY_MS)
    if (day === this.#day) return
    this.#day = day
    this.#highToday = this.#value
    this.#loosestToday = 0
    this.#openedToday = 0
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(this.#roll() * items.length)] as Item
    this.#market = { regime: pick(REGIMES), volatility: pick(VOLATILITIES) }
  }

  #closeDue(): void {
    const { now } = this.machine
    const due = this.#open.filter(({ closesAt }) => closesAt <= now)
    this.#open = this.#open.filter(({ closesAt }) => closesAt > now)
    for (const { kind, risk } of due) {
      const multiple = this.#roll() < kind.chance ? kind.win : -1
      this.#value *= 1 + multiple * risk
      const trade = { strategyId: kind.id, closedAt: now, profit: 100 * multiple * risk, rMultiple: multiple }
      this.#trades.push(trade)
      this.#byKind.get(kind.id)?.push(trade)
    }
    this.#highToday = Math.max(this.#highToday, this.#value)
  }

  #govern(): void {
    const { machine } = this
    const { emergency, riskMode, rules } = machine.policy
    if (emergency !== null && machine.now - emergency.engagedAt >= RELEASE_AFTER_MS) machine.emergency(false)
    this.#loosestToday = Math.max(this.#loosestToday, rules.profiles[riskMode].maxDailyDrawdown)
    const navs = this.#nav.map(({ nav }) => nav)
    const closings = this.#trades.slice(-100).map(({ closedAt: at, profit }) => ({ at, isLoss: profit <= 0 }))
    const { state, engage } = this.#governor({
      now: machine.now,
      nav: this.#value,
      highToday: this.#highToday,
      high24h: Math.max(...navs.slice(-24)),
      highEver: navs.reduce((high, nav) => Math.max(high, nav), 1),
      policy: machine.policy,
      maxDailyDrawdownToday: this.#loosestToday,
      closings,
      isExposed: false,
    })
    machine.governor = state
    if (engage === null) return
    this.emergencies++
    const stamp = { actor: 'governor', at: machine.now, reason: engage } as const
    const fields = {
      emergency: { id: `e${this.emergencies}`, engagedAt: machine.now, by: 'governor', reason: engage },
    } as const
    machine.policy = nextVersion(machine.policy, { fields }, stamp).policy
  }

  #evaluate(): void {
    const { machine } = this
    machine.strategies = KINDS.map(({ id }) => ({
      id,
      name: id,
      regimeTags: [],
      live: this.#byKind.get(id) ?? [],
      shadow: null,
    }))
    const nav = this.#nav.slice(-24 * 31)
    const trades = this.#trades.slice(-400)
    machine.run(() => ({ nav, trades, market: this.#market, health: 'HEALTHY' }))
  }

  #trade(): void {
    const { machine } = this
    const { policy, governor, now } = machine
    const limits = effectiveLimits(policy, governor, 1 - this.#value / this.#highToday)
    const mayOpen = limits.allowNewPositions.value && limits.maxRiskPerTrade.value > 0
    const able = KINDS.filter(({ id }) => mayOpen && (policy.allowedStrategies?.includes(id) ?? true))
    this.hours.push(new Set(able.map(({ id }) => id)))
    for (const kind of KINDS) {
      const hasSignal = this.#roll() < SIGNALS_PER_HOUR
      const hasRoom = this.#open.length < limits.maxPositions.value && this.#openedToday < limits.maxDailyTrades.value
      if (!hasSignal || !hasRoom || !able.includes(kind)) continue
      const past = { live: this.#byKind.get(kind.id) ?? [], shadow: [] }
      const warm = isWarmingUp(past, now, policy.rules.msc.scoring) ? WARM_SIZE[policy.riskMode] : 1
      this.#openedToday++
      this.#open.push({ kind, closesAt: now + HOLD_HOURS * HOUR_MS, risk: limits.maxRiskPerTrade.value * warm })
    }
  }
}

export function halfYear(seed: number, governor: Governor = () => ({ state: CALM_GOVERNOR, engage: null })): HalfYear {
  const life = new Life(seed, governor)
  for (let hour = 0; hour < DAYS * 24; hour++) life.hour()
  return life.result
}
