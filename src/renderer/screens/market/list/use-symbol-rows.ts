/** All symbols with their market facts, asked for again every few seconds: they change with the hour's bars. */
import { useEffect, useState } from 'react'

import { station } from '../../../link/client.ts'
import { useInstruments } from '../../../state/instruments.ts'
import { useAgain } from '../../../state/use-again.ts'
import { useAnswer } from '../../../state/use-answer.ts'
import { joinedRows, type SymbolRow } from './symbol-row.ts'

const ASK_EVERY_MS = 10_000

export interface SymbolRows {
  readonly rows: readonly SymbolRow[]
  /** why the last question was not answered */
  readonly fault: string | null
  readonly reload: () => void
}

export function useSymbolRows(): SymbolRows {
  const instruments = useInstruments()
  const { value, fault, reload } = useAnswer('symbols', (signal) => station.market.symbols(undefined, { signal }))
  useAgain(reload, ASK_EVERY_MS)
  const [rows, setRows] = useState<readonly SymbolRow[]>([])
  useEffect(() => {
    if (value !== null) setRows((before) => joinedRows(before, instruments, value.items))
  }, [instruments, value])
  return { rows, fault, reload }
}
