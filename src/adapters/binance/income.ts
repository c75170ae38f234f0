/** Movements of the wallet that are no fill's profit or fee: funding, transfers, what a liquidation costs. */
import type { Income } from '../../core/ports/venue.ts'
import type { Asking } from './rest.ts'
import { type IncomeRow, IncomeRow as IncomeShape } from './wire/trading.ts'

const PAGE = 1000
const WEIGHT = 30
/** the exchange answers at most so much at once, ms */
const WINDOW_MS = 604_800_000

const KINDS: Readonly<Record<string, Income['kind']>> = {
  FUNDING_FEE: 'FUNDING',
  INSURANCE_CLEAR: 'LIQUIDATION_FEE',
}
/** parts of a fill, booked with it */
const OF_FILLS: ReadonlySet<string> = new Set(['REALIZED_PNL', 'COMMISSION'])

function kindOf({ incomeType, income }: IncomeRow): Income['kind'] {
  if (incomeType === 'TRANSFER' || incomeType === 'INTERNAL_TRANSFER') return income.lt(0) ? 'WITHDRAWAL' : 'DEPOSIT'
  return KINDS[incomeType] ?? 'ADJUSTMENT'
}

/** All rows after `since` (epoch ms), oldest first; those of fills too: they tell which symbols traded. */
export async function incomeRows(rest: Asking, since: number, now: number): Promise<readonly IncomeRow[]> {
  const rows = new Map<string, IncomeRow>()
  for (let from = since + 1; from <= now; from += WINDOW_MS) {
    const page = await windowRows(rest, from, Math.min(from + WINDOW_MS - 1, now))
    for (const row of page) rows.set(`${row.incomeType}:${row.tranId}:${row.symbol}`, row)
  }
  return [...rows.values()].sort((one, other) => one.time - other.time)
}

async function windowRows(rest: Asking, startTime: number, endTime: number): Promise<readonly IncomeRow[]> {
  const rows: IncomeRow[] = []
  for (let from = startTime; ;) {
    const params = { startTime: from, endTime, limit: PAGE }
    const answer = await rest.call({ api: 'fapiPrivate', method: 'GET', path: 'income', params, weight: WEIGHT })
    const page = IncomeShape.array().parse(answer)
    rows.push(...page)
    const last = page.at(-1)
    if (page.length < PAGE || last === undefined || last.time <= from) return rows
    from = last.time
  }
}

/** What the station books from it; money in other assets is not its account. */
export function incomeOf(rows: readonly IncomeRow[]): readonly Income[] {
  return rows
    .filter((row) => row.asset === 'USDT' && !OF_FILLS.has(row.incomeType))
    .map((row) => ({
      id: `${row.incomeType}:${row.tranId}`,
      kind: kindOf(row),
      symbol: row.symbol === '' ? null : row.symbol,
      amount: row.income,
      at: row.time,
    }))
}

/** Symbols in which something was filled. */
export const tradedSymbols = (rows: readonly IncomeRow[]): readonly string[] => [
  ...new Set(rows.filter((row) => OF_FILLS.has(row.incomeType) && row.symbol !== '').map((row) => row.symbol)),
]
