/** Health: the station's components against their bounds, its alerts, the governor, latencies and counters. */
import type { JSX } from 'react'

import { useStationClock } from '../../state/station-clock.ts'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { formatSpan } from '../../widgets/format-time.ts'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { AlertsPanel } from './alerts-panel.tsx'
import { ComponentsPanel } from './components-panel.tsx'
import { GovernorPanel } from './governor-panel.tsx'
import { STATUS_WORDS, troubleText } from './health-words.ts'
import { CountersPanel, LatenciesPanel } from './measures-panel.tsx'
import { OwnAlertsPanel } from './own-alerts-panel.tsx'
import { useHealth, type HealthReport } from './use-health.ts'

import './health.css'

export default function Health(): JSX.Element {
  const { value, fault, reload } = useHealth()
  return (
    <div className="healthscreen">
      {value === null ? null : <Standing report={value} />}
      <div className="healthmain">
        {value !== null ? (
          <ComponentsPanel components={value.components} />
        ) : fault !== null ? (
          <FaultNote what="The health of the station" fault={fault} onRetry={reload} />
        ) : (
          <Skeleton lines={7} label="Asking how the station is" />
        )}
        <AlertsPanel />
      </div>
      <div className="healthside">
        {value === null ? null : (
          <>
            <GovernorPanel governor={value.governor} />
            <OwnAlertsPanel />
            <LatenciesPanel latencies={value.latencies} />
            <CountersPanel counters={value.counters} process={value.process} />
          </>
        )}
      </div>
    </div>
  )
}

function Standing({ report }: { readonly report: HealthReport }): JSX.Element {
  const now = useStationClock(1000)
  const trouble = troubleText(report.components.filter(({ steers }) => steers))
  const shownOnly = troubleText(report.components.filter(({ steers }) => !steers))
  const since = report.components
    .filter(({ status, steers }) => steers && status === report.status)
    .map((component) => Date.parse(component.since))
  const from = report.status === 'HEALTHY' ? Math.max(...since) : Math.min(...since)
  return (
    <header className="standing" data-status={report.status}>
      <h1>{STATUS_WORDS[report.status]}</h1>
      <p>
        {trouble === '' ? 'All that steer are within their bounds' : trouble}
        {now === null || !Number.isFinite(from) ? '.' : `, for ${formatSpan(now - from)}.`}
        {shownOnly === '' ? '' : ` On this made-up clock shown only: ${shownOnly}.`}
      </p>
    </header>
  )
}
