/** Evidence for the tests: calm, proven, without an opinion, unless a test says otherwise. */
import type { Evidence } from '../../../src/core/msc/evidence.ts'

/** Enough trades, poor mean R, no standard error: whatever a gate asks for is there. */
export const evidenceOf = (known: Partial<Evidence>): Evidence => ({
  drawdownPct: null,
  winRatePct: null,
  meanR: null,
  slopePct: null,
  slopeError: null,
  regime: null,
  volatility: null,
  losingStreak: null,
  daysSinceProfit: null,
  trades: 100,
  health: 'HEALTHY',
  rebasedAt: null,
  ...known,
})
