/** The dead man's switch, and the canary that checks what is relied on at the exchange. */
import type { JSX } from 'react'

import { EmptyState } from '../../widgets/empty-state.tsx'
import { Icon } from '../../widgets/icon.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { ageText } from './connection-words.ts'
import type { Lines } from './use-connections.ts'

export function SwitchPanel({ lines }: { readonly lines: Lines }): JSX.Element {
  const { state, symbols, renewed_at: renewedAt } = lines.dead_mans_switch
  return (
    <Panel title="Dead man’s switch" note={<span className="meta">{state}</span>}>
      <p className="note-line said">
        {state === 'absent' ? (
          'This venue has none: resting entries stay if the station falls silent, stops stand there anyway.'
        ) : state === 'idle' ? (
          'No entry rests, so there is nothing to cancel should the station fall silent.'
        ) : (
          <>
            <Icon name="shield" /> Resting entries on <b>{symbols.join(', ')}</b> are cancelled by the exchange should
            the station fall silent. Renewed {ageText(renewedAt, lines.at)}.
          </>
        )}
      </p>
    </Panel>
  )
}

export function CanaryPanel({ lines: { canary, at } }: { readonly lines: Lines }): JSX.Element {
  return (
    <Panel
      title="Canary"
      note={<span className="meta">{canary === null ? '' : `looked ${ageText(canary.at, at)}`}</span>}
    >
      {canary === null ? (
        <EmptyState title="It has not looked.">
          It checks that the exchange still does what the station relies on; here there is nothing to check yet.
        </EmptyState>
      ) : canary.findings.length === 0 ? (
        <p className="note-line said">
          <Icon name="ok" /> The exchange does what the station relies on.
        </p>
      ) : (
        <ul className="findings" aria-label="Findings of the canary">
          {canary.findings.map((finding) => (
            <li key={finding} data-level="caution">
              <Icon name="warning" /> <span>{finding}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
