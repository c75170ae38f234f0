/** Prices in columns: the newest of each symbol, and only those are told whose symbol ticked. */
import { expect, test, vi } from 'vitest'

import type { PackedTable } from '../../src/contract/live.ts'
import { QuoteBoard } from '../../src/renderer/state/quote-board.ts'

const FOR_EACH = 2

/** Rows of `row, at, last, bid, ask, mark` as they come over the wire. */
function packed(rows: readonly (readonly number[])[], added: readonly string[] = []): PackedTable {
  const column = (index: number): number[] => [FOR_EACH, ...rows.map((row) => row[index] ?? Number.NaN)]
  const figures = [rows.length, ...rows.map(([row = 0]) => row), ...[1, 2, 3, 4, 5].flatMap(column)]
  return { symbols_added: [...added], packed: Float64Array.from(figures) }
}

const FIRST = packed(
  [
    [0, 1, 100, 99, 101, 100.5],
    [1, 1, 1e-8, Number.NaN, Number.NaN, 1e-8],
  ],
  ['BTCUSDT', '币安人生USDT'],
)

test('knows the newest price of each symbol, and nothing of others', () => {
  const board = new QuoteBoard()
  board.take(FIRST)
  board.take(packed([[0, 2, 102, 101, 103, 102]]))
  expect(board.of('BTCUSDT')).toMatchObject({ last: 102, bid: 101, ask: 103, mark: 102, at: 2 })
  expect(board.of('币安人生USDT')).toMatchObject({ last: 1e-8, bid: Number.NaN })
  expect(board.lastOf('币安人生USDT')).toBe(1e-8)
  expect(board.of('ETHUSDT')).toBeNull()
  expect(board.lastOf('ETHUSDT')).toBeNaN()
})

test('a symbol that did not tick stays the same object, and nobody who shows it is told', () => {
  const board = new QuoteBoard()
  board.take(FIRST)
  const [btc, other, all] = [vi.fn(), vi.fn(), vi.fn()]
  board.onQuote('BTCUSDT', btc)
  board.onQuote('币安人生USDT', other)
  board.onBoard(all)
  const before = board.of('币安人生USDT')
  board.take(packed([[0, 2, 102, 101, 103, 102]]))
  expect(board.of('币安人生USDT')).toBe(before)
  expect([btc, other, all].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 1])
})

test('symbols that come later are numbered after the earlier ones', () => {
  const board = new QuoteBoard()
  board.take(FIRST)
  board.take(packed([[2, 3, 7, 6, 8, 7]], ['ETHUSDT']))
  expect(board.symbols).toEqual(['BTCUSDT', '币安人生USDT', 'ETHUSDT'])
  expect(board.lastOf('ETHUSDT')).toBe(7)
})

test('a new snapshot forgets what was, tells everybody, and who left is not told', () => {
  const board = new QuoteBoard()
  board.take(FIRST)
  const [stays, left] = [vi.fn(), vi.fn()]
  board.onQuote('BTCUSDT', stays)
  board.onQuote('BTCUSDT', left)()
  board.restart(packed([[0, 9, 5, 4, 6, 5]], ['ETHUSDT']))
  expect(board.symbols).toEqual(['ETHUSDT'])
  expect(board.of('BTCUSDT')).toBeNull()
  expect(stays).toHaveBeenCalled()
  expect(left).not.toHaveBeenCalled()
})

test('one value may be told for all rows, and nothing of a column that did not change', () => {
  const board = new QuoteBoard()
  board.take(FIRST)
  // all rows: the time is one, the last prices differ, bid, ask and mark are as before
  board.take({ symbols_added: [], packed: Float64Array.of(-1, 1, 7, FOR_EACH, 103, 2e-8, 0, 0, 0) })
  expect(board.of('BTCUSDT')).toEqual({ symbol: 'BTCUSDT', at: 7, last: 103, bid: 99, ask: 101, mark: 100.5 })
  expect(board.of('币安人生USDT')).toMatchObject({ at: 7, last: 2e-8, mark: 1e-8 })
})

test('the same prices may come as base64', () => {
  const board = new QuoteBoard()
  const { symbols_added, packed: figures } = FIRST
  const bytes = new Uint8Array((figures as Float64Array<ArrayBuffer>).buffer)
  board.take({ symbols_added, packed: btoa(String.fromCharCode(...bytes)) })
  expect(board.of('BTCUSDT')).toMatchObject({ last: 100, mark: 100.5 })
})
