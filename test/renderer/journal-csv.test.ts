/** The CSV of the journal: every matching row once, in order, exact, page after page, until told to stop. */
import { expect, test } from 'vitest'

import { csvParts } from '../../src/renderer/screens/journal/csv/csv-parts.ts'
import { NO_FILTER } from '../../src/renderer/screens/journal/filter/filter.ts'
import { mergeNewer } from '../../src/renderer/screens/journal/merge-rows.ts'
import type { JournalTable } from '../../src/renderer/screens/journal/tables/journal-table.ts'

interface Row {
  readonly id: string
  readonly said: string
  readonly amount: string
}

const ROWS: readonly Row[] = [
  { id: 'a', said: 'plain', amount: '-0.00000001' },
  { id: 'b', said: 'a "quote", and a comma', amount: '12.50000000' },
  { id: 'c', said: '=SUM(A1)', amount: '3' },
  { id: 'd', said: 'two\nlines', amount: '4' },
  { id: 'e', said: '币安人生', amount: '1000000000000000000.1' },
]

/** Two rows a page; the cursor is the place of the next row. */
const table: JournalTable<Row> = {
  id: 'rows',
  name: 'Rows',
  counted: 'rows',
  columns: [
    { id: 'id', head: 'Id', cell: () => null, csv: { head: 'id', value: ({ id }) => id } },
    { id: 'said', head: 'Said', cell: () => null, csv: { head: 'said', value: ({ said }) => said } },
    { id: 'amount', head: 'Amount', cell: () => null, csv: { head: 'amount', value: ({ amount }) => amount } },
    { id: 'looks', head: 'Looks', cell: () => null },
  ],
  hidden: ['amount'],
  keyOf: ({ id }) => id,
  atOf: () => '2026-11-20T12:00:00Z',
  traceOf: () => null,
  mayChange: () => false,
  ask: ({ cursor = '0' }) => {
    const from = Number(cursor)
    const next = from + 2 < ROWS.length ? String(from + 2) : null
    return Promise.resolve({ items: ROWS.slice(from, from + 2), next })
  },
  parameters: {},
  fieldsOf: ({ id, said }) => ({ id, said }),
  keys: [],
  empty: null,
  example: '',
}

async function exported(filter = NO_FILTER): Promise<{ text: string; counts: number[] }> {
  let text = ''
  const counts: number[] = []
  for await (const part of csvParts(table, filter, new AbortController().signal)) {
    text += part.text
    counts.push(part.rows)
  }
  return { text, counts }
}

test('one head line, then every row of every page, hidden columns too, money digit for digit', async () => {
  const { text, counts } = await exported()
  expect(text).toBe(
    [
      'id,said,amount',
      'a,plain,-0.00000001',
      'b,"a ""quote"", and a comma",12.50000000',
      "c,'=SUM(A1),3",
      'd,"two\nlines",4',
      'e,币安人生,1000000000000000000.1',
      '',
    ].join('\r\n'),
  )
  expect(counts).toEqual([0, 2, 4, 5])
})

test('only rows that match are in it', async () => {
  const { text } = await exported({ ...NO_FILTER, words: ['plain'] })
  expect(text).toBe('id,said,amount\r\na,plain,-0.00000001\r\n')
})

test('cancelled between two pages it asks for no further one', async () => {
  const controller = new AbortController()
  const read = async (): Promise<number> => {
    let rows = 0
    for await (const part of csvParts(table, NO_FILTER, controller.signal)) {
      rows = part.rows
      if (rows === 2) controller.abort()
    }
    return rows
  }
  await expect(read()).rejects.toThrow('aborted')
})

test('newer rows come on top, changed ones change in their place, nothing new is the same list', () => {
  const known = ROWS.slice(2)
  const keyOf = ({ id }: Row): string => id
  const isSame = (a: Row, b: Row): boolean => a.said === b.said
  expect(mergeNewer(known, ROWS.slice(0, 3), keyOf, isSame).map(keyOf)).toEqual(['a', 'b', 'c', 'd', 'e'])
  const changed = mergeNewer(known, [{ id: 'd', said: 'other', amount: '4' }], keyOf, isSame)
  expect(changed.map(({ said }) => said)).toEqual(['=SUM(A1)', 'other', '币安人生'])
  expect(mergeNewer(known, ROWS.slice(2, 4), keyOf, isSame)).toBe(known)
})
