/** Alerts that a person asked for: what each looks at, a new one, and none of them any more. */
import { useState, type JSX } from 'react'

import type { OwnAlert } from '../../../contract/health.ts'
import { attempt, run } from '../../commands/run.ts'
import { station } from '../../link/client.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { Button } from '../../widgets/button.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { showToast } from '../../widgets/toasts.tsx'
import { OwnAlertSheet } from './own-alert-sheet.tsx'
import { ownAlertText } from './own-alert-words.ts'

export function OwnAlertsPanel(): JSX.Element {
  const { value, fault, reload } = useAnswer('own alerts', (signal) => station.health.ownAlerts(undefined, { signal }))
  const [isNew, setIsNew] = useState(false)
  const alerts = value?.items ?? []
  const put = async (items: readonly OwnAlert[]): Promise<string | null> => {
    const told = await attempt(() => station.health.setOwnAlerts({ items: [...items] }))
    reload()
    return told.ok ? null : told.sentence
  }
  const remove = async (gone: OwnAlert): Promise<void> => {
    const rest = alerts.filter(({ name }) => name !== gone.name)
    const told = await run(`${gone.name} was not removed`, () => station.health.setOwnAlerts({ items: rest }))
    reload()
    if (told.ok)
      showToast({ text: `${gone.name} removed`, undo: { verb: 'Undo', run: () => void put([...rest, gone]) } })
  }
  return (
    <Panel title="Watched for you" verbs={<Button onClick={() => setIsNew(true)}>New alert</Button>}>
      {fault !== null && value === null ? <FaultNote what="Your alerts" fault={fault} onRetry={reload} /> : null}
      {value !== null && alerts.length === 0 ? (
        <EmptyState title="None yet.">A price, the day’s drawdown or its loss can raise one.</EmptyState>
      ) : (
        <ul className="own-alerts" aria-label="Watched for you">
          {alerts.map((alert) => (
            <li key={alert.name}>
              <span>
                <b>{alert.name}</b> <span className="meta">{alert.severity}</span>
                <br />
                {ownAlertText(alert)}
              </span>
              <Button onClick={() => void remove(alert)} aria-label={`Remove ${alert.name}`}>
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      {isNew ? (
        <OwnAlertSheet
          others={alerts.map(({ name }) => name)}
          onSave={(alert) => put([...alerts, alert])}
          onClose={() => setIsNew(false)}
        />
      ) : null}
    </Panel>
  )
}
