/** On the live context of a run: no mode ever sizes an entry larger than a looser one (SPEC §2, §20.5). */
import { describe, expect, it } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import type { AccountState } from '../../../src/core/model/position.ts'
import type { Signal } from '../../../src/core/model/signal.ts'
import type { OrchestratorContext, SymbolView } from '../../../src/core/orchestrator/context.ts'
import { orchestrate } from '../../../src/core/orchestrator/orchestrate.ts'
import { effectiveLimits } from '../../../src/core/policy/effective.ts'
import { CALM_GOVERNOR, RISK_MODES, type GlobalPolicy, type RiskMode } from '../../../src/core/policy/policy.ts'
import { check } from '../../../src/core/risk-guard/risk-guard.ts'
import { orchestratorContext } from '../../../src/station/orchestrator-view.ts'
import { madeUpRecording } from '../../fixtures/candle-files.ts'
import { runToEnd, type WholeStation } from '../../fixtures/whole-station.ts'

/** the account as it is, a hundred times it, and one for which the caps in dollars were drawn */
const SCALES = [1, 100, 0.09]

function inMode(policy: GlobalPolicy, mode: RiskMode): GlobalPolicy {
  return { ...policy, riskMode: mode, ...policy.rules.msc.targets[mode] }
}

function scaled(account: AccountState, scale: number): AccountState {
  const by = exact(scale)
  return {
    ...account,
    balance: account.balance.times(by),
    unrealised: account.unrealised.times(by),
    equity: account.equity.times(by),
    units: account.units.times(by),
    freeMargin: account.freeMargin * scale,
  }
}

/** As if the symbol were free: what counts here is the size. */
const free = (view: SymbolView | undefined): SymbolView | undefined =>
  view && {
    ...view,
    position: null,
    hasRestingEntry: false,
    hasUnknownOrder: false,
    stoppedOutAt: { LONG: null, SHORT: null },
    volatility: view.volatility === 'EXTREME' ? 'HIGH' : view.volatility,
  }

/** The quantity this mode would be allowed for the signal now; null: it would be denied or dropped. */
function allowed({ rooms }: WholeStation, signal: Signal, mode: RiskMode, account: AccountState): number | null {
  const policy = inMode(rooms.policy.current, mode)
  const limits = effectiveLimits(policy, CALM_GOVERNOR, account.drawdown)
  const seen: OrchestratorContext = orchestratorContext(
    {
      clock: rooms.clock,
      policy: rooms.policy,
      books: rooms.books,
      market: rooms.market,
      guard: rooms.guard,
      account: () => account,
      isBusy: () => false,
      isWarmingUp: (strategyId) => rooms.msc.isWarmingUp(strategyId),
      isRanked: () => rooms.ranking.isRanked,
      settings: rooms.settings.orchestrator,
    },
    { has: () => false },
  )
  const context: OrchestratorContext = {
    ...seen,
    policy,
    limits,
    occupiedSlots: 0,
    symbols: { get: (symbol) => free(seen.symbols.get(symbol)) },
  }
  const [intent] = orchestrate([{ ...signal, confidence: 1 }], context).intents
  if (intent === undefined) return null
  const verdict = check(intent, {
    ...rooms.guard.contextOf(intent),
    policy,
    limits,
    account,
    positions: [],
  })
  return verdict.outcome === 'approved' ? verdict.quantity.toNumber() : null
}

describe('at every signal of a run', () => {
  it('DEFENSIVE sizes no larger than NORMAL, NORMAL no larger than AGGRESSIVE, whatever the equity', async () => {
    const replay = madeUpRecording({ symbols: ['AAAUSDT', 'BBBUSDT', 'CCCUSDT'], days: 5, seed: 51 })
    const wrong: string[] = []
    const compared = new Map(SCALES.map((scale) => [scale, 0]))
    let smaller = 0
    const compare = (station: WholeStation, signal: Signal, account: AccountState, scale: number): void => {
      const sizes = RISK_MODES.map((mode) => allowed(station, signal, mode, scaled(account, scale)))
      const known = sizes.filter((size) => size !== null)
      if (known.length < 2) return
      compared.set(scale, (compared.get(scale) ?? 0) + 1)
      if ((known[0] ?? 0) < (known.at(-1) ?? 0)) smaller++
      const isOrdered = known.every((size, index) => index === 0 || size >= (known[index - 1] ?? 0))
      if (!isOrdered) wrong.push(`${signal.symbol} at ${signal.createdAt}, equity × ${scale}: ${sizes.join(', ')}`)
    }
    await runToEnd({ replay }, (station) => {
      station.rooms.bus.subscribe('signal.created', (signal) => {
        const account = station.facade.account()
        if (signal.kind !== 'ENTRY' || account === null) return
        for (const scale of SCALES) compare(station, signal, account, scale)
      })
    })
    expect(wrong).toEqual([])
    expect(Math.min(...compared.values())).toBeGreaterThan(40)
    expect(smaller).toBeGreaterThan(100)
  })
})
