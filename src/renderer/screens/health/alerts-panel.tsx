/** Alerts: what is open and not yet seen, what was seen, and what has cleared. */
import { useMemo, useState, type JSX } from 'react'

import type { Alert } from '../../../contract/events.ts'
import { acknowledgeAlert, acknowledgeAlerts } from '../../commands/health-commands.ts'
import { useActions } from '../../frame/actions.ts'
import { hrefOf } from '../../frame/route.ts'
import { useLive } from '../../state/live.ts'
import { Button } from '../../widgets/button.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Time } from '../../widgets/figures.tsx'
import { Icon } from '../../widgets/icon.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { alertState, openAlerts, spacedName } from './health-words.ts'
import { SoundButton } from './sound-button.tsx'

const MOST_CLEARED = 30

export function AlertsPanel(): JSX.Element {
  const alerts = useLive((replica) => replica.alerts)
  const open = useMemo(() => openAlerts(alerts.values()), [alerts])
  const cleared = useMemo(
    () =>
      [...alerts.values()]
        .filter((alert) => alertState(alert) === 'cleared')
        .toReversed()
        .slice(0, MOST_CLEARED),
    [alerts],
  )
  const unseen = open.filter((alert) => alertState(alert) === 'open')
  const acknowledgeAll = (): void => void acknowledgeAlerts(unseen.map(({ id }) => id))
  useActions([
    {
      id: 'health.acknowledge',
      label: 'Acknowledge all alerts',
      group: 'Health',
      keys: ['A'],
      isKeyOnly: true,
      run: acknowledgeAll,
    },
  ])
  return (
    <Panel
      title="Alerts"
      className="alerts"
      note={
        <span className="meta">
          {open.length === 0 ? 'none open' : `${open.length} open, ${unseen.length} not seen`}
        </span>
      }
      verbs={
        <>
          <SoundButton />
          <Button onClick={acknowledgeAll} disabled={unseen.length === 0}>
            Acknowledge all
          </Button>
        </>
      }
    >
      <div className="scroll">
        {open.length === 0 && cleared.length === 0 ? (
          <EmptyState title="No alert so far.">
            What the station watches by itself raises one here, on the desktop and as a sound.
          </EmptyState>
        ) : (
          <table aria-label="Alerts">
            <thead>
              <tr>
                <th scope="col">Raised</th>
                <th scope="col">Severity</th>
                <th scope="col">What</th>
                <th scope="col" className="state">
                  State
                </th>
              </tr>
            </thead>
            <tbody>
              {[...open, ...cleared].map((alert) => (
                <AlertRow key={alert.id} alert={alert} />
              ))}
            </tbody>
          </table>
        )}
        <p className="meta more">
          <a href={hrefOf('journal', ['alerts'])}>All alerts in the journal</a>
        </p>
      </div>
    </Panel>
  )
}

function AlertRow({ alert }: { readonly alert: Alert }): JSX.Element {
  const [isSending, setIsSending] = useState(false)
  const state = alertState(alert)
  const acknowledge = (): void => {
    setIsSending(true)
    void acknowledgeAlert(alert.id).then(() => setIsSending(false))
  }
  return (
    <tr
      className={state === 'cleared' ? 'left-out' : undefined}
      data-severity={state === 'open' ? alert.severity : undefined}
    >
      <td className="dim">
        <Time at={alert.raised_at} withDate />
      </td>
      <td className="severity">
        {alert.severity === 'info' ? null : <Icon name={alert.severity === 'critical' ? 'deny' : 'warning'} />}{' '}
        {spacedName(alert.severity)}
      </td>
      <th scope="row" className="message" title={alert.code}>
        {alert.message}
      </th>
      <td className="state">
        {state === 'open' ? (
          <Button onClick={acknowledge} disabled={isSending} aria-label={`Acknowledge: ${alert.message}`}>
            Acknowledge
          </Button>
        ) : alert.cleared_at !== null ? (
          <span className="dim">
            cleared <Time at={alert.cleared_at} />
          </span>
        ) : alert.acknowledged_at !== null ? (
          <span className="dim">
            seen <Time at={alert.acknowledged_at} />
          </span>
        ) : null}
      </td>
    </tr>
  )
}
