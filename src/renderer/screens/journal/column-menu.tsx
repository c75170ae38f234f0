/** Chooses which columns are shown. */
import type { JSX } from 'react'

import { Button } from '../../widgets/button.tsx'
import type { Column } from '../../widgets/table-column.ts'
import { Menu } from './menu.tsx'
import type { ColumnChoice } from './shown-columns.ts'

interface ColumnMenuProps {
  readonly columns: readonly Column<unknown>[]
  readonly choice: ColumnChoice
}

export const ColumnMenu = ({ columns, choice }: ColumnMenuProps): JSX.Element => (
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
