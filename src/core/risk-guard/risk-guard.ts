import type { Exact } from '../model/decimal.ts'
/** The guard: every order passes it (SPEC §3). Opening risk fails closed, reducing it is always open. */
import type { DecisionStep } from '../model/decision-step.ts'
import type { EntryIntent, Intent, ReducingIntent } from '../model/intent.ts'
import type { Denied } from '../model/refusal.ts'
import type { RiskMode } from '../policy/policy.ts'
import type { Asked } from './asked.ts'
import { checkEmergency } from './checks/01-emergency.ts'
import { checkSymbol } from './checks/02-symbol.ts'
import { checkPrice } from './checks/03-price.ts'
import { checkPriceAge } from './checks/04-price-age.ts'
import { checkNewPositions } from './checks/05-new-positions.ts'
import { checkStrategy } from './checks/06-strategy.ts'
import { checkConfidence } from './checks/07-confidence.ts'
import { checkLeverage } from './checks/08-leverage.ts'
import { checkStopAndRisk } from './checks/09-stop-and-risk.ts'
import { checkPositionSize } from './checks/10-position-size.ts'
import { checkPositions } from './checks/11-positions.ts'
import { checkPace } from './checks/12-pace.ts'
import { checkDailyLoss } from './checks/13-daily-loss.ts'
import { checkExposure } from './checks/14-exposure.ts'
import { checkExchangeFilter } from './checks/15-exchange-filter.ts'
import type { Claim } from './claim.ts'
import type { GuardContext } from './context.ts'
import { type Figures, figuresOf } from './figures.ts'
import { known, Unavailable } from './reading.ts'
import { reduce } from './reducing.ts'
import type { Check, Failure, Measured } from './verdict.ts'
import { sourceText } from './words.ts'

/** Not exported: nobody else can make an `Approved`. */
const APPROVED = Symbol('approved by the risk guard')

/** The only thing the executor takes. Money in USDT. */
export interface Approved<Asking extends Intent = Intent> {
  readonly [APPROVED]: true
  readonly outcome: 'approved'
  readonly intent: Asking
  /** rounded down to the step; zero for a cancel */
  readonly quantity: Exact
  /** the quantity as the exchange takes it: more than one part only where a market lot would be too large */
  readonly slices: readonly Exact[]
  /** limit of an entry, rounded to the tick; null for everything else */
  readonly price: Exact | null
  /** of a protective order, rounded to the tick */
  readonly triggerPrice: Exact | null
  /** whole-number leverage of an entry; null for everything else */
  readonly leverage: number | null
  readonly policyVersion: number
  readonly steps: readonly DecisionStep[]
  /** loss at stop ÷ equity; 0 for what reduces risk */
  readonly riskFraction: number
  /** what an entry reserves until its order ends (`Reservations.hold`); null for everything else */
  readonly claim: Claim | null
}

/** A denial with the stairs that led to it, the one that failed last. */
export interface ExplainedDenial extends Denied {
  readonly steps: readonly DecisionStep[]
}

/** Checks 1–7 look at the wish, 8–15 at its measured figures; the order is SPEC's. */
const ASKED: readonly Check<Asked>[] = [
  checkEmergency,
  checkSymbol,
  checkPrice,
  checkPriceAge,
  checkNewPositions,
  checkStrategy,
  checkConfidence,
]
const MEASURED: readonly Check<Measured>[] = [
  checkLeverage,
  checkStopAndRisk,
  checkPositionSize,
  checkPositions,
  checkPace,
  checkDailyLoss,
  checkExposure,
  checkExchangeFilter,
]

const isEntry = (intent: Intent): intent is EntryIntent => intent.kind === 'ENTRY'

/** What an intent is judged by, as far as anybody can tell, and the stairs so far. */
interface Judgement {
  /** 0: not known, which stops entries alone */
  readonly version: number
  readonly mode: RiskMode | null
  readonly steps: DecisionStep[]
}

function judgement(context: GuardContext): Judgement {
  try {
    return { version: context.policy?.version ?? 0, mode: context.policy?.riskMode ?? null, steps: [] }
  } catch {
    return { version: 0, mode: null, steps: [] }
  }
}

function denial(intent: Intent, number: number, failure: Failure, judged: Judgement): ExplainedDenial {
  const { code, limit, actual, source, sentence } = failure
  const step: DecisionStep = { step: code, passed: false, actual, limit, source: sourceText(source, judged.mode) }
  return {
    outcome: 'denied',
    code,
    check: number,
    limit,
    actual,
    source,
    policyVersion: judged.version,
    traceId: intent.traceId,
    intentId: intent.id,
    sentence,
    steps: [...judged.steps, step],
  }
}

function unavailable(error: unknown, number: number): Failure {
  const isMissing = error instanceof Unavailable
  const reason = error instanceof Error ? error.message : String(error)
  return {
    code: 'risk_state_unavailable',
    limit: null,
    actual: reason,
    source: { kind: 'config', actor: 'guard', version: 0 },
    sentence: isMissing ? `no entry while ${reason}` : `no entry: check ${number} could not be made (${reason})`,
  }
}

function approvedEntry(intent: EntryIntent, figures: Figures, judged: Judgement): Approved<EntryIntent> {
  const { quantity, amount, price, leverage, lossAtStop, equity, notional, margin } = figures
  const { id: intentId, symbol, side } = intent
  return {
    [APPROVED]: true,
    outcome: 'approved',
    intent,
    quantity,
    slices: [quantity],
    price,
    triggerPrice: null,
    leverage,
    policyVersion: judged.version,
    steps: judged.steps,
    riskFraction: lossAtStop / equity,
    claim: { intentId, symbol, side, quantity: amount, notional, lossAtStop, margin },
  }
}

function checkEntry(intent: EntryIntent, context: GuardContext): Approved<EntryIntent> | ExplainedDenial {
  const judged = judgement(context)
  let number = 1
  try {
    const policy = known(context.policy, 'the policy')
    const limits = known(context.limits, 'the limits in force')
    const asked: Asked = { intent, context, policy, limits, rules: policy.rules.guard, steps: judged.steps }
    for (const look of ASKED) {
      const failure = look(asked)
      if (failure !== null) return denial(intent, number, failure, judged)
      number++
    }
    const figures = figuresOf(asked)
    const measured: Measured = { ...asked, figures }
    for (const look of MEASURED) {
      const failure = look(measured)
      if (failure !== null) return denial(intent, number, failure, judged)
      number++
    }
    return approvedEntry(intent, figures, judged)
  } catch (error) {
    return denial(intent, number, unavailable(error, number), judged)
  }
}

function checkReducing(intent: ReducingIntent, context: GuardContext): Approved<ReducingIntent> | ExplainedDenial {
  const judged = judgement(context)
  const reduction = reduce(intent, context)
  if ('code' in reduction) return denial(intent, 15, reduction, judged)
  return {
    [APPROVED]: true,
    outcome: 'approved',
    intent,
    ...reduction,
    price: null,
    leverage: null,
    policyVersion: judged.version,
    riskFraction: 0,
    claim: null,
  }
}

export function check(intent: EntryIntent, context: GuardContext): Approved<EntryIntent> | ExplainedDenial
export function check(intent: ReducingIntent, context: GuardContext): Approved<ReducingIntent> | ExplainedDenial
export function check(intent: Intent, context: GuardContext): Approved | ExplainedDenial
/** The first failure wins. Never throws. */
export function check(intent: Intent, context: GuardContext): Approved | ExplainedDenial {
  return isEntry(intent) ? checkEntry(intent, context) : checkReducing(intent, context)
}
