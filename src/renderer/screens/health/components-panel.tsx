/** The components: what was measured, against which bounds, since when, and whether trading hangs on it. */
import type { JSX } from 'react'

import type { ComponentHealth } from '../../../contract/health.ts'
import { Time } from '../../widgets/figures.tsx'
import { Icon, type IconName } from '../../widgets/icon.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { boundsText, componentName, measureName, measureText, STATUS_WORDS, usedOf } from './health-words.ts'

const ICONS: Readonly<Record<ComponentHealth['status'], IconName>> = {
  HEALTHY: 'ok',
  DEGRADED: 'warning',
  CRITICAL: 'deny',
}

export const ComponentsPanel = ({ components }: { readonly components: readonly ComponentHealth[] }): JSX.Element => (
  <Panel title="Components" note={<span className="meta">the worst of them is how the station stands</span>}>
    <table className="components" aria-label="Components">
      <thead>
        <tr>
          <th scope="col">Component</th>
          <th scope="col">State</th>
          <th scope="col" className="num">
            Measured
          </th>
          <th scope="col">To its bound</th>
          <th scope="col" className="wide">
            Bounds
          </th>
          <th scope="col">What it says</th>
          <th scope="col" className="wide">
            Since
          </th>
        </tr>
      </thead>
      <tbody>
        {components.map((health) => (
          <ComponentRow key={health.component} health={health} />
        ))}
      </tbody>
    </table>
  </Panel>
)

function ComponentRow({ health }: { readonly health: ComponentHealth }): JSX.Element {
  const { component, status, value, unit, critical, steers, detail, since } = health
  return (
    <tr data-status={status}>
      <th scope="row">
        {componentName(component)}{' '}
        {critical ? (
          <span className="tag" title="Trading hangs on it: critical here stops new entries">
            critical
          </span>
        ) : null}
      </th>
      <td className="status">
        <Icon name={ICONS[status]} /> {STATUS_WORDS[status]}
        {steers ? null : (
          <span className="dim" title="On a made-up clock measures of this machine steer nothing">
            {' '}
            shown only
          </span>
        )}
      </td>
      <td className="num" title={measureName(component)}>
        {measureText(value, unit)}
      </td>
      <td>
        <Used health={health} />
      </td>
      <td className="src wide">{boundsText(health)}</td>
      <td className="detail" title={detail}>
        {detail === '' ? <span className="dim">{measureName(component)}</span> : detail}
      </td>
      <td className="dim wide">
        <Time at={since} withDate />
      </td>
    </tr>
  )
}

function Used({ health }: { readonly health: ComponentHealth }): JSX.Element {
  const used = usedOf(health)
  if (used === null) return <span className="dim">–</span>
  return (
    <span
      className="meter bound"
      title={boundsText(health)}
      data-level={used.used >= used.degraded ? 'high' : undefined}
    >
      <i style={{ width: `${used.used * 100}%` }} />
      <u style={{ left: `${used.degraded * 100}%` }} />
    </span>
  )
}
