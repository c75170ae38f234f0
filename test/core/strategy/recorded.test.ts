/** On recorded markets: enough setups, honest confidence, bearable stops (SPEC §8). */
import { describe, expect, it } from 'vitest'

import type { Signal } from '../../../src/core/model/signal.ts'
import { BUILT_IN_STRATEGIES } from '../../../src/core/strategy/built-in.ts'
import type { StrategyDefinition } from '../../../src/core/strategy/strategy.ts'
import { recordedMonth, recordedSpring, type RecordedSeries } from '../../fixtures/recorded-candles.ts'
import { RECORDED_DATA_ABSENT, recordedData } from '../../fixtures/recorded-data.ts'

const data = recordedData()

function entriesOf(definition: StrategyDefinition, recording: readonly RecordedSeries[]): Signal[] {
  return recording.flatMap((bars) => {
    const run = definition.start(bars[0]?.symbol ?? '', definition.defaults)
    const signals = bars.map((bar) => run.next(bar)).filter((signal) => signal !== null)
    return signals.filter(({ kind }) => kind === 'ENTRY')
  })
}

const shareOf = (entries: readonly Signal[], confidence: number): number =>
  entries.filter((entry) => entry.confidence >= confidence).length / entries.length

describe.skipIf(data === null)(`on recorded candles (skipped if ${RECORDED_DATA_ABSENT})`, () => {
  const recordings = {
    'the month of 1m candles': data === null ? [] : recordedMonth(data),
    'the spring of 15m candles': data === null ? [] : recordedSpring(data),
  }

  for (const [name, recording] of Object.entries(recordings)) {
    it.each(BUILT_IN_STRATEGIES)(`$id on ${name}`, (definition) => {
      const entries = entriesOf(definition, recording)
      expect(entries.length).toBeGreaterThanOrEqual(150)
      expect(entries.length).toBeLessThanOrEqual(650)
      expect(shareOf(entries, 0.65)).toBeGreaterThan(0.6)
      expect(shareOf(entries, 0.65)).toBeLessThan(0.8)
      expect(shareOf(entries, 0.75)).toBeGreaterThan(0.4)
      expect(shareOf(entries, 0.75)).toBeLessThan(0.6)
      const longs = entries.filter(({ side }) => side === 'LONG').length
      expect(longs).toBeGreaterThan(entries.length / 4)
      expect(longs).toBeLessThan((entries.length * 3) / 4)
    })
  }
})
