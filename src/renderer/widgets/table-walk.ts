/** Walking a long table by keys: where the row that was walked to is now, and bringing it into sight. */
export interface Place {
  readonly key: string
  /** where it was */
  readonly index: number
}

/** Most often where it was; −1: it is gone. */
export function placeIn<Row>(rows: readonly Row[], { key, index }: Place, keyOf: (row: Row) => string): number {
  const row = rows[index]
  return row !== undefined && keyOf(row) === key ? index : rows.findIndex((each) => keyOf(each) === key)
}

/**
 * Scrolls as little as shows the whole row below the sticky head; `start` is px below the head. The layout is read once:
 * the virtualizer's own way reads it on every frame until it is sure, which costs more than drawing the rows.
 */
export function showRow(box: HTMLElement, start: number, height: number): void {
  const head = box.querySelector('thead')?.offsetHeight ?? 0
  const { scrollTop, clientHeight } = box
  if (start < scrollTop) box.scrollTop = start
  else if (head + start + height > scrollTop + clientHeight) box.scrollTop = head + start + height - clientHeight
}
