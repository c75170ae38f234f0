/** The seven voters, each threshold, weight and tie of SPEC §5.2, and the advice they come to. */
import { describe, expect, it } from 'vitest'

import type { Evidence } from '../../../src/core/msc/evidence.ts'
import { vote, type Vote } from '../../../src/core/msc/vote.ts'
import type { VoterName } from '../../../src/core/msc/voters.ts'
import { DEFAULT_RULES } from '../../../src/core/policy/default-rules.ts'
import type { MscRules } from '../../../src/core/policy/policy.ts'
import { evidenceOf } from './evidence.ts'

const RULES = DEFAULT_RULES.msc

const verdictOf = (known: Partial<Evidence>, rules: MscRules = RULES) => vote(evidenceOf(known), rules)

function voteOf(voter: VoterName, known: Partial<Evidence>, rules: MscRules = RULES): Vote {
  const found = verdictOf(known, rules).votes.find((each) => each.voter === voter)
  if (found === undefined) throw new Error(`${voter} did not vote`)
  return found
}

/** `aggressive`, `none`, `abstains`, or the defensive weight. */
const spoken = ({ outcome, weight }: Vote): string | number => (outcome === 'defensive' ? weight : outcome)

describe('the worked examples', () => {
  it('drawdown 2.0, win rate 62, slope +1.2, bull, normal: AGGRESSIVE', () => {
    const { advised, aggressiveVotes, defensiveWeight } = verdictOf({
      drawdownPct: 2,
      winRatePct: 62,
      slopePct: 1.2,
      regime: 'BULL_TRENDING',
      volatility: 'NORMAL',
    })
    expect({ advised, aggressiveVotes, defensiveWeight }).toEqual({
      advised: 'AGGRESSIVE',
      aggressiveVotes: 4,
      defensiveWeight: 0,
    })
  })

  it('2.5, 58, +0.8, bull, normal, 1 loss, 0 days: AGGRESSIVE with 4 of 7', () => {
    const { advised, aggressiveVotes, votes } = verdictOf({
      drawdownPct: 2.5,
      winRatePct: 58,
      slopePct: 0.8,
      regime: 'BULL_TRENDING',
      volatility: 'NORMAL',
      losingStreak: 1,
      daysSinceProfit: 0,
    })
    expect([advised, aggressiveVotes, votes.length]).toEqual(['AGGRESSIVE', 4, 7])
  })

  it('7.0, 42, −0.8, choppy, extreme: DEFENSIVE', () => {
    const { advised, defensiveWeight } = verdictOf({
      drawdownPct: 7,
      winRatePct: 42,
      slopePct: -0.8,
      regime: 'CHOPPY',
      volatility: 'EXTREME',
    })
    expect([advised, defensiveWeight]).toEqual(['DEFENSIVE', 3 + 2 + 2 + 1 + 2])
  })

  it('2.0, 60, 0, ranging, normal, 0 days: NORMAL', () => {
    const { advised, aggressiveVotes, defensiveWeight } = verdictOf({
      drawdownPct: 2,
      winRatePct: 60,
      slopePct: 0,
      regime: 'RANGING',
      volatility: 'NORMAL',
      daysSinceProfit: 0,
    })
    expect([advised, aggressiveVotes, defensiveWeight]).toEqual(['NORMAL', 3, 0])
  })

  it('4, 45, −0.1, ranging, normal: DEFENSIVE', () => {
    const { advised, defensiveWeight } = verdictOf({
      drawdownPct: 4,
      winRatePct: 45,
      slopePct: -0.1,
      regime: 'RANGING',
      volatility: 'NORMAL',
    })
    expect([advised, defensiveWeight]).toEqual(['DEFENSIVE', 3])
  })

  it('2, 55, 0.1, ranging, high, 8 losses: DEFENSIVE', () => {
    const { advised, defensiveWeight } = verdictOf({
      drawdownPct: 2,
      winRatePct: 55,
      slopePct: 0.1,
      regime: 'RANGING',
      volatility: 'HIGH',
      losingStreak: 8,
    })
    expect([advised, defensiveWeight]).toEqual(['DEFENSIVE', 3])
  })
})

type Case = readonly [known: Partial<Evidence>, spoken: string | number]

const TABLE: Readonly<Record<VoterName, readonly Case[]>> = {
  drawdown: [
    [{ drawdownPct: 0 }, 'aggressive'],
    [{ drawdownPct: 2.999 }, 'aggressive'],
    [{ drawdownPct: 3 }, 1],
    [{ drawdownPct: 4.999 }, 1],
    [{ drawdownPct: 5 }, 2],
    [{ drawdownPct: 6.999 }, 2],
    [{ drawdownPct: 7 }, 3],
    [{ drawdownPct: 60 }, 3],
    [{ drawdownPct: null }, 'abstains'],
  ],
  win_rate: [
    [{ winRatePct: 100 }, 'aggressive'],
    [{ winRatePct: 60 }, 'aggressive'],
    [{ winRatePct: 59.999 }, 'none'],
    [{ winRatePct: 50 }, 'none'],
    [{ winRatePct: 49.999 }, 1],
    [{ winRatePct: 45 }, 1],
    [{ winRatePct: 44.999 }, 2],
    [{ winRatePct: 0 }, 2],
    [{ winRatePct: null }, 'abstains'],
  ],
  equity_slope: [
    [{ slopePct: 0.501 }, 'aggressive'],
    [{ slopePct: 0.5 }, 'none'],
    [{ slopePct: 0 }, 'none'],
    [{ slopePct: -0.001 }, 1],
    [{ slopePct: -0.5 }, 1],
    [{ slopePct: -0.501 }, 2],
    [{ slopePct: null }, 'abstains'],
  ],
  regime: [
    [{ regime: 'BULL_TRENDING' }, 'aggressive'],
    [{ regime: 'BEAR_TRENDING' }, 'aggressive'],
    [{ regime: 'RANGING' }, 'none'],
    [{ regime: 'CHOPPY' }, 1],
    [{ regime: 'LOW_LIQUIDITY' }, 1],
    [{ regime: null }, 'abstains'],
  ],
  volatility: [
    [{ volatility: 'LOW' }, 'none'],
    [{ volatility: 'NORMAL' }, 'none'],
    [{ volatility: 'HIGH' }, 1],
    [{ volatility: 'EXTREME' }, 2],
    [{ volatility: null }, 'abstains'],
  ],
  losing_streak: [
    [{ losingStreak: 0 }, 'none'],
    [{ losingStreak: 4 }, 'none'],
    [{ losingStreak: 5 }, 1],
    [{ losingStreak: 7 }, 1],
    [{ losingStreak: 8 }, 2],
    [{ losingStreak: null }, 'abstains'],
  ],
  days_since_profit: [
    [{ daysSinceProfit: 0 }, 'aggressive'],
    [{ daysSinceProfit: 1 }, 'none'],
    [{ daysSinceProfit: 2 }, 'none'],
    [{ daysSinceProfit: 3 }, 1],
    [{ daysSinceProfit: null }, 'abstains'],
  ],
}

describe.each(Object.entries(TABLE) as [VoterName, readonly Case[]][])('%s', (voter, cases) => {
  it.each(cases)('%o speaks %s', (known, expected) => {
    expect(spoken(voteOf(voter, known))).toBe(expected)
  })

  it.each(cases)('%o has one cell hit, or none where it abstains', (known, expected) => {
    const hits = voteOf(voter, known).cells.filter(({ hit }) => hit)
    expect(hits).toHaveLength(expected === 'abstains' ? 0 : 1)
  })
})

describe('evidence a defensive vote needs', () => {
  it('a poor win rate counts only while mean R is below 0', () => {
    expect(spoken(voteOf('win_rate', { winRatePct: 40, meanR: -0.001 }))).toBe(2)
    const kept = voteOf('win_rate', { winRatePct: 40, meanR: 0 })
    expect(spoken(kept)).toBe('none')
    expect(kept.note).toBe('mean R is 0, a poor win rate counts only below 0')
  })

  it('a falling slope counts only below minus one standard error', () => {
    expect(spoken(voteOf('equity_slope', { slopePct: -0.4, slopeError: 0.399 }))).toBe(1)
    expect(spoken(voteOf('equity_slope', { slopePct: -0.4, slopeError: 0.4 }))).toBe('none')
    expect(spoken(voteOf('equity_slope', { slopePct: -0.8, slopeError: 0.9 }))).toBe('none')
  })

  it('an aggressive vote needs none of it', () => {
    expect(spoken(voteOf('win_rate', { winRatePct: 70, meanR: 1 }))).toBe('aggressive')
    expect(spoken(voteOf('equity_slope', { slopePct: 0.6, slopeError: 5 }))).toBe('aggressive')
  })

  it('a streak counts only if (1 − win rate)ⁿ is at most 0.02', () => {
    // 0.5⁵ = 0.031, 0.5⁶ = 0.016; 0.45⁵ = 0.018
    expect(spoken(voteOf('losing_streak', { winRatePct: 50, losingStreak: 5 }))).toBe('none')
    expect(spoken(voteOf('losing_streak', { winRatePct: 50, losingStreak: 6 }))).toBe(1)
    expect(spoken(voteOf('losing_streak', { winRatePct: 55, losingStreak: 5 }))).toBe(1)
    // 0.6⁸ = 0.0168, 0.65⁸ = 0.032
    expect(spoken(voteOf('losing_streak', { winRatePct: 40, losingStreak: 8 }))).toBe(2)
    expect(spoken(voteOf('losing_streak', { winRatePct: 35, losingStreak: 8 }))).toBe('none')
  })
})

describe('with too little history', () => {
  const little = {
    drawdownPct: 1,
    winRatePct: 70,
    slopePct: 2,
    regime: 'BULL_TRENDING',
    volatility: 'LOW',
    losingStreak: 0,
    daysSinceProfit: 0,
  } as const

  it('under 20 trades win rate, slope, streak and days abstain and say how many they have', () => {
    const { votes } = verdictOf({ ...little, trades: 19 })
    const abstaining = votes.filter(({ outcome }) => outcome === 'abstains')
    expect(abstaining.map(({ voter }) => voter)).toEqual([
      'win_rate',
      'equity_slope',
      'losing_streak',
      'days_since_profit',
    ])
    expect(abstaining[0]?.note).toBe('19 of the 20 trades it needs')
  })

  it('under 20 trades AGGRESSIVE is not available, whatever the votes', () => {
    const rules = { ...RULES, decision: { ...RULES.decision, aggressiveVotes: 2 } }
    expect(verdictOf({ ...little, trades: 19 }, rules).advised).toBe('NORMAL')
    expect(verdictOf({ ...little, trades: 20 }, rules).advised).toBe('AGGRESSIVE')
  })

  it('an unknown market abstains', () => {
    const { votes } = verdictOf({ ...little, regime: null, volatility: null })
    expect(votes.filter(({ outcome }) => outcome === 'abstains').map(({ voter }) => voter)).toEqual([
      'regime',
      'volatility',
    ])
  })

  it('nothing known at all advises NORMAL', () => {
    expect(verdictOf({ trades: 0 }).advised).toBe('NORMAL')
  })
})

describe('the advice', () => {
  const pressed = { drawdownPct: 1, winRatePct: 65, slopePct: 1, regime: 'BULL_TRENDING', volatility: 'LOW' } as const

  it('a weight of 3 is DEFENSIVE, 2 is not', () => {
    expect(verdictOf({ volatility: 'EXTREME', regime: 'CHOPPY' }).advised).toBe('DEFENSIVE')
    expect(verdictOf({ volatility: 'EXTREME' }).advised).toBe('NORMAL')
  })

  it('4 aggressive votes are AGGRESSIVE, 3 are not', () => {
    expect(verdictOf(pressed).advised).toBe('AGGRESSIVE')
    expect(verdictOf({ ...pressed, slopePct: 0.2 }).advised).toBe('NORMAL')
  })

  it('one defensive vote is enough against AGGRESSIVE', () => {
    expect(verdictOf({ ...pressed, volatility: 'HIGH' }).advised).toBe('NORMAL')
  })

  it('health CRITICAL is DEFENSIVE, DEGRADED only keeps from AGGRESSIVE', () => {
    expect(verdictOf({ ...pressed, health: 'CRITICAL' }).advised).toBe('DEFENSIVE')
    expect(verdictOf({ ...pressed, health: 'DEGRADED' }).advised).toBe('NORMAL')
    expect(verdictOf({ health: 'DEGRADED' }).advised).toBe('NORMAL')
  })
})

describe('what a vote shows', () => {
  it('its cells from aggressive to the gravest, with their thresholds', () => {
    const { cells } = voteOf('drawdown', { drawdownPct: 5.2 })
    expect(cells).toEqual([
      { outcome: 'aggressive', weight: 0, label: '< 3', hit: false },
      { outcome: 'defensive', weight: 1, label: '3 to 5', hit: false },
      { outcome: 'defensive', weight: 2, label: '5 to 7', hit: true },
      { outcome: 'defensive', weight: 3, label: '≥ 7', hit: false },
    ])
    expect(voteOf('win_rate', { winRatePct: 55 }).cells.map(({ label }) => label)).toEqual([
      '≥ 60',
      '50 to 60',
      '45 to 50',
      '< 45',
    ])
  })

  it('the nearest reading at which it turns', () => {
    expect(voteOf('drawdown', { drawdownPct: 5.2 }).turnsWhen).toBe('at 5 % a defensive vote of 1, 0.2 away')
    expect(voteOf('equity_slope', { slopePct: 0.4 }).turnsWhen).toBe('at 0.5 %/day an aggressive vote, 0.1 away')
    expect(voteOf('losing_streak', { losingStreak: 3 }).turnsWhen).toBe('at 5 losses a defensive vote of 1, 2 away')
  })

  it('thresholds and weights of the rules, not of the program', () => {
    const rules = {
      ...RULES,
      thresholds: { ...RULES.thresholds, drawdownMildPct: 4 },
      weights: { ...RULES.weights, drawdownMild: 2 },
    }
    expect(spoken(voteOf('drawdown', { drawdownPct: 3.5 }, rules))).toBe('none')
    expect(spoken(voteOf('drawdown', { drawdownPct: 4 }, rules))).toBe(2)
  })
})
