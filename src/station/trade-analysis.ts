/** Closed trades with what the journal knows of their beginning, read so that the station goes on between pages. */
import { setImmediate as nextTurn } from 'node:timers/promises'

import type { AnalysedTrade } from '../core/analytics/trade-groups.ts'
import type { Trade } from '../core/model/position.ts'
import type { Page, RecordQuery, Records } from '../core/ports/records.ts'

/** Rows that are read and looked up without giving the station its turn: a few ms. */
const PAGE = 50
/** of one cause there are never more signals */
const SIGNALS_OF_A_TRACE = 10

type Question<Row> = (query: RecordQuery) => Page<Row>

/** Pages of a list, newest first, with a turn of the event loop after each. */
export async function* pagesOf<Row>(ask: Question<Row>, query: Omit<RecordQuery, 'limit' | 'cursor'>) {
  let cursor: string | undefined
  do {
    const { items, next } = ask({ ...query, limit: PAGE, cursor })
    yield items
    cursor = next ?? undefined
    await nextTurn()
  } while (cursor !== undefined)
}

export interface Analysed {
  /** in the order they were closed */
  readonly trades: readonly AnalysedTrade[]
  /** there were more than `most` */
  readonly isCut: boolean
}

/** The latest `most` trades that the query asks for. */
export async function analysedTrades(
  records: Records,
  query: Omit<RecordQuery, 'limit' | 'cursor'>,
  most: number,
): Promise<Analysed> {
  const found: AnalysedTrade[] = []
  for await (const page of pagesOf<Trade>((each) => records.trades(each), query)) {
    for (const trade of page) found.push({ ...beginningOf(records, trade), trade })
    if (found.length > most) break
  }
  return { trades: found.slice(0, most).toReversed(), isCut: found.length > most }
}

function beginningOf(records: Records, { traceId, openedAt }: Trade): Omit<AnalysedTrade, 'trade'> {
  const { items } = records.signals({ traceId, limit: SIGNALS_OF_A_TRACE })
  const signal = items.find(({ kind }) => kind === 'ENTRY')
  const [evaluation] = records.mscPolicies({ to: openedAt, limit: 1 }).items
  return {
    signalPrice: signal?.price ?? null,
    modelVersion: signal?.modelVersion ?? null,
    regime: regimeIn(evaluation?.votes),
  }
}

/** The regime an evaluation saw; null where it names none. */
function regimeIn(evaluation: unknown): string | null {
  const { evidence } = (evaluation ?? {}) as { readonly evidence?: { readonly regime?: unknown } | null }
  return typeof evidence?.regime === 'string' ? evidence.regime : null
}
