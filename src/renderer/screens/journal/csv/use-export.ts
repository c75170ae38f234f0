/** An export on its way: how far it is, how to stop it. */
import { useEffect, useRef, useState } from 'react'

import { faultSentence } from '../../../link/fault-sentence.ts'
import { THIN_SPACE, formatNumber } from '../../../widgets/format-number.ts'
import { showFault, showToast } from '../../../widgets/toasts.tsx'
import type { Filter } from '../filter/filter.ts'
import type { JournalTable } from '../tables/journal-table.ts'
import { csvParts } from './csv-parts.ts'
import { saveFile } from './save-file.ts'

export interface Export {
  /** null: none is running */
  readonly progress: { readonly rows: number; readonly looked: number } | null
  readonly start: () => void
  readonly cancel: () => void
}

/** `signalbox-decisions-20261120-141802.csv`, by this machine's clock in UTC */
const fileName = (table: string): string =>
  `signalbox-${table}-${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}.csv`

export function useExport(table: JournalTable<unknown>, filter: Filter): Export {
  const [progress, setProgress] = useState<Export['progress']>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const start = async (): Promise<void> => {
    if (running.current !== null) return
    const controller = new AbortController()
    running.current = controller
    const texts: string[] = []
    let rows = 0
    setProgress({ rows: 0, looked: 0 })
    try {
      for await (const part of csvParts(table, filter, controller.signal)) {
        texts.push(part.text)
        rows = part.rows
        setProgress({ rows, looked: part.looked })
      }
      saveFile(fileName(table.id), texts, 'text/csv;charset=utf-8')
      showToast({ text: `${formatNumber(rows)} rows exported as CSV` })
    } catch (problem) {
      if (controller.signal.aborted) showToast({ text: 'Export cancelled; no file was written' })
      else showFault(`The export stopped after ${formatNumber(rows)}${THIN_SPACE}rows: ${faultSentence(problem)}.`)
    } finally {
      running.current = null
      setProgress(null)
    }
  }
  return { progress, start: () => void start(), cancel: () => running.current?.abort() }
}
