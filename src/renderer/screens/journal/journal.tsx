/** The journal: everything that was asked, decided, ordered, filled and booked, and why. */
import type { JSX } from 'react'

import { go, hrefOf } from '../../frame/route.ts'
import type { ScreenProps } from '../screen.ts'

import './journal.css'
import { TablePart } from './table-part.tsx'
import { FIRST_TABLE, TABLES } from './tables/tables.ts'
import { TraceSearch } from './trace/trace-search.tsx'
import { TraceView } from './trace/trace-view.tsx'

export default function Journal({ route }: ScreenProps): JSX.Element {
  const [part, id] = route.path
  const isTrace = part === 'trace'
  const table = TABLES.find((each) => each.id === part) ?? FIRST_TABLE
  return (
    <div className="journal">
      <nav className="journal-tabs" aria-label="Parts of the journal">
        {TABLES.map((each) => (
          <a
            key={each.id}
            href={hrefOf('journal', [each.id])}
            aria-current={!isTrace && each === table ? 'page' : undefined}
          >
            {each.name}
          </a>
        ))}
        <TraceSearch trace={isTrace ? (id ?? '') : ''} onSearch={(trace) => go('journal', ['trace', trace])} />
      </nav>
      {isTrace ? <TraceView key={id} id={id ?? ''} /> : <TablePart key={table.id} table={table} route={route} />}
    </div>
  )
}
