import { expect, test } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import type { IntentId } from '../../../src/core/model/ids.ts'
import type { EntryIntent } from '../../../src/core/model/intent.ts'
import type { GuardContext } from '../../../src/core/risk-guard/context.ts'
import { check } from '../../../src/core/risk-guard/risk-guard.ts'
import { accountOf, BTC, contextOf, entryOf, heldOf, NOON, policyOf } from '../../fixtures/guard.ts'

interface Scene {
  readonly intent: EntryIntent
  readonly context: GuardContext
}

const inContext = (scene: Scene, fields: GuardContext): Scene => ({
  ...scene,
  context: { ...scene.context, ...fields },
})
const inIntent = (scene: Scene, fields: Partial<EntryIntent>): Scene => ({
  ...scene,
  intent: { ...scene.intent, ...fields },
})
const contract = (scene: Scene) => scene.context.instrument ?? BTC
const policy = (scene: Scene) => scene.context.policy ?? policyOf()

function limited(scene: Scene, field: 'maxRiskPerTrade' | 'positionSizeCapFraction', value: number): Scene {
  const { limits } = scene.context
  if (limits === undefined) throw new Error('the scene has limits')
  return inContext(scene, { limits: { ...limits, [field]: { ...limits[field], value } } })
}

/** One way to fail each check, none of which helps another. */
const FAULTS: readonly (readonly [code: string, fault: (scene: Scene) => Scene])[] = [
  [
    'emergency',
    (scene) =>
      inContext(scene, {
        policy: { ...policy(scene), emergency: { id: 'e', engagedAt: NOON, by: 'user', reason: 'x' } },
      }),
  ],
  ['symbol_not_allowed', (scene) => inContext(scene, { instrument: { ...contract(scene), status: 'HALT' } })],
  ['entry_too_far', (scene) => inIntent(scene, { price: exact(102_000) })],
  ['price_stale', (scene) => inContext(scene, { lastPrice: { price: 100_000, at: NOON - 60_000 } })],
  ['new_positions_disabled', (scene) => inContext(scene, { entriesOff: 'not reconciled' })],
  [
    'strategy_not_allowed',
    (scene) => inContext(scene, { policy: { ...policy(scene), blockedStrategies: ['trend_following'] } }),
  ],
  ['confidence_below_threshold', (scene) => inIntent(scene, { confidence: 0.1 })],
  ['max_leverage', (scene) => inIntent(scene, { leverage: 99 })],
  ['max_risk_per_trade', (scene) => limited(scene, 'maxRiskPerTrade', 0.0001)],
  ['position_cap', (scene) => limited(scene, 'positionSizeCapFraction', 0.01)],
  ['max_positions', (scene) => inContext(scene, { unknownOrder: true })],
  [
    'order_rate',
    (scene) =>
      inContext(scene, {
        recentEntries: Array.from({ length: 10 }, (_, index) => ({ intentId: `o${index}` as IntentId, at: NOON })),
      }),
  ],
  ['daily_drawdown', (scene) => inContext(scene, { account: accountOf(10_000, { drawdown: 0.05 }) })],
  ['gross_exposure', (scene) => inContext(scene, { positions: [heldOf({ symbol: 'ETHUSDT', notional: 40_000 })] })],
  ['below_minimum', (scene) => inContext(scene, { instrument: { ...contract(scene), minNotional: '1000000' } })],
]

test.each(FAULTS.map(([code], index) => [index + 1, code] as const))(
  'check %i (%s) speaks before every later one',
  (number, code) => {
    const calm: Scene = { intent: entryOf(), context: contextOf() }
    const scene = FAULTS.slice(number - 1).reduce((soFar, [, fault]) => fault(soFar), calm)
    const verdict = check(scene.intent, scene.context)
    expect(verdict).toMatchObject({
      outcome: 'denied',
      check: number,
      code,
      traceId: scene.intent.traceId,
      intentId: scene.intent.id,
    })
    expect(verdict.steps.at(-1)).toMatchObject({ step: code, passed: false })
    expect(verdict.steps.slice(0, -1).every(({ passed }) => passed)).toBe(true)
  },
)

test('each fault alone is found by its own check', () => {
  for (const [code, fault] of FAULTS) {
    const scene = fault({ intent: entryOf(), context: contextOf() })
    expect(check(scene.intent, scene.context)).toMatchObject({ outcome: 'denied', code })
  }
})
