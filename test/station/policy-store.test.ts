import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { openDatabase } from '../../src/adapters/sqlite/open-database.ts'
import { SqlitePolicyShelf } from '../../src/adapters/sqlite/policy-shelf.ts'
import { isHeld } from '../../src/core/policy/holds.ts'
import { INITIAL_POLICY, type InitialPolicy } from '../../src/core/policy/initial-policy.ts'
import { CALM_GOVERNOR, type Actor, type GlobalPolicy } from '../../src/core/policy/policy.ts'
import { readPolicy } from '../../src/core/policy/schema.ts'
import type { PolicyShelf } from '../../src/core/ports/policy-shelf.ts'
import { PolicyStore, type PolicyPatch, type PolicyResult } from '../../src/station/policy-store.ts'
import { MemoryPolicyShelf } from '../fixtures/memory-policy-shelf.ts'

const MORNING = Date.UTC(2025, 0, 6, 9)
const DAY = 86_400_000
const USER = { actor: 'user', reason: 'test' } as const
const MSC = { actor: 'msc', reason: 'test' } as const

interface Bench {
  readonly shelf: MemoryPolicyShelf
  readonly clock: { now: number }
  readonly store: PolicyStore
}

function open(shelf: PolicyShelf, initial: Partial<InitialPolicy> = {}, exposed = (): boolean => false): PolicyStore {
  return new PolicyStore({ shelf, now: () => MORNING, initial: { ...INITIAL_POLICY, ...initial }, exposed })
}

function fresh(): Bench {
  const shelf = new MemoryPolicyShelf()
  const clock = { now: MORNING }
  const store = new PolicyStore({ shelf, now: () => clock.now, initial: INITIAL_POLICY, exposed: () => false })
  return { shelf, clock, store }
}

function accepted(result: PolicyResult): GlobalPolicy {
  if (result.outcome !== 'accepted') throw new Error(JSON.stringify(result))
  return result.policy
}

describe('1 atomic: a write happens whole or not at all', () => {
  it('a bad write changes nothing and names every bad field', () => {
    const { store, shelf } = fresh()
    const before = store.current
    const patch = { maxPositions: 0, riskMode: 'DEFENSIVE', blockedStrategies: 'all' } as unknown as PolicyPatch
    const result = store.change(patch, USER)
    expect(result).toMatchObject({
      outcome: 'invalid',
      fields: [{ path: 'maxPositions' }, { path: 'blockedStrategies' }],
    })
    expect([store.current, shelf.commits]).toEqual([before, 1])
  })

  it('a write that cannot be stored throws, and nobody sees any of it', () => {
    const { store, shelf } = fresh()
    const before = store.current
    let told = 0
    store.onUpdated(() => (told += 1))
    shelf.failures = 1
    expect(() => store.switchMode('DEFENSIVE', { ...USER, pinUntil: null })).toThrow('disk full')
    expect([store.current === before, told]).toEqual([true, 0])
    expect(accepted(store.change({ maxPositions: 3 }, USER)).version).toBe(2)
  })

  it('over any sequence of patches and failing disks, what is stored is what is in force', () => {
    const actors = ['user', 'api:t', 'msc', 'ranker', 'rule:n'] as const
    const patch = fc.record(
      {
        riskMode: fc.constantFrom('DEFENSIVE', 'NORMAL', 'AGGRESSIVE', 'WILD'),
        maxPositions: fc.integer({ min: -1, max: 110 }),
        maxRiskPerTrade: fc.double({ min: -0.01, max: 0.06 }),
        allowedSymbols: fc.constantFrom(null, [], ['BTCUSDT'], ['btc'], 'BTCUSDT'),
        blockedStrategies: fc.constantFrom(null, ['a'], []),
        oppRankings: fc.constantFrom({}, { BTCUSDT: 0.5 }, { BTCUSDT: 2 }),
      },
      { requiredKeys: [] },
    )
    const step = fc.record({ patch, actor: fc.constantFrom(...actors), fails: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const { store, shelf } = fresh()
        for (const { patch, actor, fails } of steps) {
          const before = store.current
          shelf.failures = fails ? 1 : 0
          let outcome = 'thrown'
          try {
            outcome = store.change(patch as PolicyPatch, { actor, reason: '' }).outcome
          } catch {
            expect(fails).toBe(true)
          }
          if (outcome !== 'accepted') expect(store.current).toBe(before)
          else expect(store.current.version).toBe(before.version + 1)
          expect(JSON.parse(shelf.current ?? '')).toEqual(store.current)
          expect(readPolicy(store.current)).toEqual(store.current)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('2 durable: an acknowledged write survives kill -9', () => {
  const writer = fileURLToPath(new URL('child/policy-writer.ts', import.meta.url))

  /** Kills the writer once it has acknowledged some writes; the last line it said. */
  async function killedAfter(folder: string, lines: number): Promise<string> {
    const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.split('\n').length > lines) child.kill('SIGKILL')
    })
    await new Promise((resolve) => child.on('close', resolve))
    return said.split('\n').at(-2) ?? ''
  }

  it('in a real database, several times over', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-policy-'))
    try {
      for (const lines of [1, 20, 50]) {
        const [version = 0, positions = 0] = (await killedAfter(folder, lines)).split(' ').map(Number)
        const database = openDatabase(folder)
        const store = open(new SqlitePolicyShelf(database))
        expect(store.origin).toBe('current')
        expect(store.current.version).toBeGreaterThanOrEqual(version)
        expect(store.version(version)?.policy.maxPositions).toBe(positions)
        database.close()
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('everything a policy holds comes back from a real database', () => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-policy-'))
    const first = openDatabase(folder)
    const store = open(new SqlitePolicyShelf(first))
    store.switchMode('DEFENSIVE', { ...USER, pinUntil: MORNING + DAY })
    store.change({ maxPositions: 2, allowedSymbols: ['BTCUSDT'] }, USER)
    store.setRankings({ BTCUSDT: 0.9 })
    store.changeRules({ guard: { maxHeat: 0.04 } }, USER)
    store.engageEmergency(USER)
    const before = store.current
    first.close()
    const second = openDatabase(folder)
    expect(open(new SqlitePolicyShelf(second)).current).toEqual(before)
    second.close()
    rmSync(folder, { recursive: true, force: true })
  })
})

describe('3 linear: a conflict only where a named field has changed since', () => {
  it('lets two writers of different fields both win', () => {
    const { store } = fresh()
    accepted(store.change({ maxPositions: 5 }, { ...USER, expectedVersion: 1 }))
    expect(accepted(store.change({ maxDailyTrades: 5 }, { ...USER, expectedVersion: 1 })).version).toBe(3)
    expect(store.change({ maxPositions: 6, maxDailyTrades: 6 }, { ...USER, expectedVersion: 2 })).toEqual({
      outcome: 'conflict',
      fields: ['maxDailyTrades'],
      currentVersion: 3,
    })
  })

  it('counts the numbers that came with a mode as changed, and a value written again as not', () => {
    const { store } = fresh()
    store.switchMode('DEFENSIVE', MSC)
    expect(store.change({ maxPositions: 6 }, { ...USER, expectedVersion: 1 })).toMatchObject({ outcome: 'conflict' })
    store.change({ maxPositions: 4 }, MSC)
    expect(store.change({ maxPositions: 6 }, { ...USER, expectedVersion: 2 })).toMatchObject({ outcome: 'accepted' })
  })

  it('holds for pins, rules, reset and rollback too, and for a version that does not exist yet', () => {
    const { store } = fresh()
    store.pin(null, USER)
    store.changeRules({ guard: { maxHeat: 0.04 } }, USER)
    const since1 = { ...USER, expectedVersion: 1 }
    expect(store.releasePin(since1)).toMatchObject({ outcome: 'conflict', fields: ['pin'] })
    expect(store.changeRules({ guard: { maxHeat: 0.05 } }, since1)).toMatchObject({
      outcome: 'conflict',
      fields: ['rules.guard.maxHeat'],
    })
    expect(store.changeRules({ guard: { slippage: 0.002 } }, since1)).toMatchObject({ outcome: 'accepted' })
    store.change({ maxPositions: 3 }, USER)
    expect(store.reset(since1)).toMatchObject({ outcome: 'conflict', fields: ['maxPositions'] })
    expect(store.rollback(1, since1)).toMatchObject({ outcome: 'conflict', fields: ['maxPositions'] })
    expect(store.change({ maxPositions: 4 }, { ...USER, expectedVersion: 99 })).toMatchObject({ outcome: 'conflict' })
  })

  it('the emergency looks at no version and goes before what a listener writes', () => {
    const { store } = fresh()
    const seen: (number | boolean)[] = []
    store.onUpdated(({ policy }) => {
      if (policy.version === 2) {
        store.engageEmergency({ actor: 'governor', reason: 'drawdown' })
        seen.push(store.current.emergency !== null)
        store.change({ maxDailyTrades: 9 }, USER)
      }
    })
    store.onUpdated(({ policy }) => seen.push(policy.version))
    store.change({ maxPositions: 5 }, USER)
    expect(seen).toEqual([true, 2, 3, 4])
    expect(store.current).toMatchObject({
      version: 4,
      maxPositions: 5,
      maxDailyTrades: 9,
      emergency: { by: 'governor' },
    })
  })
})

describe('4 instant: every reader sees it before the writer’s call returns', () => {
  it('is readable when the listeners are told, and they are told before the call returns', () => {
    const { store } = fresh()
    const told: unknown[] = []
    const leave = store.onUpdated(({ policy, changes }) => told.push([store.current === policy, changes]))
    const policy = accepted(store.change({ maxPositions: 7 }, USER))
    expect(store.current).toBe(policy)
    expect(told).toEqual([
      [
        true,
        [
          { path: 'maxPositions', from: 10, to: 7 },
          { path: 'holds.maxPositions', from: null, to: 7 },
        ],
      ],
    ])
    leave()
    store.change({ maxPositions: 8 }, USER)
    expect(told).toHaveLength(1)
  })

  it('a listener that throws stops no other', () => {
    const failed: unknown[] = []
    const shelf = new MemoryPolicyShelf()
    const deps = { shelf, now: () => MORNING, initial: INITIAL_POLICY, exposed: () => false }
    const store = new PolicyStore({ ...deps, listenerFailed: (problem) => failed.push(problem) })
    let told = 0
    store.onUpdated(() => {
      throw new Error('mine')
    })
    store.onUpdated(() => (told += 1))
    expect(store.change({ maxPositions: 7 }, USER).outcome).toBe('accepted')
    expect([told, failed]).toEqual([1, [new Error('mine')]])
  })

  it('nobody can write to a snapshot: the first, a changed one, one that was read back', () => {
    const { store, shelf } = fresh()
    const first = store.current
    store.setRankings({ BTCUSDT: 1 })
    for (const policy of [first, store.current, open(shelf).current]) {
      expect(() => Object.assign(policy, { maxPositions: 99 })).toThrow(TypeError)
      expect(() => Object.assign(policy.rules.profiles.NORMAL, { maxLeverage: 99 })).toThrow(TypeError)
      expect(() => Object.assign(policy.sources, { riskMode: null })).toThrow(TypeError)
    }
  })
})

describe('5 remembered: every version with who, why and what', () => {
  it('keeps actor, reason, changes and trace', () => {
    const { store } = fresh()
    store.change({ maxPositions: 7 }, { actor: 'api:phone', reason: 'calmer', traceId: 'trace-1' })
    expect(store.version(2)).toMatchObject({
      policy: { updatedBy: 'api:phone', reason: 'calmer', updatedAt: MORNING },
      traceId: 'trace-1',
      rankingOnly: false,
    })
    expect(store.history({ limit: 10 }).map(({ policy }) => policy.version)).toEqual([2, 1])
  })

  it('notices a ranking that came and one that went', () => {
    const { store } = fresh()
    for (const rankings of [{ A1USDT: 1 }, { A1USDT: 1, B1USDT: 1 }, { B1USDT: 1 }]) store.setRankings(rankings)
    const seen = [2, 3, 4].map((version) => store.version(version)?.changes.length)
    expect([seen, store.diff(3, 3)]).toEqual([[1, 1, 1], []])
  })

  it('compares any two versions', () => {
    const { store } = fresh()
    store.change({ maxPositions: 7 }, MSC)
    store.switchMode('DEFENSIVE', { ...USER, pinUntil: null })
    store.changeRules({ guard: { maxHeat: 0.04 } }, USER)
    expect(store.diff(1, 4)?.map(({ path }) => path)).toEqual([
      'riskMode',
      'maxRiskPerTrade',
      'maxPositions',
      'maxDailyTrades',
      'globalMinConfidence',
      'pin',
      'rules.guard.maxHeat',
    ])
    expect(store.diff(4, 3)).toEqual([{ path: 'rules.guard.maxHeat', from: 0.04, to: 0.06 }])
    expect(store.diff(1, 99)).toBeNull()
  })

  it('rolls back as a new version, and touches neither pin, emergency nor rules', () => {
    const { store } = fresh()
    store.change({ maxPositions: 7, allowedSymbols: ['BTCUSDT'] }, USER)
    store.switchMode('DEFENSIVE', { ...USER, pinUntil: null })
    store.changeRules({ guard: { maxHeat: 0.04 } }, USER)
    store.engageEmergency(USER)
    const before = store.current
    const policy = accepted(store.rollback(2, USER))
    expect(policy).toMatchObject({ version: 6, riskMode: 'NORMAL', maxPositions: 7, allowedSymbols: ['BTCUSDT'] })
    expect([policy.pin, policy.emergency, policy.rules]).toEqual([before.pin, before.emergency, before.rules])
    expect(store.rollback(77, USER)).toMatchObject({ outcome: 'refused' })
  })

  it('undoes only what the undone change wrote', () => {
    const { store } = fresh()
    store.switchMode('DEFENSIVE', { ...USER, pinUntil: MORNING + 4 * 3_600_000 })
    store.change({ blockedStrategies: ['mean_reversion'] }, USER)
    const policy = accepted(store.undo(2, USER))
    expect(policy).toMatchObject({ riskMode: 'NORMAL', maxPositions: 10, pin: null })
    expect(policy.blockedStrategies).toEqual(['mean_reversion'])
    expect(accepted(store.undo(4, USER))).toMatchObject({ riskMode: 'DEFENSIVE', maxPositions: 4, pin: { by: 'user' } })
  })

  it('undoes rules and holds, and refuses where a field has changed since', () => {
    const { store } = fresh()
    store.changeRules({ guard: { maxHeat: 0.04 }, profiles: { NORMAL: { maxLeverage: 4 } } }, USER)
    store.change({ maxPositions: 6 }, USER)
    expect(isHeld(accepted(store.undo(3, USER)), 'maxPositions')).toBe(false)
    expect(accepted(store.undo(2, USER)).rules.guard.maxHeat).toBe(0.06)
    store.change({ maxPositions: 7 }, MSC)
    expect(store.undo(3, USER)).toMatchObject({ outcome: 'conflict', fields: ['maxPositions'] })
    store.setRankings({ BTCUSDT: 1 })
    expect(store.undo(store.current.version, USER)).toMatchObject({ outcome: 'refused' })
    expect(store.undo(1, USER)).toMatchObject({ outcome: 'refused' })
  })

  it('hides versions that only rank, and thins them after 7 days', () => {
    const { store, clock } = fresh()
    for (const score of [0.1, 0.2, 0.3]) store.setRankings({ BTCUSDT: score })
    expect(store.history({ limit: 10 }).map(({ policy }) => policy.version)).toEqual([1])
    expect(store.history({ limit: 10, withRankings: true })).toHaveLength(4)
    clock.now = MORNING + 7 * DAY
    expect(store.thinHistory()).toBe(0)
    clock.now += 1
    store.setRankings({ BTCUSDT: 0.4 })
    expect(store.thinHistory()).toBe(2)
  })
})

describe('6 closed: each command touches only what is its own', () => {
  it('reset touches the mode, the numbers and the lists', () => {
    const { store } = fresh()
    store.change({ riskMode: 'AGGRESSIVE', maxPositions: 3, blockedStrategies: ['a'], allowedSymbols: [] }, USER)
    store.pin(null, USER)
    store.changeRules({ guard: { maxHeat: 0.04 } }, USER)
    store.setRankings({ BTCUSDT: 1 })
    store.engageEmergency(USER)
    const before = store.current
    const policy = accepted(store.reset(USER))
    const fields = { riskMode: 'NORMAL', maxRiskPerTrade: 0.0075, maxPositions: 10, maxDailyTrades: 30 }
    expect(policy).toMatchObject({ ...fields, blockedStrategies: [], allowedSymbols: null, allowedStrategies: null })
    const kept = ['pin', 'emergency', 'rules', 'oppRankings'] as const
    for (const field of kept) expect(policy[field]).toEqual(before[field])
    expect(isHeld(policy, 'maxPositions')).toBe(false)
  })

  it('only persons pin, write back and change rules', () => {
    const { store } = fresh()
    store.pin(null, USER)
    const automatic: Actor[] = ['msc', 'ranker', 'clm', 'governor', 'env', 'rule:night']
    for (const actor of automatic) {
      const write = { actor, reason: '' }
      const results = [
        store.pin(null, write),
        store.releasePin(write),
        store.releaseHold('maxPositions', write),
        store.changeRules({ guard: { maxHeat: 0.04 } }, write),
        store.reset(write),
        store.rollback(1, write),
        store.undo(2, write),
        store.switchMode('NORMAL', { ...write, pinUntil: null }),
      ]
      expect(results.map(({ outcome }) => outcome)).toEqual(Array(8).fill('refused'))
    }
    expect(store.current.version).toBe(2)
  })

  it('a pin needs a time to come, and is released once', () => {
    const { store } = fresh()
    expect(store.pin(MORNING, USER)).toMatchObject({ outcome: 'invalid', fields: [{ path: 'until' }] })
    expect(accepted(store.pin(MORNING + 1, USER)).pin).toEqual({
      by: 'user',
      at: MORNING,
      until: MORNING + 1,
      reason: 'test',
    })
    expect(accepted(store.releasePin(USER)).pin).toBeNull()
    expect(store.releasePin(USER)).toMatchObject({ outcome: 'refused' })
  })

  it('a hold is let go by a person', () => {
    const { store } = fresh()
    store.change({ maxPositions: 6 }, USER)
    expect(store.change({ maxPositions: 7 }, MSC)).toMatchObject({ outcome: 'refused' })
    store.releaseHold('maxPositions', USER)
    expect(accepted(store.change({ maxPositions: 7 }, MSC)).maxPositions).toBe(7)
  })

  it('the emergency is engaged by users, tokens and the governor, once', () => {
    const { store } = fresh()
    expect(store.engageEmergency({ actor: 'msc', reason: 'x' })).toMatchObject({ outcome: 'refused' })
    const first = store.engageEmergency({ actor: 'governor', reason: 'drawdown' })
    const again = store.engageEmergency({ actor: 'user', reason: 'panic' })
    expect([first.outcome, again.outcome, store.current.version]).toEqual(['accepted', 'accepted', 2])
    expect(store.current.emergency).toMatchObject({ by: 'governor', reason: 'drawdown', engagedAt: MORNING })
    expect(store.effective(CALM_GOVERNOR).allowNewPositions.value).toBe(false)
  })

  it('nothing but the word, with the id, from a person releases the emergency', () => {
    const { store } = fresh()
    store.engageEmergency(USER)
    const id = store.current.emergency?.id ?? ''
    const tries = [
      store.releaseEmergency({ actor: 'governor', id, word: 'RELEASE' }),
      store.releaseEmergency({ actor: 'msc', id, word: 'RELEASE' }),
      store.releaseEmergency({ actor: 'user', id: 'other', word: 'RELEASE' }),
      store.releaseEmergency({ actor: 'user', id, word: 'release' }),
      store.change({ emergency: null } as unknown as PolicyPatch, USER),
      store.undo(2, USER),
    ]
    expect(tries.filter(({ outcome }) => outcome === 'accepted')).toEqual([])
    for (const write of [
      () => store.reset(USER),
      () => store.rollback(1, USER),
      () => store.switchMode('NORMAL', USER),
    ])
      expect(accepted(write()).emergency).toMatchObject({ id })
    expect(accepted(store.releaseEmergency({ actor: 'api:phone', id, word: 'RELEASE' })).emergency).toBeNull()
    expect(store.releaseEmergency({ actor: 'user', id, word: 'RELEASE' })).toMatchObject({ outcome: 'refused' })
  })

  it('a new database that finds positions at the exchange starts with the emergency engaged', () => {
    const found = open(new MemoryPolicyShelf(), {}, () => true)
    expect([found.origin, found.current.emergency?.by]).toEqual(['new', 'governor'])
    const broken = open(new MemoryPolicyShelf(), {}, () => {
      throw new Error('not connected')
    })
    expect(broken.current.emergency).not.toBeNull()
    const { shelf } = fresh()
    expect(open(shelf, {}, () => true).current.emergency).toBeNull()
  })
})

describe('7 fails safe', () => {
  it('goes on with the last good version when the current one is unreadable', () => {
    const { store, shelf } = fresh()
    store.change({ maxPositions: 7 }, USER)
    shelf.damageCurrent()
    const again = open(shelf)
    expect([again.origin, again.current.maxPositions, again.current.emergency]).toEqual(['history', 7, null])
    expect(accepted(again.change({ maxPositions: 8 }, USER)).version).toBe(4)
  })

  it('comes back with the emergency engaged when later versions are lost: one of them may have engaged it', () => {
    const { store, shelf } = fresh()
    store.change({ maxPositions: 7 }, USER)
    store.engageEmergency(USER)
    shelf.damageCurrent()
    shelf.damageVersion(3)
    const again = open(shelf)
    expect([again.origin, again.current.maxPositions, again.current.emergency?.by]).toEqual(['history', 7, 'governor'])
    expect(open(shelf).current).toEqual(again.current)
  })

  it('passes over versions that can be read but not trusted', () => {
    const { store, shelf } = fresh()
    store.change({ maxPositions: 7 }, USER)
    store.change({ maxPositions: 8 }, USER)
    shelf.current = JSON.stringify({ ...store.current, maxPositions: 5000 })
    const again = open(shelf)
    expect([again.origin, again.current.maxPositions]).toEqual(['history', 7])
    expect(again.current.emergency).not.toBeNull()
  })

  it('starts with NORMAL and the emergency engaged when nothing is readable, and can be released', () => {
    const { store, shelf } = fresh()
    store.change({ maxPositions: 7 }, USER)
    shelf.damageCurrent()
    for (const version of shelf.rows.keys()) shelf.damageVersion(version)
    const again = open(shelf, { riskMode: 'AGGRESSIVE', maxDailyLossUsd: 50 })
    expect([again.origin, again.current.riskMode, again.current.maxPositions]).toEqual(['defaults', 'NORMAL', 10])
    expect(again.current.rules.guard.maxDailyLossUsd).toBe(50)
    const id = again.current.emergency?.id ?? ''
    expect(accepted(again.releaseEmergency({ actor: 'user', id, word: 'RELEASE' })).emergency).toBeNull()
  })

  it('the kill switch is in force even when the disk is full, and stored before anything else', () => {
    const { store, shelf } = fresh()
    shelf.failures = 1
    const result = store.engageEmergency(USER)
    expect(result).toMatchObject({ outcome: 'accepted', notes: ['the emergency is in force but could not be stored'] })
    expect([store.current.emergency?.by, shelf.rows.has(2)]).toEqual(['user', false])
    store.change({ maxPositions: 3 }, USER)
    expect([shelf.version(2)?.policy.emergency?.by, shelf.version(3)?.policy.maxPositions]).toEqual(['user', 3])
  })
})

describe('the first policy and the environment', () => {
  it('is NORMAL with its targets, lists null or empty', () => {
    const { store } = fresh()
    expect(store.current).toMatchObject({
      version: 1,
      updatedBy: 'env',
      riskMode: 'NORMAL',
      maxRiskPerTrade: 0.0075,
      maxPositions: 10,
      maxDailyTrades: 30,
      globalMinConfidence: 0.65,
      allowedStrategies: null,
      blockedStrategies: [],
      allowedSymbols: null,
      pin: null,
      emergency: null,
    })
  })

  it('takes the configuration once', () => {
    const shelf = new MemoryPolicyShelf()
    const first = {
      riskMode: 'DEFENSIVE',
      maxPositions: 2,
      blockedStrategies: ['a'],
      maxOrderNotionalUsd: 100,
    } as const
    const { current } = open(shelf, first)
    expect(current).toMatchObject({
      riskMode: 'DEFENSIVE',
      maxPositions: 2,
      maxDailyTrades: 10,
      blockedStrategies: ['a'],
    })
    expect(current.rules.guard.maxOrderNotionalUsd).toBe(100)
    expect(open(shelf, { riskMode: 'AGGRESSIVE', maxPositions: 9 }).current).toEqual(current)
  })

  it('later only a changed mode of the environment switches the mode', () => {
    const shelf = new MemoryPolicyShelf()
    const starts = (environmentMode: InitialPolicy['environmentMode']): PolicyStore => open(shelf, { environmentMode })
    open(shelf, { riskMode: 'DEFENSIVE', environmentMode: 'DEFENSIVE' }).switchMode('NORMAL', USER)
    expect(starts('DEFENSIVE').current).toMatchObject({ version: 2, riskMode: 'NORMAL' })
    expect(starts('AGGRESSIVE').current).toMatchObject({
      version: 3,
      riskMode: 'AGGRESSIVE',
      updatedBy: 'env',
      maxPositions: 15,
    })
    expect(starts('AGGRESSIVE').current.version).toBe(3)
    expect(starts(null).current).toMatchObject({ version: 4, riskMode: 'AGGRESSIVE' })
    expect(starts('AGGRESSIVE').current).toMatchObject({ version: 5, riskMode: 'AGGRESSIVE' })
    expect(starts('DEFENSIVE').current).toMatchObject({ version: 6, riskMode: 'DEFENSIVE' })
  })

  it('a preview writes nothing', () => {
    const { store, shelf } = fresh()
    const account = { positions: [], restingEntries: [], governor: CALM_GOVERNOR, equity: 1000, drawdown: 0 }
    const preview = store.preview({ riskMode: 'DEFENSIVE' }, account)
    expect(preview).toMatchObject({
      outcome: 'preview',
      policy: { version: 2, maxPositions: 4 },
      after: { riskMode: 'DEFENSIVE' },
    })
    expect([store.current.version, shelf.commits]).toEqual([1, 1])
    expect(store.preview({}, account)).toMatchObject({ outcome: 'invalid' })
    const rules = store.previewRules({ profiles: { NORMAL: { maxLeverage: 4 } } }, account)
    expect(rules).toMatchObject({ outcome: 'preview', policy: { version: 2 }, after: { maxLeverage: { value: 4 } } })
    expect(store.previewRules({ guard: { maxHeat: -1 } }, account)).toMatchObject({ outcome: 'invalid' })
    expect(store.previewRules({ guard: { maxHeat: 0.1 } }, account, 'msc')).toMatchObject({ outcome: 'refused' })
    expect([store.current.version, shelf.commits]).toEqual([1, 1])
  })
})
