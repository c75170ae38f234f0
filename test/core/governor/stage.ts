/** A calm station at noon, and a governor that looks at it whenever the story says so. */
import { look, type Look } from '../../../src/core/governor/governor.ts'
import type { GovernorInputs } from '../../../src/core/governor/inputs.ts'
import { rememberedFrom, type GovernorMemory } from '../../../src/core/governor/memory.ts'
import { DEFAULT_RULES } from '../../../src/core/policy/default-rules.ts'
import type { Emergency, GovernorRules } from '../../../src/core/policy/policy.ts'

export const NOON = Date.UTC(2025, 5, 2, 12)
export const SECOND_MS = 1000
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000
export const RULES = DEFAULT_RULES.governor

export const CALM: GovernorInputs = {
  now: NOON,
  wasAway: false,
  account: { nav: 1, highToday: 1, high24h: 1, highEver: 1 },
  isExposed: true,
  maxDailyDrawdown: 0.05,
  maxDailyDrawdownToday: 0.05,
  closings: [],
  health: { status: 'HEALTHY', detail: 'everything is well' },
  link: { downSince: null, isReconciled: true },
  unprotected: [],
  journalFault: null,
  margin: null,
  emergency: null,
}

/** Down by so much from every high. */
export const down = (fraction: number): Partial<GovernorInputs> => ({
  account: { nav: 1 - fraction, highToday: 1, high24h: 1, highEver: 1 },
})

export const losses = (count: number, last: number, apartMs = HOUR_MS): GovernorInputs['closings'] =>
  Array.from({ length: count }, (_none, index) => ({ at: last - (count - 1 - index) * apartMs, isLoss: true }))

export class GovernorStage {
  now = NOON
  inputs: GovernorInputs = CALM
  memory: GovernorMemory
  rules: GovernorRules
  last: Look
  readonly levels: string[] = []

  constructor(rules: Partial<GovernorRules> = {}) {
    this.rules = { ...RULES, ...rules }
    this.memory = rememberedFrom(null, NOON, null)
    this.last = this.look()
  }

  /** Looks now, at what has changed. */
  look(changed: Partial<GovernorInputs> = {}): Look {
    this.inputs = { ...this.inputs, ...changed, now: this.now, wasAway: changed.wasAway ?? false }
    this.last = look(this.memory, this.inputs, this.rules)
    this.memory = this.last.memory
    const { level } = this.last.state
    if (this.levels.at(-1) !== level) this.levels.push(level)
    return this.last
  }

  /** The same now and again 2 s later. */
  twice(changed: Partial<GovernorInputs>): Look {
    this.look(changed)
    this.now += 2 * SECOND_MS
    return this.look()
  }

  /** Looks every 10 s, as the station does. */
  pass(ms: number, changed: Partial<GovernorInputs> = {}): Look {
    const end = this.now + ms
    let seen = this.last
    while (this.now < end) {
      this.now = Math.min(end, this.now + 10 * SECOND_MS)
      seen = this.look(changed)
    }
    return seen
  }

  /** Does what the last look asked for. */
  engage(by: Emergency['by'] = 'governor'): Look {
    const emergency = { id: `e${this.now}`, engagedAt: this.now, by, reason: this.last.engage ?? 'by hand' }
    return this.look({ emergency })
  }

  release(): Look {
    return this.look({ emergency: null })
  }

  get level(): string {
    return this.last.state.level
  }
}
