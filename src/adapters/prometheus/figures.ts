/** Every figure of the station by the name dashboards know it by (SPEC §14); buckets are in seconds. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** From a paper exchange's 50 ms to a venue that hardly answers. */
const ORDER_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** Health calls 50 ms slow. */
const DATABASE_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]
const EVALUATION_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]

/** What is counted as it happens. */
export const countersIn = (registry: Registry) => {
  const registers = [registry]
  return {
    evaluations: new Counter({
      name: 'msc_ai_evaluations_total',
      help: 'Evaluations of the meta strategy controller, by the mode in force after them',
      labelNames: ['risk_mode'],
      registers,
    }),
    policyChanges: new Counter({
      name: 'msc_ai_policy_changes_total',
      help: 'Policies the meta strategy controller wrote',
      registers,
    }),
    evaluationSeconds: new Histogram({
      name: 'msc_ai_evaluation_duration_seconds',
      help: 'Real time of one evaluation',
      buckets: EVALUATION_SECONDS,
      registers,
    }),
    approved: new Counter({
      name: 'trades_approved_total',
      help: 'Entries the risk guard approved',
      labelNames: ['profile'],
      registers,
    }),
    denied: new Counter({
      name: 'trades_denied_total',
      help: 'Intents the risk guard denied, by its code',
      labelNames: ['profile', 'reason'],
      registers,
    }),
    dropped: new Counter({
      name: 'signals_dropped_total',
      help: 'Signals the orchestrator dropped, by its first reason',
      labelNames: ['reason', 'strategy'],
      registers,
    }),
    limitHits: new Counter({
      name: 'limit_hits_total',
      help: 'Limits that stopped an intent, and who had set them',
      labelNames: ['limit', 'set_by'],
      registers,
    }),
    policyFallbacks: new Counter({
      name: 'policy_fallbacks_total',
      help: 'Starts at which the policy was unreadable and an earlier one or the defaults stood for it',
      registers,
    }),
    orderSeconds: new Histogram({
      name: 'order_latency_seconds',
      help: "From sending an order to the venue's first answer",
      buckets: ORDER_SECONDS,
      registers,
    }),
    databaseSeconds: new Histogram({
      name: 'database_write_seconds',
      help: 'Real time of one commit of the journal',
      buckets: DATABASE_SECONDS,
      registers,
    }),
  }
}

/** What is looked up when somebody reads. */
export const gaugesIn = (registry: Registry) => {
  const registers = [registry]
  return {
    activeStrategies: new Gauge({
      name: 'msc_ai_active_strategies',
      help: 'Strategies the policy lets trade',
      registers,
    }),
    systemDrawdown: new Gauge({
      name: 'msc_system_health_drawdown_pct',
      help: 'Drawdown from the 30-day high as last evaluated, percent',
      registers,
    }),
    systemWinrate: new Gauge({
      name: 'msc_system_health_winrate_pct',
      help: 'Win rate as last evaluated, percent',
      registers,
    }),
    profile: new Gauge({
      name: 'risk_profile_active',
      help: '1 for the risk profile in force, 0 for the others',
      labelNames: ['profile'],
      registers,
    }),
    drawdown: new Gauge({
      name: 'drawdown_pct',
      help: 'Drawdown of the UTC day under the profile in force, percent',
      labelNames: ['profile'],
      registers,
    }),
    nakedSeconds: new Gauge({
      name: 'naked_seconds',
      help: 'Seconds that positions stood without a full live stop since the station started, all together',
      registers,
    }),
    feedAge: new Gauge({ name: 'feed_age_seconds', help: 'Age of the last price of any symbol', registers }),
    eventLag: new Gauge({
      name: 'event_lag_seconds',
      help: 'How old the last market event was when it was handled',
      registers,
    }),
    published: new Gauge({
      name: 'events_published',
      help: 'Events since the station started, by name',
      labelNames: ['event'],
      registers,
    }),
    subscriberFailures: new Gauge({
      name: 'subscriber_failures',
      help: 'How often a subscriber of an event threw since the station started',
      registers,
    }),
  }
}
