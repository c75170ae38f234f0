import { describe, expect, it } from 'vitest'

import { importCandles } from '../../../src/adapters/sqlite/import-candles.ts'
import { openDatabase, openInMemory } from '../../../src/adapters/sqlite/open-database.ts'
import { SQLITE_SETTINGS } from '../../../src/adapters/sqlite/settings.ts'
import { storeOf } from '../../../src/adapters/sqlite/store.ts'
import type { PaperDocument } from '../../../src/core/ports/paper-shelf.ts'
import type { TokenRow } from '../../../src/core/ports/token-shelf.ts'
import { candleOf, randomWalk } from '../../fixtures/candles.ts'
import { dataFolders } from './data-folder.ts'

const folder = dataFolders()

describe('tokens', () => {
  const token = (name: string, fields: Partial<TokenRow> = {}): TokenRow => ({
    name,
    scope: 'read',
    hash: `hash of ${name}`,
    createdAt: 1,
    ...fields,
  })

  it('are added, found by hash, listed by age and removed for good', () => {
    const data = folder()
    const first = storeOf(openDatabase(data))
    first.tokens.add(token('phone', { createdAt: 5 }))
    first.tokens.add(token('desk', { scope: 'control', createdAt: 2 }))
    first.tokens.add(token('old'))
    expect(first.tokens.remove('old')).toBe(true)
    expect(first.tokens.remove('old')).toBe(false)
    first.database.close()
    const { tokens, database } = storeOf(openDatabase(data))
    expect(tokens.list().map(({ name }) => name)).toEqual(['desk', 'phone'])
    expect(tokens.find('hash of desk')).toEqual(token('desk', { scope: 'control', createdAt: 2 }))
    expect(tokens.find('hash of old')).toBeNull()
    database.close()
  })

  it('have one name and one hash each: the first stays', () => {
    const { tokens, database } = storeOf(openInMemory())
    tokens.add(token('desk'))
    expect(() => tokens.add(token('desk', { hash: 'other' }))).toThrow('there is already a token named desk')
    expect(() => tokens.add(token('other', { hash: 'hash of desk' }))).toThrow('UNIQUE')
    expect(tokens.list()).toEqual([token('desk')])
    database.close()
  })
})

describe('paper documents', () => {
  const put = (key: string, at: number, fields: Partial<PaperDocument> = {}): PaperDocument => ({
    kind: 'fill',
    key,
    at,
    value: `{"key":"${key}"}`,
    ...fields,
  })

  it('are kept by kind and key and told in the order of time, then key', () => {
    const { paper, database } = storeOf(openInMemory())
    paper.commit([put('c', 2), put('b', 2), put('a', 9), put('b', 7, { kind: 'order' })], [])
    expect(paper.load('fill')).toEqual([put('b', 2), put('c', 2), put('a', 9)])
    expect(paper.since('fill', 2)).toEqual([put('a', 9)])
    expect(paper.find('order', 'b')).toEqual(put('b', 7, { kind: 'order' }))
    paper.commit([put('c', 10, { value: 'changed' })], [{ kind: 'fill', key: 'b' }])
    expect(paper.load('fill')).toEqual([put('a', 9), put('c', 10, { value: 'changed' })])
    expect(paper.find('fill', 'b')).toBeNull()
    database.close()
  })

  it('one commit puts after it removes, and is whole or nothing', () => {
    const { paper, database } = storeOf(openInMemory())
    paper.commit([put('a', 1)], [])
    paper.commit([put('a', 2)], [{ kind: 'fill', key: 'a' }])
    expect(paper.find('fill', 'a')).toEqual(put('a', 2))
    const broken = put('c', 4, { value: null as unknown as string })
    expect(() => paper.commit([put('b', 3), broken], [{ kind: 'fill', key: 'a' }])).toThrow('NOT NULL')
    expect(paper.load('fill')).toEqual([put('a', 2)])
    database.close()
  })
})

it('settings are small texts that can be replaced and removed', () => {
  const { settings, database } = storeOf(openInMemory())
  expect(settings.get('mode')).toBeNull()
  settings.set('mode', 'NORMAL')
  settings.set('mode', 'DEFENSIVE')
  expect(settings.get('mode')).toBe('DEFENSIVE')
  settings.set('mode', null)
  expect(settings.get('mode')).toBeNull()
  database.close()
})

describe('candles', () => {
  const walk = randomWalk({ count: 2_500, interval: '1m', symbol: 'BTCUSDT', startAt: 60_000 })

  it('that were imported read back as they were, the newest before a time, oldest first', async () => {
    const { database, candles } = storeOf(openInMemory())
    expect(await importCandles(database, walk)).toBe(2_500)
    expect(candles.history('BTCUSDT', '1m', Number.MAX_SAFE_INTEGER, 9_999)).toEqual(walk)
    const before = walk[100]?.openAt ?? 0
    expect(candles.history('BTCUSDT', '1m', before, 10)).toEqual(walk.slice(90, 100))
    expect(candles.history('BTCUSDT', '15m', before, 10)).toEqual([])
    expect(candles.history('ETHUSDT', '1m', before, 10)).toEqual([])
    database.close()
  })

  it('may be imported again, from a stream too; one that cannot be stored stops at its slice', async () => {
    const { database, records } = storeOf(openInMemory())
    async function* stream() {
      for (const candle of walk) yield await Promise.resolve(candle)
    }
    expect(await importCandles(database, stream())).toBe(2_500)
    expect(await importCandles(database, walk)).toBe(2_500)
    expect(records.counts()['candles']).toBe(2_500)
    const later = randomWalk({ count: 2_500, symbol: 'X' })
    later[250] = candleOf({ close: Number.NaN, symbol: 'X' })
    const slices = { ...SQLITE_SETTINGS, rowsPerTurn: 100 }
    await expect(importCandles(database, later, slices)).rejects.toThrow(
      'candles.open must be a finite number, was NaN',
    )
    expect(records.counts()['candles']).toBe(2_700)
    database.close()
  })
})
