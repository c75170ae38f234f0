/**
 * Which mode follows from the advice (SPEC §2, §5 Applied): tighten at once, loosen one mode at a time when two scheduled
 * evaluations in a row ask for it; a pin holds the mode, and while a rule or anything above speaks MSC may only tighten.
 */
import { activePin } from '../policy/holds.ts'
import type { GlobalPolicy, Pin, RiskMode } from '../policy/policy.ts'
import { isLooserMode, oneLooser, tighterMode } from '../policy/risk-mode.ts'

export type Trigger = 'start' | 'schedule' | 'manual' | 'health' | 'wake'

/** What one run tells the next. */
export interface MscMemory {
  readonly defensiveWeight: number
  /** scheduled runs in an unbroken row have asked for a looser mode than this since then, epoch ms */
  readonly asking: { readonly mode: RiskMode; readonly since: number } | null
  /** of the pin in force: the weight when it was set, and the mode MSC would have by now */
  readonly underPin: { readonly pinnedAt: number; readonly weight: number; readonly standing: RiskMode } | null
}

export interface Situation {
  readonly now: number
  readonly trigger: Trigger
  readonly policy: GlobalPolicy
  readonly advised: RiskMode
  readonly defensiveWeight: number
  readonly memory: MscMemory | null
  /** name of the user's rule that speaks; null: none */
  readonly rule: string | null
  /** what stands above everything and lets no mode loosen, in words; null: nothing */
  readonly above: string | null
}

export type DecisionResult = 'unchanged' | 'tightened' | 'loosened' | 'waiting' | 'held_by_pin' | 'held_by_rule'

export interface Decision {
  readonly mode: RiskMode
  /** the mode whose targets the four numbers may not be looser than, besides the mode's own */
  readonly standing: RiskMode
  /** no number may loosen */
  readonly onlyTighten: boolean
  readonly result: DecisionResult
  readonly memory: MscMemory
}

const MINUTE_MS = 60_000
/** manual runs and runs on an event may tighten, they do not count towards loosening */
const COUNTS: ReadonlySet<Trigger> = new Set<Trigger>(['start', 'schedule', 'wake'])

type Asking = MscMemory['asking']

interface Moved {
  readonly mode: RiskMode
  readonly result: DecisionResult
  readonly asking: Asking
}

/** From `base` towards the advice, as far as this run may go. */
function move(base: RiskMode, situation: Situation): Moved {
  const { now, trigger, policy, advised, memory } = situation
  if (advised === base) return { mode: base, result: 'unchanged', asking: null }
  if (isLooserMode(base, advised)) return { mode: advised, result: 'tightened', asking: null }
  const asked = memory?.asking ?? null
  const before = asked !== null && asked.mode === base && asked.since <= now ? asked : null
  if (!COUNTS.has(trigger)) return { mode: base, result: 'waiting', asking: before }
  const gap = policy.rules.msc.decision.loosenGapMinutes * MINUTE_MS
  if (before === null || now - before.since < gap)
    return { mode: base, result: 'waiting', asking: before ?? { mode: base, since: now } }
  return { mode: oneLooser(base), result: 'loosened', asking: null }
}

function underPin(situation: Situation, pin: Pin): Decision {
  const { policy, advised, defensiveWeight, memory, above } = situation
  const known = memory?.underPin?.pinnedAt === pin.at ? memory.underPin : null
  const weightAtPin = known?.weight ?? memory?.defensiveWeight ?? defensiveWeight
  const own = move(known?.standing ?? policy.riskMode, situation)
  const standing = above === null ? own.mode : tighterMode(own.mode, known?.standing ?? policy.riskMode)
  const isGrave = defensiveWeight > weightAtPin && defensiveWeight >= policy.rules.msc.decision.pinWeight
  const tightens = isGrave && isLooserMode(policy.riskMode, advised)
  return {
    mode: tightens ? advised : policy.riskMode,
    standing,
    onlyTighten: above !== null,
    result: tightens ? 'tightened' : advised === policy.riskMode ? 'unchanged' : 'held_by_pin',
    memory: {
      defensiveWeight,
      asking: own.asking,
      underPin: { pinnedAt: pin.at, weight: weightAtPin, standing },
    },
  }
}

/** Only tightening while a rule or something above speaks; what a rule holds back goes on being asked for. */
function heldBack(moved: Moved, base: RiskMode, situation: Situation): Moved {
  const { rule, above, memory } = situation
  if (moved.result !== 'loosened' && moved.result !== 'waiting') return moved
  if (above !== null) return { mode: base, result: 'waiting', asking: null }
  if (rule === null) return moved
  return { mode: base, result: 'held_by_rule', asking: moved.asking ?? memory?.asking ?? null }
}

export function decide(situation: Situation): Decision {
  const { now, policy, defensiveWeight, memory, rule, above } = situation
  const pin = activePin(policy, now)
  if (pin !== null) return underPin(situation, pin)
  // what a pin kept from being written is written when it ends
  const base = tighterMode(policy.riskMode, memory?.underPin?.standing ?? policy.riskMode)
  const { mode, result, asking } = heldBack(move(base, situation), base, situation)
  const isTighter = isLooserMode(policy.riskMode, mode)
  return {
    mode,
    standing: mode,
    onlyTighten: rule !== null || above !== null,
    result: isTighter ? 'tightened' : result,
    memory: { defensiveWeight, asking: isTighter ? null : asking, underPin: null },
  }
}
