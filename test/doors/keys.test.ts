/** What opens the door: tokens kept as hashes, the file of the local one, sign-in links, and how often one may knock. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { RateLimit } from '../../src/headless/rate-limit.ts'
import { Sessions } from '../../src/headless/sessions.ts'
import { addToken, ensureLocalToken, findToken, hashOf, writeTokenFile } from '../../src/headless/tokens.ts'
import { memoryTokenShelf } from '../fixtures/shelves.ts'

describe('tokens', () => {
  test('only the hash is kept, and it finds the token again', () => {
    const shelf = memoryTokenShelf()
    const token = addToken(shelf, 'grafana', 'read', 17)
    expect(token).toMatch(/^sbx_[\w-]{43}$/)
    expect(shelf.list()).toEqual([{ name: 'grafana', scope: 'read', hash: hashOf(token), createdAt: 17 }])
    expect(JSON.stringify(shelf.list())).not.toContain(token)
    expect(findToken(shelf, token)?.name).toBe('grafana')
    expect(findToken(shelf, token.slice(0, -1))).toBeNull()
  })

  test('the hash is SHA-256', () => {
    expect(hashOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  test('a name is taken once, and must be a name', () => {
    const shelf = memoryTokenShelf()
    addToken(shelf, 'one', 'control', 0)
    expect(() => addToken(shelf, 'one', 'read', 0)).toThrow(/one already/)
    for (const name of ['', 'Capital', 'a b', '-x', 'x'.repeat(33), '../up'])
      expect(() => addToken(shelf, name, 'read', 0)).toThrow(/token's name/)
    expect(shelf.list()).toHaveLength(1)
  })
})

describe('the token file', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'door-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const modeOf = (name: string): number => statSync(join(folder, name)).mode & 0o777

  test('is its owner’s alone and is kept from start to start', () => {
    const shelf = memoryTokenShelf()
    const token = ensureLocalToken(folder, shelf, 0)
    expect(readFileSync(join(folder, 'token'), 'utf8')).toBe(`${token}\n`)
    expect(modeOf('token')).toBe(0o600)
    expect(findToken(shelf, token)?.scope).toBe('control')
    expect(ensureLocalToken(folder, shelf, 1)).toBe(token)
    expect(shelf.list()).toHaveLength(1)
  })

  test('is made anew when its token is not known here, and the old one stops working', () => {
    const shelf = memoryTokenShelf()
    const old = ensureLocalToken(folder, shelf, 0)
    writeFileSync(join(folder, 'token'), 'sbx_of_another_database\n', { mode: 0o644 })
    const token = ensureLocalToken(folder, shelf, 1)
    expect(token).not.toBe(old)
    expect(modeOf('token')).toBe(0o600)
    expect(findToken(shelf, old)).toBeNull()
    expect(shelf.list().map(({ name }) => name)).toEqual(['local'])
  })

  test('a file that others could read is closed again', () => {
    const shelf = memoryTokenShelf()
    const token = ensureLocalToken(folder, shelf, 0)
    writeFileSync(join(folder, 'loose'), '', { mode: 0o644 })
    writeTokenFile(join(folder, 'loose'), token)
    expect(modeOf('loose')).toBe(0o600)
    expect(readdirSync(folder).toSorted()).toEqual(['loose', 'token'])
  })
})

describe('sessions', () => {
  let shelf = memoryTokenShelf()
  let time = 0
  beforeEach(() => {
    shelf = memoryTokenShelf()
  })

  test('outlive the process, as a hash only; their links do not', () => {
    const before = new Sessions(2, shelf, () => ++time)
    const session = before.redeem(before.newLink()) ?? 'none'
    const link = before.newLink()
    const after = new Sessions(2, shelf, () => ++time)
    expect(after.has(session)).toBe(true)
    expect(after.redeem(link)).toBeNull()
    expect(JSON.stringify(shelf.list())).not.toContain(session)
  })

  test('a session is no token, a token is no session', () => {
    const sessions = new Sessions(2, shelf, () => ++time)
    const session = sessions.redeem(sessions.newLink()) ?? 'none'
    const token = addToken(shelf, 'desk', 'control', 0)
    expect(findToken(shelf, session)).toBeNull()
    expect(sessions.has(token)).toBe(false)
    expect(() => addToken(shelf, 'browser 1', 'control', 0)).toThrow(/token's name/)
  })

  test('one that is removed like a token is signed out', () => {
    const sessions = new Sessions(2, shelf, () => ++time)
    const session = sessions.redeem(sessions.newLink()) ?? 'none'
    for (const { name } of shelf.list()) shelf.remove(name)
    expect(sessions.has(session)).toBe(false)
  })

  test('the oldest goes when there are too many', () => {
    const sessions = new Sessions(2, shelf, () => ++time)
    const ids = [1, 2, 3].map(() => sessions.redeem(sessions.newLink()) ?? 'none')
    expect(ids.map((id) => sessions.has(id))).toEqual([false, true, true])
  })

  test('nothing but what was given out opens one', () => {
    const sessions = new Sessions(2, shelf, () => ++time)
    const key = sessions.newLink()
    expect(sessions.redeem('')).toBeNull()
    expect(sessions.redeem(hashOf(key))).toBeNull()
    expect(sessions.has('')).toBe(false)
    expect(sessions.redeem(key)).toMatch(/^[\w-]{43}$/)
  })
})

describe('the rate limit', () => {
  test('lets in a burst, then one per interval', () => {
    let now = 0
    const limit = new RateLimit(100, 200, () => now)
    const takes = Array.from({ length: 201 }, () => limit.take('a'))
    expect(takes.slice(0, 200).every((wait) => wait === 0)).toBe(true)
    expect(takes[200]).toBe(10)
    now = 9
    expect(limit.take('a')).toBe(1)
    now = 10
    expect(limit.take('a')).toBe(0)
    expect(limit.take('b')).toBe(0)
  })

  test('never lets in more than burst + rate × time, however the calls come', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(gaps, (steps) => {
        let now = 0
        const limit = new RateLimit(100, 5, () => now)
        let admitted = 0
        for (const step of steps) {
          now += step
          if (limit.take('a') === 0) admitted++
        }
        expect(admitted).toBeLessThanOrEqual(5 + now / 10 + 1e-9)
        expect(admitted).toBeGreaterThanOrEqual(Math.min(steps.length, 5))
      }),
    )
  })

  test('holds each of thousands of callers to its own bucket', () => {
    const limit = new RateLimit(1, 1, () => 0)
    for (let caller = 0; caller < 5000; caller++) {
      expect(limit.take(`caller-${caller}`)).toBe(0)
      expect(limit.take(`caller-${caller}`)).toBe(1000)
    }
  })
})
