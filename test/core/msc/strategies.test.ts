/** Scores in five parts, who is selected, which symbols may be traded (SPEC §5.3, §5.4, §5.5). */
import { describe, expect, it } from 'vitest'

import type { MscTrade } from '../../../src/core/msc/evidence.ts'
import { scoreOf, type StrategyRecord, type StrategyScore } from '../../../src/core/msc/score.ts'
import { select } from '../../../src/core/msc/select.ts'
import { allowedSymbolsOf } from '../../../src/core/msc/symbols.ts'
import { isWarmingUp } from '../../../src/core/msc/warming-up.ts'
import { DEFAULT_RULES } from '../../../src/core/policy/default-rules.ts'
import type { RiskMode } from '../../../src/core/policy/policy.ts'
import { DAY_MS, HOUR_MS, Machine, MINUTE_MS, NOON, calm } from './machine.ts'

const { scoring, selection, symbols } = DEFAULT_RULES.msc

/** One trade an hour up to now, in R; one R counts as 0.75 % of the account. */
const tradesOf = (multiples: readonly number[], endAt = NOON): MscTrade[] =>
  multiples.map((multiple, index) => ({
    strategyId: 'a',
    closedAt: endAt - (multiples.length - index) * HOUR_MS,
    profit: 50 * multiple,
    rMultiple: multiple,
  }))

const record = (known: Partial<StrategyRecord>): StrategyRecord => ({
  id: 'a',
  name: 'A',
  regimeTags: ['BULL_TRENDING'],
  live: [],
  shadow: null,
  ...known,
})

const score = (known: Partial<StrategyRecord>, regime: 'BULL_TRENDING' | 'RANGING' | null = 'RANGING'): StrategyScore =>
  scoreOf(record(known), { now: NOON, regime, rules: scoring })

/** 12 wins of 1.5 R, then 8 losses of 1 R. */
const TWENTY = [...Array.from({ length: 12 }, () => 1.5), ...Array.from({ length: 8 }, () => -1)]

describe('the score', () => {
  it('has five parts, by hand', () => {
    const told = score({ live: tradesOf(TWENTY) })
    // PF 18/8 = 2.25 ≥ 2; WR 0.6; drawdown 8 × 0.75 % = 6 %; 20 trades
    expect(told.parts?.profitFactor).toBeCloseTo(0.4, 12)
    expect(told.parts?.winRate).toBeCloseTo((0.3 * 0.2) / 0.3, 12)
    expect(told.parts?.drawdown).toBeCloseTo(0.2 * 0.4, 12)
    expect(told.parts?.trades).toBeCloseTo(0.1 * 0.4, 12)
    expect(told.parts?.regime).toBe(0)
    expect(told.score).toBeCloseTo(0.4 + 0.2 + 0.08 + 0.04, 12)
    expect(told.metrics).toEqual({
      profitFactor: 2.25,
      winRate: 0.6,
      meanR: 0.5,
      maxDrawdownPct: 6,
      trades: 20,
      shadowTrades: 0,
    })
  })

  it('adds 0.15 where its regime tags contain the regime', () => {
    const fitting = score({ live: tradesOf(TWENTY) }, 'BULL_TRENDING')
    expect(fitting.parts?.regime).toBe(0.15)
    expect(score({ live: tradesOf(TWENTY) }, null).parts?.regime).toBe(0)
  })

  it('is bounded part by part', () => {
    const perfect = score({ live: tradesOf(Array.from({ length: 60 }, (_, index) => (index % 15 === 0 ? -0.1 : 9))) })
    expect(perfect.metrics.profitFactor).toBe(5)
    expect(perfect.score).toBeCloseTo(0.4 + 0.3 + 0.2 * (1 - 0.075 / 10) + 0.1, 10)
    const worst = score({ live: tradesOf(Array.from({ length: 30 }, () => -1)) })
    expect(worst.score).toBeCloseTo(0.1 * 0.6, 12)
  })

  it('takes a profit factor of fewer than 3 losses as not known, and as break-even', () => {
    const two = score({ live: tradesOf([...Array.from({ length: 10 }, () => 1), -1, -1]) })
    expect(two.metrics.profitFactor).toBeNull()
    expect(two.parts?.profitFactor).toBeCloseTo(0.2, 12)
    const three = score({ live: tradesOf([...Array.from({ length: 10 }, () => 1), -1, -1, -1]) })
    expect(three.metrics.profitFactor).toBeCloseTo(10 / 3, 12)
  })

  it('looks at 30 days', () => {
    const old = tradesOf(
      Array.from({ length: 50 }, () => -1),
      NOON - 31 * DAY_MS,
    )
    expect(score({ live: [...old, ...tradesOf(TWENTY)] })).toEqual(score({ live: tradesOf(TWENTY) }))
  })

  it('under 10 trades there is none: warming up', () => {
    expect(score({ live: tradesOf(TWENTY.slice(0, 9)) })).toMatchObject({ score: null, parts: null })
    expect(score({ live: tradesOf(TWENTY.slice(0, 10)) }).score).not.toBeNull()
  })

  it('counts the shadow where live trades are fewer than 10, and only there', () => {
    const shadow = tradesOf(TWENTY)
    expect(score({ live: tradesOf(TWENTY.slice(0, 4)), shadow }).metrics).toMatchObject({
      trades: 24,
      shadowTrades: 20,
    })
    expect(score({ live: tradesOf(TWENTY.slice(0, 10)), shadow }).metrics).toMatchObject({
      trades: 10,
      shadowTrades: 0,
    })
  })

  it('warming up ends with the tenth trade of the last 30 days', () => {
    const shadow = tradesOf(TWENTY.slice(0, 5))
    const live = tradesOf(TWENTY.slice(0, 5))
    expect(isWarmingUp({ live, shadow: [] }, NOON, scoring)).toBe(true)
    expect(isWarmingUp({ live, shadow }, NOON, scoring)).toBe(false)
    expect(isWarmingUp({ live: tradesOf(TWENTY, NOON - 30 * DAY_MS), shadow: [] }, NOON, scoring)).toBe(true)
  })
})

/** A strategy of this score (null: warming up), with so many trades. */
const scored = (id: string, value: number | null, trades = 20, isShadowed = true): StrategyScore => ({
  id,
  name: id,
  score: value,
  parts: null,
  isShadowed,
  metrics: { profitFactor: 1, winRate: 0.5, meanR: 0, maxDrawdownPct: 1, trades, shadowTrades: 0 },
})

const selected = (scores: readonly StrategyScore[], mode: RiskMode = 'NORMAL', blocked: readonly string[] = []) =>
  select({ scores, blocked, mode, rules: selection, warmTrades: scoring.warmTrades })

describe('selection', () => {
  const many = Array.from({ length: 10 }, (_, index) => scored(`s${index}`, 0.31 + index / 20))

  it('takes all above 0.3, best first', () => {
    const { selected: chosen } = selected([scored('a', 0.5), scored('b', 0.3), scored('c', 0.9), scored('d', 0.301)])
    expect(chosen).toEqual(['c', 'a', 'd'])
  })

  it.each([
    ['DEFENSIVE', 4],
    ['NORMAL', 8],
    ['AGGRESSIVE', 8],
  ] as const)('in %s at most %i', (mode, most) => {
    const { selected: chosen } = selected(many, mode)
    expect(chosen).toHaveLength(most)
    expect(chosen[0]).toBe('s9')
  })

  it('fewer than 2 are filled with the best scored, then with those warming up that have most trades', () => {
    expect(selected([scored('a', 0.5), scored('b', 0.1), scored('c', 0.2), scored('w', null, 9)]).selected).toEqual([
      'a',
      'c',
    ])
    expect(selected([scored('a', 0.5), scored('w', null, 3), scored('x', null, 7)]).selected).toEqual(['a', 'x'])
    expect(selected([scored('v', null, 7), scored('w', null, 3), scored('x', null, 7)]).selected).toEqual(['v', 'x'])
  })

  it('a strategy without a shadow joins while it warms up: only trades can prove it', () => {
    const { selected: chosen } = selected([
      scored('a', 0.5),
      scored('b', 0.4),
      scored('bad', 0.2),
      scored('w', null, 3, false),
      scored('x', null, 7, true),
    ])
    expect(chosen).toEqual(['a', 'b', 'w'])
  })

  it('passes over what a person blocked', () => {
    const { selected: chosen, standings } = selected([scored('a', 0.5), scored('b', 0.4)], 'NORMAL', ['a', 'b'])
    expect(chosen).toEqual([])
    expect(standings.map(({ standing }) => standing)).toEqual(['blocked by a person', 'blocked by a person'])
  })

  it('says of each how it stands', () => {
    const { standings } = selected([scored('a', 0.5), scored('c', 0.45), scored('b', 0.1), scored('w', null, 3)])
    expect(standings.map(({ id, isSelected, standing }) => [id, isSelected, standing])).toEqual([
      ['a', true, 'allowed with a score of 0.5'],
      ['c', true, 'allowed with a score of 0.45'],
      ['b', false, 'score 0.1 does not exceed 0.3'],
      ['w', false, 'warming up, 3 of 10 trades: others come first'],
    ])
  })
})

describe('allowed symbols', () => {
  const ranked = (scores: readonly number[], at: number | null = NOON) => ({
    at,
    scores: Object.fromEntries(scores.map((each, index) => [`S${String(index).padStart(2, '0')}USDT`, each])),
  })
  const allowed = (scores: readonly number[], at: number | null = NOON) =>
    allowedSymbolsOf(ranked(scores, at), NOON, symbols)

  it('the best 20 of at least 0.65', () => {
    const list = allowed(Array.from({ length: 30 }, (_, index) => 0.99 - index / 100))
    expect(list).toHaveLength(20)
    expect(list).toContain('S19USDT')
    expect(allowed([0.65, 0.7, 0.8, 0.9, 0.66, 0.6499])).toEqual([
      'S00USDT',
      'S01USDT',
      'S02USDT',
      'S03USDT',
      'S04USDT',
    ])
  })

  it('fewer than 5: the best 5 of at least 0.30', () => {
    expect(allowed([0.9, 0.5, 0.3, 0.29, 0.4, 0.35, 0.31])).toEqual([
      'S00USDT',
      'S01USDT',
      'S04USDT',
      'S05USDT',
      'S06USDT',
    ])
    expect(allowed([0.9, 0.3, 0.29])).toEqual(['S00USDT', 'S01USDT'])
  })

  it('none: the list is empty and trades nothing', () => {
    expect(allowed([0.29, 0.1])).toEqual([])
    expect(allowed([])).toEqual([])
  })

  it('rankings older than 15 minutes, or none yet, change nothing', () => {
    expect(allowed([0.9], NOON - 15 * MINUTE_MS)).toEqual(['S00USDT'])
    expect(allowed([0.9], NOON - 15 * MINUTE_MS - 1)).toBeNull()
    expect(allowed([0.9], null)).toBeNull()
  })

  it('until the first ranking the policy says null, then MSC writes the list', () => {
    const machine = new Machine()
    machine.run(calm)
    expect(machine.policy.allowedSymbols).toBeNull()
    machine.ranked = { at: machine.now, scores: { BTCUSDT: 0.9, ETHUSDT: 0.2 } }
    machine.after(5).run(calm)
    expect(machine.policy.allowedSymbols).toEqual(['BTCUSDT'])
    machine.ranked = { at: machine.now - 60 * MINUTE_MS, scores: {} }
    machine.after(5).run(calm)
    expect(machine.policy.allowedSymbols).toEqual(['BTCUSDT'])
  })
})

describe('strategies of a run', () => {
  it('are written best first with the mode, in the same version', () => {
    const machine = new Machine()
    machine.strategies = [
      record({ id: 'losing', live: tradesOf(Array.from({ length: 30 }, () => -1)), shadow: [] }),
      record({ id: 'good', live: tradesOf(TWENTY), shadow: [] }),
      record({ id: 'fair', live: tradesOf([...TWENTY.slice(4), 1]), shadow: [] }),
    ]
    const { version } = machine.policy
    machine.run(calm)
    expect(machine.policy.allowedStrategies).toEqual(['good', 'fair'])
    expect(machine.policy.version).toBe(version + 1)
  })
})
