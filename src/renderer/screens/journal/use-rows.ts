/** The rows of one tab under one filter: the newest first, older ones when asked for, live ones on top as they come. */
import { useCallback, useEffect, useRef, useState } from 'react'

import { faultSentence } from '../../link/fault-sentence.ts'
import { live, useLive } from '../../state/live.ts'
import type { Filter } from './filter/filter.ts'
import { mergeNewer } from './merge-rows.ts'
import { readRows } from './read-rows.ts'
import type { JournalTable } from './tables/journal-table.ts'

export interface JournalRows<Row> {
  readonly rows: readonly Row[]
  readonly isLoading: boolean
  readonly fault: string | null
  /** all matching rows are here */
  readonly isComplete: boolean
  /** rows looked through so far, matching or not */
  readonly looked: number
  /** the oldest instant looked at */
  readonly until: string | null
  readonly readMore: () => void
  readonly retry: () => void
}

interface Held<Row> {
  readonly key: string
  readonly rows: readonly Row[]
  readonly next: string | null | undefined
  readonly looked: number
  readonly until: string | null
}

const ENOUGH_ROWS = 200
const MOST_PAGES = 6
const NEWER_EVERY_MS = 2000

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** `filter` is read anew when `key` changes. */
export function useRows<Row>(key: string, table: JournalTable<Row>, filter: Filter): JournalRows<Row> {
  const [held, setHeld] = useState<Held<Row> | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [isLoading, setIsLoading] = useState(true)
  const snapshots = useLive((replica) => replica.snapshots)
  const [round, setRound] = useState(0)
  const scope = useRef<{ key: string; signal: AbortSignal; isBusy: boolean } | null>(null)
  const latest = useRef({ table, filter, held })
  useEffect(() => {
    latest.current = { table, filter, held }
  })
  const shown = held?.key === key ? held : null

  const read = useCallback(async (isFirst: boolean): Promise<void> => {
    const { current } = scope
    if (current === null || current.isBusy) return
    const { table, filter, held } = latest.current
    const before = !isFirst && held?.key === current.key ? held : null
    if (before?.next === null) return
    current.isBusy = true
    setIsLoading(true)
    try {
      const cursor = before?.next ?? undefined
      const { signal } = current
      const told = await readRows({ table, filter, cursor, enough: ENOUGH_ROWS, mostPages: MOST_PAGES, signal })
      if (signal.aborted) return
      setHeld((now) => {
        const so = before !== null && now?.key === current.key ? now : null
        return {
          key: current.key,
          rows: [...(so?.rows ?? []), ...told.rows],
          next: told.next,
          looked: (so?.looked ?? 0) + told.looked,
          until: told.until ?? so?.until ?? null,
        }
      })
      setFault(null)
    } catch (problem) {
      if (!current.signal.aborted) setFault(faultSentence(problem))
    } finally {
      current.isBusy = false
      if (!current.signal.aborted) setIsLoading(false)
    }
  }, [])

  useEffect(() => {
    if (snapshots === 0 || latest.current.filter.faults.length > 0) return
    const controller = new AbortController()
    scope.current = { key, signal: controller.signal, isBusy: false }
    void read(true)
    const timer = setInterval(() => void readNewer(controller.signal), NEWER_EVERY_MS)
    return () => {
      clearInterval(timer)
      controller.abort()
    }

    async function readNewer(signal: AbortSignal): Promise<void> {
      const { table, filter, held } = latest.current
      const isLive = live.getState().link.phase === 'live'
      if (held?.key !== key || document.hidden || !isLive || scope.current?.isBusy === true) return
      const since = sinceOf(table, held.rows)
      const from = since === null ? filter.from : Math.max(since, filter.from ?? 0)
      try {
        const told = await readRows({
          table,
          filter: { ...filter, from },
          enough: Infinity,
          mostPages: MOST_PAGES,
          signal,
        })
        if (signal.aborted) return
        // more came than is worth catching up with: begin anew
        if (told.next !== null && since !== null) return setRound((before) => before + 1)
        const among = FRESH_ROWS + told.rows.length
        setHeld((now) => {
          if (now?.key !== key) return now
          const rows = mergeNewer(now.rows, told.rows, table.keyOf, isEqual, among)
          return rows === now.rows ? now : { ...now, rows }
        })
      } catch {
        // the next time asks again, and the strip says that the link is down
      }
    }
  }, [key, snapshots, round, read])

  return {
    rows: shown?.rows ?? [],
    isLoading: isLoading || (shown === null && fault === null),
    fault,
    isComplete: shown?.next === null,
    looked: shown?.looked ?? 0,
    until: shown?.until ?? null,
    readMore: useCallback(() => void read(false), [read]),
    retry: useCallback(() => setRound((before) => before + 1), []),
  }
}

const FRESH_ROWS = 500

/** From where on rows may be new or different: the newest row, or the oldest recent one that is not at its end. */
function sinceOf<Row>(table: JournalTable<Row>, rows: readonly Row[]): number | null {
  const [newest] = rows
  if (newest === undefined) return null
  const changing = rows.slice(0, FRESH_ROWS).findLast((row) => table.mayChange(row))
  return Date.parse(table.atOf(changing ?? newest))
}
