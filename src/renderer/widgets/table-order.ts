/** By which columns a table is ordered: chosen at its heads, kept on this machine where the table has a name. */
import { useState } from 'react'
import { useStore } from 'zustand'

import { keptStore } from './kept-store.ts'
import { isSorting, type Column, type Sorting } from './table-column.ts'

type Orders = Readonly<Record<string, readonly Sorting[]>>

const keptOrders = keptStore<Orders>(
  'signalbox.orders',
  {},
  (value): value is Orders =>
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((each) => Array.isArray(each) && each.every(isSorting)),
)

/** `keptAs`: the table's name on this machine; undefined: its order lasts as long as it is shown. */
export function useTableOrder(
  keptAs: string | undefined,
  first: readonly Sorting[],
): readonly [readonly Sorting[], (next: readonly Sorting[]) => void] {
  const kept = useStore(keptOrders, (all) => (keptAs === undefined ? undefined : all[keptAs]))
  const [own, setOwn] = useState(first)
  if (keptAs === undefined) return [own, setOwn]
  return [kept ?? first, (next) => keptOrders.setState((all) => ({ ...all, [keptAs]: next }), true)]
}

/** A press at a head: first way, other way, none; `isAdded`: within the order there is, else in its place. */
export function nextOrder<Row>(
  now: readonly Sorting[],
  { id, firstOrder = 'ascending' }: Pick<Column<Row>, 'id' | 'firstOrder'>,
  isAdded: boolean,
): readonly Sorting[] {
  const other = firstOrder === 'ascending' ? 'descending' : 'ascending'
  const before = now.find(({ column }) => column === id)?.order
  const order = before === undefined ? firstOrder : before === firstOrder ? other : null
  if (!isAdded) return order === null ? [] : [{ column: id, order }]
  if (order === null) return now.filter(({ column }) => column !== id)
  if (before === undefined) return [...now, { column: id, order }]
  return now.map((each) => (each.column === id ? { column: id, order } : each))
}
