/** Connections: where the station trades, how its lines are, whether books and exchange agree, and its keys. */
import { useEffect, useState, type JSX } from 'react'

import type { KeyPlace } from '../../../contract/keys.ts'
import { reconcileNow } from '../../commands/place-commands.ts'
import { useActions } from '../../frame/actions.ts'
import { replaceQuery, type Route } from '../../frame/route.ts'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { ExchangePanel } from './exchange-panel.tsx'
import { KeysPanel } from './keys/keys-panel.tsx'
import { PlaceHead } from './places/place-head.tsx'
import { PlaceSheet } from './places/place-sheet.tsx'
import { ReconciliationPanel } from './reconciliation-panel.tsx'
import { CanaryPanel, SwitchPanel } from './safeguard-panels.tsx'
import { StreamsPanel } from './streams-panel.tsx'
import { useKeys, useLines, usePlaces, type Places } from './use-connections.ts'

import './connections.css'

const ACCOUNT_OF: Readonly<Partial<Record<Places['here'], KeyPlace>>> = {
  venue: 'simulated',
  demo: 'demo',
  live: 'live',
}

/** Accounts with a place where they can be traded. */
const accountsOf = (places: Places | null): KeyPlace[] =>
  (places?.items ?? []).flatMap(({ place, is_offered: isOffered, is_here: isHere }) => {
    const account = ACCOUNT_OF[place]
    return account === undefined || !(isOffered || isHere) ? [] : [account]
  })

/** What a sheet is open for. */
type Asked = { readonly sheet: 'place'; readonly to: string } | { readonly sheet: 'key'; readonly to: string } | null

export default function Connections({ route }: { readonly route: Route }): JSX.Element {
  const lines = useLines()
  const places = usePlaces()
  const keys = useKeys()
  const [asked, setAsked] = useState<Asked>(null)
  const { query } = route
  const [place, key] = [query.get('place'), query.get('key')]
  useEffect(() => {
    if (place === null && key === null) return
    setAsked(place === null ? { sheet: 'key', to: key ?? '' } : { sheet: 'place', to: place })
    replaceQuery({})
  }, [place, key])
  const reconcile = (): void => void reconcileNow().then(lines.reload)
  useActions([
    {
      id: 'connections.reconcile',
      label: 'Reconcile now',
      group: 'Connections',
      keys: ['R'],
      isKeyOnly: true,
      run: reconcile,
    },
    {
      id: 'connections.place',
      label: 'Change the place',
      group: 'Connections',
      keys: ['G'],
      isKeyOnly: true,
      run: () => setAsked({ sheet: 'place', to: '' }),
    },
    {
      id: 'connections.key',
      label: 'Add a key',
      group: 'Connections',
      keys: ['N'],
      isKeyOnly: true,
      run: () => setAsked({ sheet: 'key', to: '' }),
    },
  ])
  const told = lines.value
  const again = (): void => {
    keys.reload()
    places.reload()
  }
  if (told === null)
    return lines.fault === null ? (
      <Skeleton lines={10} label="Asking how the lines are" />
    ) : (
      <FaultNote what="Connections" fault={lines.fault} onRetry={lines.reload} />
    )
  return (
    <div className="connections">
      <PlaceHead lines={told} places={places.value} onChange={(to) => setAsked({ sheet: 'place', to })} />
      <div className="connmain">
        <ExchangePanel lines={told} />
        <StreamsPanel lines={told} />
        <ReconciliationPanel lines={told} onReconcile={reconcile} />
      </div>
      <div className="connside">
        <KeysPanel
          keys={keys}
          accounts={accountsOf(places.value)}
          adds={asked?.sheet === 'key' ? asked.to : null}
          onAdd={(to) => setAsked(to === null ? null : { sheet: 'key', to })}
          onChanged={again}
        />
        <SwitchPanel lines={told} />
        <CanaryPanel lines={told} />
      </div>
      {asked?.sheet === 'place' && places.value !== null ? (
        <PlaceSheet
          told={places.value}
          first={asked.to}
          onAddKey={(to) => setAsked({ sheet: 'key', to })}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </div>
  )
}
