/** Who minds the keys: what the exchange says decides, what it says of a key is told without the key, and who cannot keep says so. */
import { beforeEach, describe, expect, test } from 'vitest'

import type { ExchangeKeys, KeyPlace, Vault } from '../../src/core/ports/vault.ts'
import { type KeyChange, KeyDesk, type KeyTrials } from '../../src/station/key-desk.ts'

const KEYS = { apiKey: 'a-key-of-a-test-1234', secret: 'nobody may see this' }

/** Keys in memory; `live` comes from outside. */
class MemoryVault implements Vault {
  readonly kept = new Map<KeyPlace, ExchangeKeys>()
  reason: string | null = null
  read = async (place: KeyPlace): Promise<ExchangeKeys | null> => this.kept.get(place) ?? null
  write = async (place: KeyPlace, keys: ExchangeKeys): Promise<void> => void this.kept.set(place, keys)
  remove = async (place: KeyPlace): Promise<boolean> => this.kept.delete(place)
  list = async () =>
    [...this.kept].map(([place, { apiKey }]) => ({
      place,
      ending: apiKey.slice(-4),
      keptIn: place === 'live' ? 'the environment' : 'memory',
      canRemove: place !== 'live',
    }))
  cannotKeep = async (): Promise<string | null> => this.reason
}

const GOOD: KeyTrials = {
  key: async () => ({ verdict: 'good', findings: [] }),
  account: async (_place, _keys, fix) => (fix ? [] : [{ sentence: 'It holds both sides.', canFix: true }]),
}

let vault: MemoryVault
let changes: KeyChange[]
beforeEach(() => {
  vault = new MemoryVault()
  changes = []
})

const deskOf = (trials: Partial<KeyTrials> = {}, inUse: KeyPlace | null = null): KeyDesk =>
  new KeyDesk({
    vault,
    inUse,
    trials: async () => ({ ...GOOD, ...trials }),
    changed: (change) => void changes.push(change),
  })

describe('adding a key', () => {
  test('one that may trade is kept, with what its account still needs', async () => {
    const result = await deskOf().add('demo', KEYS, 'user')
    expect(result).toMatchObject({ outcome: 'told', isSaved: true, report: { verdict: 'good', ending: '1234' } })
    expect(result).toMatchObject({ report: { setup: [{ sentence: 'It holds both sides.', canFix: true }] } })
    expect(vault.kept.get('demo')).toEqual(KEYS)
    expect(changes).toEqual([{ what: 'added', place: 'demo', by: 'user' }])
  })

  test('one that is refused is not kept, nor is one whose account cannot be read', async () => {
    const thief = { key: async () => ({ verdict: 'refused' as const, findings: ['This key can withdraw.'] }) }
    const silent = { account: () => Promise.reject(new Error('no such account')) }
    for (const trials of [thief, silent])
      expect(await deskOf(trials).add('live', KEYS, 'user')).toMatchObject({ isSaved: false })
    expect([vault.kept.size, changes]).toEqual([0, []])
  })

  test('what cannot be asked is refused in a sentence without a word of the key', async () => {
    const broken = {
      key: () => Promise.reject(new Error(`GET /x?signature=1&key=${KEYS.apiKey} failed, secret ${KEYS.secret}`)),
    }
    const result = await deskOf(broken).add('demo', KEYS, 'user')
    expect(result).toMatchObject({ outcome: 'refused' })
    expect(JSON.stringify(result)).toContain('Nothing was kept')
    expect(JSON.stringify(result)).not.toContain(KEYS.apiKey)
    expect(JSON.stringify(result)).not.toContain(KEYS.secret)
  })

  test('a finding that quotes the key is told without it', async () => {
    const quoting = { key: async () => ({ verdict: 'warned' as const, findings: [`${KEYS.apiKey} is odd`] }) }
    const result = await deskOf(quoting).add('demo', KEYS, 'user')
    expect(result).toMatchObject({ report: { findings: ['… is odd'] } })
  })

  test('a machine that cannot keep a secret says so before anything is asked', async () => {
    vault.reason = 'This computer has no key store.'
    const result = await deskOf({ key: () => Promise.reject(new Error('asked all the same')) }).add(
      'demo',
      KEYS,
      'user',
    )
    expect(result).toEqual({ outcome: 'refused', reason: 'This computer has no key store.' })
  })

  test('keys of the environment go before any that are kept', async () => {
    vault.kept.set('live', KEYS)
    expect(await deskOf().add('live', KEYS, 'user')).toMatchObject({ outcome: 'refused' })
  })

  test('the account that is traded goes on with the key it has, and that is said', async () => {
    const result = await deskOf({}, 'demo').add('demo', KEYS, 'user')
    expect(result).toMatchObject({
      isSaved: true,
      report: { findings: [expect.stringMatching(/goes on with the key/)] },
    })
  })
})

describe('a kept key', () => {
  test('is checked and its account fixed; one that is not there is missing', async () => {
    const desk = deskOf()
    expect(await desk.check('demo')).toEqual({ outcome: 'missing' })
    vault.kept.set('demo', KEYS)
    expect(await desk.check('demo')).toMatchObject({ outcome: 'told', report: { setup: [{ canFix: true }] } })
    expect(await desk.fix('demo', 'user')).toMatchObject({ outcome: 'told', report: { setup: [] } })
    expect(changes).toEqual([{ what: 'fixed', place: 'demo', by: 'user' }])
  })

  test('is removed, but not while it is traded with, nor where it comes from outside', async () => {
    vault.kept.set('demo', KEYS).set('live', KEYS)
    expect(await deskOf({}, 'demo').remove('demo', 'user')).toMatchObject({ outcome: 'refused' })
    expect(await deskOf().remove('live', 'user')).toMatchObject({ outcome: 'refused' })
    expect(await deskOf().remove('demo', 'user')).toEqual({ outcome: 'removed' })
    expect(await deskOf().remove('demo', 'user')).toEqual({ outcome: 'missing' })
    expect(changes).toEqual([{ what: 'removed', place: 'demo', by: 'user' }])
  })
})
