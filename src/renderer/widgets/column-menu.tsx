/** Chooses which columns are shown. */
import type { JSX } from 'react'

import { Button } from './button.tsx'
import type { ColumnChoice } from './column-choice.ts'
import { Menu } from './menu.tsx'
import type { Column } from './table-column.ts'

interface ColumnMenuProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly choice: Omit<ColumnChoice<Row>, 'shown'>
}

export const ColumnMenu = <Row,>({ columns, choice }: ColumnMenuProps<Row>): JSX.Element => (
  <Menu label="Columns" name="Choose columns">
    <fieldset>
      <legend className="sr">Columns shown</legend>
      {columns.map(({ id, head }) => (
        <label key={id}>
          <input type="checkbox" checked={choice.isShown(id)} onChange={() => choice.toggle(id)} />
          {head}
        </label>
      ))}
    </fieldset>
    <Button look="quiet" onClick={choice.reset}>
      Show the usual ones
    </Button>
  </Menu>
)
