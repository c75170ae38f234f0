/** A table of any length: sticky head, rows drawn only where they are seen, sorted by its heads, walked with j and k. */
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  memo,
  Fragment,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type JSX,
  type KeyboardEvent,
  type ReactNode,
} from 'react'

import { useKeptPlace } from './kept-place.ts'
import { sortedRows, type Column, type Sorting } from './table-column.ts'
import { nextOrder, useTableOrder } from './table-order.ts'
import { placeIn, showRow, type Place } from './table-walk.ts'
import { useRowHeight } from './use-row-height.ts'

export type { Column } from './table-column.ts'

interface DataTableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Enter or a click on the row */
  readonly onOpen?: (row: Row) => void
  readonly isOpen?: (row: Row) => boolean
  readonly rowClass?: (row: Row) => string
  /** the order it begins with */
  readonly sorting?: Sorting
  /** the table's name on this machine: its order is kept under it */
  readonly keptAs?: string
  readonly rowHeight?: number
  /** what stands where there are no rows */
  readonly empty: ReactNode
  /** asked for when the last rows come into sight */
  readonly onEnd?: () => void
  /** rows that come in above do not move what is being read */
  readonly keepsPlace?: boolean
  /** a line across the table under the row of that key, while the rows stand in their first order */
  readonly line?: { readonly under: string; readonly content: ReactNode } | null
}

const OVERSCAN = 6
const NO_ORDER: readonly Sorting[] = []
/** as the style sheet's `tr.cut` is high */
const LINE_HEIGHT = 28

export function DataTable<Row>(props: DataTableProps<Row>): JSX.Element {
  const { label, columns, rows, keyOf, onOpen, isOpen, rowClass, empty, onEnd } = props
  const usualHeight = useRowHeight()
  const { rowHeight = usualHeight } = props
  const { keepsPlace = false, line = null } = props
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const firstOrder = useMemo(() => (props.sorting === undefined ? NO_ORDER : [props.sorting]), [props.sorting])
  const [sorting, setSorting] = useTableOrder(props.keptAs, firstOrder)
  const [walkedTo, setAt] = useState<Place | null>(null)
  const ordered = useMemo(() => sortedRows(rows, columns, sorting), [rows, columns, sorting])
  const isFirstOrder = JSON.stringify(sorting) === JSON.stringify(firstOrder)
  const lineAt = line !== null && isFirstOrder ? ordered.findIndex((row) => keyOf(row) === line.under) : -1
  // new ones on every render would have every row of a long table measured anew
  const sizeAt = useCallback(
    (index: number) => (index === lineAt ? rowHeight + LINE_HEIGHT : rowHeight),
    [lineAt, rowHeight],
  )
  const keyAt = useCallback((index: number) => keyOf(ordered[index] as Row), [keyOf, ordered])
  const virtual = useVirtualizer({
    count: ordered.length,
    getScrollElement: () => box.current,
    estimateSize: sizeAt,
    overscan: OVERSCAN,
    getItemKey: keyAt,
  })
  useEffect(() => virtual.measure(), [virtual, lineAt])
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0))
  const at = walkedTo === null ? -1 : placeIn(ordered, walkedTo, keyOf)
  const open = useCallback((row: Row) => onOpen?.(row), [onOpen])
  const notePlace = useKeptPlace(keepsPlace, box, ordered, keyOf, rowHeight)

  const walk = (index: number): void => {
    const next = Math.max(0, Math.min(ordered.length - 1, index))
    const row = ordered[next]
    if (row === undefined) return
    setAt({ key: keyOf(row), index: next })
    const start = next * rowHeight + (lineAt >= 0 && next > lineAt ? LINE_HEIGHT : 0)
    if (box.current !== null) showRow(box.current, start, rowHeight)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 2)
    const target = {
      j: at + 1,
      ArrowDown: at + 1,
      k: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: ordered.length - 1,
      PageDown: at + page,
      PageUp: at - page,
    }[event.key]
    const row = ordered[at]
    if (target !== undefined) walk(target)
    else if (event.key === 'Enter' && row !== undefined) open(row)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onScroll = (): void => {
    const { current } = box
    notePlace()
    if (onEnd && current && current.scrollTop + current.clientHeight > current.scrollHeight - 20 * rowHeight) onEnd()
  }
  if (rows.length === 0) return <>{empty}</>
  return (
    <div ref={box} className="scroll data-table" onScroll={onScroll}>
      <table
        role="grid"
        aria-label={label}
        aria-rowcount={ordered.length + 1}
        aria-activedescendant={at < 0 ? undefined : `${id}-${walkedTo?.key ?? ''}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} sorting={sorting} onSort={setSorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <tr aria-hidden="true" className="spacer" style={{ height: before }} /> : null}
          {items.map((item) => {
            const row = ordered[item.index]
            if (row === undefined) return null
            return (
              <Fragment key={item.key}>
                <BodyRow
                  id={`${id}-${String(item.key)}`}
                  row={row}
                  index={item.index}
                  columns={columns as readonly Column<unknown>[]}
                  className={rowClass?.(row) ?? ''}
                  isAt={item.index === at}
                  isOpen={isOpen?.(row) ?? false}
                  onOpen={onOpen === undefined ? undefined : (open as (row: unknown) => void)}
                />
                {item.index === lineAt ? (
                  <tr className="cut">
                    <td colSpan={columns.length}>{line?.content}</td>
                  </tr>
                ) : null}
              </Fragment>
            )
          })}
          {after > 0 ? <tr aria-hidden="true" className="spacer" style={{ height: after }} /> : null}
        </tbody>
      </table>
    </div>
  )
}

interface HeadCellProps<Row> {
  readonly column: Column<Row>
  readonly sorting: readonly Sorting[]
  readonly onSort: (sorting: readonly Sorting[]) => void
}

function HeadCell<Row>({ column, sorting, onSort }: HeadCellProps<Row>): JSX.Element {
  const place = sorting.findIndex((each) => each.column === column.id)
  const order = sorting[place]?.order ?? null
  const classes = `${column.isNumber === true ? 'num' : ''} ${column.className ?? ''}`.trim()
  if (column.sortBy === undefined)
    return (
      <th scope="col" className={classes} style={{ width: column.width }}>
        {column.head}
      </th>
    )
  return (
    <th
      scope="col"
      className={classes}
      style={{ width: column.width }}
      aria-sort={place === 0 ? (order ?? undefined) : undefined}
    >
      <button
        type="button"
        className="sort"
        title="Order by it; with Shift: within the order there is"
        onClick={(event) => onSort(nextOrder(sorting, column, event.shiftKey))}
      >
        {column.head}
        <span aria-hidden="true">{order === null ? '' : order === 'ascending' ? '\u202F↑' : '\u202F↓'}</span>
        {order !== null && sorting.length > 1 ? (
          <sup>
            <span className="sr">, order </span>
            {place + 1}
          </sup>
        ) : null}
      </button>
    </th>
  )
}

interface BodyRowProps {
  readonly id: string
  readonly row: unknown
  readonly index: number
  readonly columns: readonly Column<unknown>[]
  readonly className: string
  readonly isAt: boolean
  readonly isOpen: boolean
  readonly onOpen: ((row: unknown) => void) | undefined
}

const BodyRow = memo(({ id, row, index, columns, className, isAt, isOpen, onOpen }: BodyRowProps): JSX.Element => (
  <tr
    id={id}
    aria-rowindex={index + 2}
    aria-selected={isAt || isOpen}
    className={className}
    onClick={() => onOpen?.(row)}
    data-opens={onOpen !== undefined || undefined}
  >
    {columns.map((column, place) => {
      const classes = `${column.isNumber === true ? 'num' : ''} ${column.className ?? ''}`.trim()
      return place === 0 ? (
        <th key={column.id} scope="row" className={classes}>
          {column.cell(row)}
        </th>
      ) : (
        <td key={column.id} className={classes}>
          {column.cell(row)}
        </td>
      )
    })}
  </tr>
))
