/** Copies the rows of a table as CSV. */
import type { JSX } from 'react'

import { Button } from './button.tsx'
import { csvOf, type Column } from './table-column.ts'
import { showFault, showToast } from './toasts.tsx'

interface CopyCsvProps<Row> {
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
}

export function CopyCsv<Row>({ rows, columns }: CopyCsvProps<Row>): JSX.Element {
  const copy = (): void => {
    navigator.clipboard.writeText(csvOf(rows, columns)).then(
      () => showToast({ text: `${rows.length} rows copied as CSV` }),
      () => showFault('The rows were not copied: the browser does not allow it here.'),
    )
  }
  return (
    <Button look="quiet" onClick={copy} disabled={rows.length === 0}>
      Copy as CSV
    </Button>
  )
}
