/** Alarms of the executor that end with their cause: the position is protected or gone, the order has ended. */
import type { ClientOrderId } from '../core/model/ids.ts'
import type { AlertRow } from '../core/ports/journal.ts'
import type { AlertDesk } from './alert-desk.ts'
import { FOREIGN, type Books } from './books.ts'
import type { Executor } from './executor.ts'

interface EndingsDeps {
  readonly alerts: Pick<AlertDesk, 'standing' | 'clear'>
  readonly books: Pick<Books, 'positions' | 'frozen'> & { readonly orders: Pick<Books['orders'], 'working'> }
  readonly executor: {
    readonly protection: Pick<Executor['protection'], 'isProtected'>
    readonly reconciler: Pick<Executor['reconciler'], 'doneAt'>
    readonly foreign: Pick<Executor['foreign'], 'find'>
  }
}

type HasEnded = (about: string, deps: EndingsDeps) => boolean

const isGone: HasEnded = (symbol, { books }) => !books.positions.has(symbol)
const isSafe: HasEnded = (symbol, deps) => isGone(symbol, deps) || deps.executor.protection.isProtected(symbol)

/** What is not named here merely happened, and stands until a person has seen it. */
const ENDINGS: Readonly<Record<string, HasEnded>> = {
  position_unprotected: isSafe,
  protection_denied: isSafe,
  close_denied: isGone,
  // about a symbol and the purpose of its order
  protection_failed: (about, deps) => isGone(about.split(' ')[0] ?? '', deps),
  stop_stuck: (id, { books }) => !books.orders.working.has(id as ClientOrderId),
  foreign_unprotected: (symbol, deps) => isSafe(symbol, deps),
  symbol_frozen: (symbol, { books }) => !books.frozen.has(symbol),
  // while books and venue are not reconciled nobody knows which orders stand
  reconcile_foreign_order: (id, { executor }) =>
    executor.reconciler.doneAt !== null && executor.foreign.find(id as ClientOrderId) === null,
  reconcile_foreign_position: (symbol, { books }) => books.positions.get(symbol)?.strategyId !== FOREIGN,
}

/** Clears what has ended since the last look. */
export function endAlerts(deps: EndingsDeps): void {
  const hasEnded = ({ code, about }: AlertRow): boolean => ENDINGS[code]?.(about, deps) ?? false
  for (const row of deps.alerts.standing.filter(hasEnded)) deps.alerts.clear(row.code, row.about)
}
