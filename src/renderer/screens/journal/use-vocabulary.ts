/** What a filter may speak of now: the keys of the tab, the symbols and strategies that the station knows. */
import { useMemo } from 'react'

import { station } from '../../link/client.ts'
import { useInstruments } from '../../state/instruments.ts'
import { useAnswer } from '../../state/use-answer.ts'
import type { Vocabulary } from './filter/filter.ts'
import type { JournalTable } from './tables/journal-table.ts'
import { ALL_KEYS } from './tables/tables.ts'

/** Orders placed by a person carry this name. */
const BY_HAND = 'manual'

export function useVocabulary({ name, keys }: JournalTable<unknown>): Vocabulary {
  const instruments = useInstruments()
  const { value } = useAnswer('journal.strategies', (signal) => station.market.strategies({}, { signal }))
  return useMemo(
    () => ({
      rows: name,
      keys,
      foreign: ALL_KEYS.filter((key) => !keys.some((own) => own.key === key)),
      symbols: [...instruments.keys()],
      strategies: value === null ? [] : [...value.items.map(({ id }) => id), BY_HAND],
    }),
    [name, keys, instruments, value],
  )
}
