/** Latencies, counters and what the process uses. */
import type { JSX } from 'react'

import { Figure } from '../../widgets/figures.tsx'
import { formatNumber, THIN_SPACE } from '../../widgets/format-number.ts'
import { formatSpan } from '../../widgets/format-time.ts'
import { Panel } from '../../widgets/panel.tsx'
import { bytesText, spacedName } from './health-words.ts'
import type { HealthReport } from './use-health.ts'

export const LatenciesPanel = ({ latencies }: Pick<HealthReport, 'latencies'>): JSX.Element => (
  <Panel title="Latencies" note={<span className="meta">ms, since the start</span>}>
    {latencies.length === 0 ? (
      <p className="reason">Nothing was timed yet.</p>
    ) : (
      <table aria-label="Latencies">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" className="num">
              p50
            </th>
            <th scope="col" className="num">
              p99
            </th>
            <th scope="col" className="num">
              Count
            </th>
          </tr>
        </thead>
        <tbody>
          {latencies.map(({ name, p50_ms: p50, p99_ms: p99, count }) => (
            <tr key={name}>
              <th scope="row">{spacedName(name)}</th>
              <td className="num">
                <Figure value={p50} decimals={1} />
              </td>
              <td className="num">
                <Figure value={p99} decimals={1} />
              </td>
              <td className="num dim">{formatNumber(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </Panel>
)

export const CountersPanel = ({ counters, process }: Pick<HealthReport, 'counters' | 'process'>): JSX.Element => (
  <Panel title="Counters" note={<span className="meta">since the station started</span>}>
    <dl className="grid2 counters">
      <Fact name="Up">{formatSpan(process.uptime_ms)}</Fact>
      <Fact name="Memory">{bytesText(process.resident_bytes)}</Fact>
      <Fact name="Heap">{bytesText(process.heap_bytes)}</Fact>
      <Fact name="Processor">
        {process.cpu_pct === null ? '–' : `${formatNumber(process.cpu_pct, { decimals: 0 })}${THIN_SPACE}%`}
      </Fact>
      {counters.map(({ name, value }) => (
        <Fact key={name} name={spacedName(name)}>
          {formatNumber(value)}
        </Fact>
      ))}
    </dl>
  </Panel>
)

const Fact = ({ name, children }: { readonly name: string; readonly children: string }): JSX.Element => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
