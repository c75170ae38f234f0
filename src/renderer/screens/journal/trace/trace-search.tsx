/** A field for a trace id: Enter shows everything that belongs to it. */
import { useEffect, useState, type JSX } from 'react'

import { Icon } from '../../../widgets/icon.tsx'

interface TraceSearchProps {
  readonly trace: string
  readonly onSearch: (trace: string) => void
}

export function TraceSearch({ trace, onSearch }: TraceSearchProps): JSX.Element {
  const [typed, setTyped] = useState(trace)
  useEffect(() => setTyped(trace), [trace])
  const wanted = typed.trim().replace(/^trace:/i, '')
  return (
    <form
      className="input push tracesearch"
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted !== '') onSearch(wanted)
      }}
    >
      <Icon name="search" />
      <input
        aria-label="Search by trace id"
        placeholder="Trace id"
        spellCheck={false}
        autoComplete="off"
        maxLength={64}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </form>
  )
}
