/** Where the station counts what happens, for dashboards (SPEC §14). Nothing is ever decided on it. */
import type { LimitSource } from '../model/refusal.ts'
import type { RiskMode } from '../policy/policy.ts'

/** Work whose real time is measured. */
export type TimedWork = 'database_write' | 'msc_evaluation'

export interface Metrics {
  /** The guard let an entry pass. */
  approved(profile: RiskMode): void
  denied(profile: RiskMode, denial: { readonly reason: string; readonly setBy: LimitSource['kind'] }): void
  dropped(reason: string, strategy: string): void
  /** MSC came to a decision: the mode that is in force after it. */
  evaluated(riskMode: RiskMode): void
  /** MSC wrote another policy. */
  policyChanged(): void
  /** The policy could not be read, and an earlier one or the defaults stand for it. */
  policyFellBack(): void
  /** ms of the station's clock from sending an order to the venue's first answer */
  orderAnswered(ms: number): void
  timed<Result>(what: TimedWork, work: () => Result): Result
}

/** What is looked up when somebody reads the metrics; null: not known. */
export interface MetricFigures {
  readonly profile: RiskMode
  /** of the UTC day, percent */
  readonly drawdownPct: number | null
  /** as MSC saw them last, percent */
  readonly evidence: { readonly drawdownPct: number | null; readonly winratePct: number | null }
  readonly activeStrategies: number
  readonly nakedSeconds: number
  readonly feedAgeSeconds: number | null
  readonly eventLagSeconds: number | null
  /** events by name, and how often a subscriber threw */
  readonly published: Readonly<Record<string, number>>
  readonly subscriberFailures: number
}

/** The metrics as a scraper reads them. */
export interface MetricsText {
  readonly contentType: string
  text(): Promise<string>
}

/** For a station whose figures nobody reads. */
export const UNCOUNTED: Metrics = {
  approved: () => {},
  denied: () => {},
  dropped: () => {},
  evaluated: () => {},
  policyChanged: () => {},
  policyFellBack: () => {},
  orderAnswered: () => {},
  timed: (_what, work) => work(),
}
