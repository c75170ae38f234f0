/** Tables of many symbols: what is packed, framed and read again is what stands at the station. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { figuresAsBytes, hasFigures, readFrame } from '../../src/contract/frames.ts'
import { FrameWriter } from '../../src/headless/frame-writer.ts'
import { SymbolTable } from '../../src/renderer/state/symbol-table.ts'
import { LiveTable } from '../../src/station/live-table.ts'
import { SymbolFigures } from '../../src/station/symbol-figures.ts'

const COLUMNS = ['double', 'single', 'double'] as const
const figure = fc.oneof(fc.double(), fc.constant(Number.NaN), fc.constantFrom(1e-8, 1e9, 1_767_225_600_000))
const put = fc.record({ symbol: fc.nat(12), column: fc.nat(2), figure })
const batch = fc.oneof(
  fc.array(put, { maxLength: 30 }),
  // every row of one column, most often with one figure
  fc
    .tuple(fc.nat(2), figure)
    .map(([column, told]) => [...Array(13).keys()].map((symbol) => ({ symbol, column, figure: told }))),
)

/** A zero is a zero, whatever its sign. */
const unsigned = (figure: number): number => figure + 0

const figuresOf = (columns: readonly (Float64Array | Float32Array)[], rows: number): number[][] =>
  columns.map((column) => [...column.subarray(0, rows)].map(unsigned))

test('a copy that takes every change equals the table, whatever changed in between', () => {
  const property = fc.property(fc.array(batch, { maxLength: 12 }), (batches) => {
    const [figures, told, copy] = [new SymbolFigures(COLUMNS), new LiveTable(), new SymbolTable(COLUMNS.length)]
    for (const changes of batches) {
      for (const { symbol, column, figure } of changes) figures.put(figures.rowOf(`S${symbol}`), column, figure)
      const packed = told.changes(figures)
      if (packed !== null) copy.take(packed)
      expect(told.changes(figures)).toBeNull()
    }
    const rows = figures.symbols.length
    expect(copy.symbols).toEqual(figures.symbols)
    const copied = COLUMNS.map((_, column) => figures.symbols.map((__, row) => unsigned(copy.figure(column, row))))
    expect(copied).toEqual(figuresOf(figures.columns, rows))
  })
  fc.assert(property, { numRuns: 200, seed: 3 })
})

test('only what changed is told: one figure of one symbol takes a few numbers, one time for all takes one', () => {
  const [figures, told] = [new SymbolFigures(COLUMNS), new LiveTable()]
  for (let row = 0; row < 100; row++) for (const column of [0, 1, 2]) figures.put(figures.rowOf(`S${row}`), column, row)
  expect(told.changes(figures)?.symbols_added).toHaveLength(100)
  figures.put(7, 2, -1)
  // one row, its number, nothing, nothing, one figure
  expect(told.changes(figures)).toEqual({ symbols_added: [], packed: Float64Array.of(1, 7, 0, 0, 1, -1) })
  for (let row = 0; row < 100; row++) figures.put(row, 0, 5)
  expect(told.changes(figures)?.packed).toEqual(Float64Array.of(-1, 1, 5, 0, 0))
})

test('a message is the same after its frame, whose place serves the next one', () => {
  const writer = new FrameWriter()
  for (const packed of [
    Float64Array.of(-1, 2, 3.5, Number.NaN),
    new Float64Array(5000).fill(1e-8),
    Float64Array.of(0),
  ]) {
    const json = { 币安: 'ü', packed: figuresAsBytes.serialize(packed) }
    const meta = [[figuresAsBytes.type, 'packed']]
    expect(hasFigures({ data: { json, meta } })).toBe(true)
    const frame = writer.write({ i: '1', t: 3, p: { e: 'message', d: { json, meta } } })
    const read = readFrame(Uint8Array.from(frame).buffer) as {
      p: { d: { json: { packed: Uint8Array; 币安: string } } }
    }
    writer.giveBack(frame)
    expect(figuresAsBytes.deserialize(read.p.d.json.packed)).toEqual(packed)
    expect(read.p.d.json.币安).toBe('ü')
  }
})
