/** Order and CSV of tables, keys, and what is meant by a few typed words. */
import { describe, expect, test } from 'vitest'

import { keysOf } from '../../src/renderer/frame/keyboard.ts'
import { matching } from '../../src/renderer/frame/matching.ts'
import { csvOf, sortedRows, type Column } from '../../src/renderer/widgets/table-column.ts'
import { nextOrder } from '../../src/renderer/widgets/table-order.ts'

interface Row {
  readonly symbol: string
  readonly profit: number
}
const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'symbol',
    head: 'Symbol',
    cell: () => null,
    sortBy: ({ symbol }) => symbol,
    csv: { head: 'symbol', value: ({ symbol }) => symbol },
  },
  {
    id: 'profit',
    head: 'P&L',
    cell: () => null,
    sortBy: ({ profit }) => profit,
    csv: { head: 'profit', value: ({ profit }) => profit },
  },
  { id: 'verb', head: '', cell: () => null },
]
const ROWS: readonly Row[] = [
  { symbol: 'B2', profit: Number.NaN },
  { symbol: 'B10', profit: -1 },
  { symbol: 'a1', profit: 3 },
]

describe('a table', () => {
  const order = (column: string, way: 'ascending' | 'descending') =>
    sortedRows(ROWS, COLUMNS, [{ column, order: way }]).map(({ symbol }) => symbol)

  test('is ordered as a person counts; what has no figure stands last either way', () => {
    expect(order('symbol', 'ascending')).toEqual(['a1', 'B2', 'B10'])
    expect(order('profit', 'ascending')).toEqual(['B10', 'a1', 'B2'])
    expect(order('profit', 'descending')).toEqual(['a1', 'B10', 'B2'])
    expect(sortedRows(ROWS, COLUMNS, [])).toBe(ROWS)
    expect(sortedRows(ROWS, COLUMNS, [{ column: 'verb', order: 'ascending' }])).toBe(ROWS)
  })

  test('is ordered by a second column where the first is equal', () => {
    const rows = [
      { symbol: 'B', profit: 1 },
      { symbol: 'A', profit: 2 },
      { symbol: 'B', profit: 3 },
      { symbol: 'A', profit: 4 },
    ]
    const by = [
      { column: 'symbol', order: 'ascending' },
      { column: 'profit', order: 'descending' },
    ] as const
    expect(sortedRows(rows, COLUMNS, by).map(({ symbol, profit }) => `${symbol}${profit}`)).toEqual([
      'A4',
      'A2',
      'B3',
      'B1',
    ])
  })

  test('a press at a head turns its order round and takes it away; with Shift the others stay', () => {
    const [symbol, profit] = [{ id: 'symbol' }, { id: 'profit', firstOrder: 'descending' }] as const
    const up = { column: 'symbol', order: 'ascending' } as const
    const most = { column: 'profit', order: 'descending' } as const
    expect(nextOrder([], symbol, false)).toEqual([up])
    expect(nextOrder([up], symbol, false)).toEqual([{ ...up, order: 'descending' }])
    expect(nextOrder([{ ...up, order: 'descending' }], symbol, false)).toEqual([])
    expect(nextOrder([up], profit, false)).toEqual([most])
    expect(nextOrder([up], profit, true)).toEqual([up, most])
    expect(nextOrder([up, most], profit, true)).toEqual([up, { ...most, order: 'ascending' }])
    expect(nextOrder([up, { ...most, order: 'ascending' }], profit, true)).toEqual([up])
  })

  test('is copied as CSV that no spreadsheet runs', () => {
    const rows = [
      { symbol: '=cmd()', profit: -1.5 },
      { symbol: 'say "hi", twice', profit: 0 },
    ]
    expect(csvOf(rows, COLUMNS)).toBe(`symbol,profit\r\n'=cmd(),-1.5\r\n"say ""hi"", twice",0\r\n`)
  })
})

describe('keys', () => {
  const pressed = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) =>
    keysOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held })

  test.each([
    ['p', {}, 'P'],
    ['D', { shiftKey: true }, 'Shift+D'],
    ['k', { ctrlKey: true }, 'Mod+K'],
    ['k', { metaKey: true }, 'Mod+K'],
    ['?', { shiftKey: true }, '?'],
    ['/', {}, '/'],
    ['1', {}, '1'],
    ['Enter', { shiftKey: true }, 'Shift+Enter'],
  ])('%s with %o is %s', (key, held, text) => {
    expect(pressed(key, held)).toBe(text)
  })
})

test('all words must occur; beginnings of words come first', () => {
  const items = ['Switch to DEFENSIVE', 'Undefined thing', 'Go to Policy', 'Defend']
  const found = (text: string): string[] => matching(text, items, (item) => item)
  expect(found('def')).toEqual(['Defend', 'Switch to DEFENSIVE', 'Undefined thing'])
  expect(found('to pol')).toEqual(['Go to Policy'])
  expect(found('nothing')).toEqual([])
  expect(found('  ')).toEqual(items)
})
