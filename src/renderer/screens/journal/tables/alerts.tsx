/** The tab of alerts: what asked for attention, how gravely, and whether it is over. */
import type { Alert } from '../../../../contract/events.ts'
import { station } from '../../../link/client.ts'
import { EmptyState } from '../../../widgets/empty-state.tsx'
import { textColumn, timeColumn, wordColumn } from './columns.tsx'
import type { JournalTable } from './journal-table.ts'

const standingOf = ({ cleared_at, acknowledged_at }: Alert): string =>
  cleared_at !== null ? 'over' : acknowledged_at !== null ? 'seen' : 'open'

export const ALERTS: JournalTable<Alert> = {
  id: 'alerts',
  name: 'Alerts',
  counted: 'alerts',
  columns: [
    timeColumn('raised_at', ({ raised_at }) => raised_at, 'Raised', 'raised'),
    wordColumn('severity', 'Severity', 'severity', ({ severity }) => severity, '86px'),
    textColumn('code', 'Code', 'code', ({ code }) => code, { width: '190px', className: 'dim' }),
    textColumn('message', 'What it says', 'message', ({ message }) => message, { className: 'strong' }),
    timeColumn('acknowledged_at', ({ acknowledged_at }) => acknowledged_at, 'Acknowledged', 'acknowledged'),
    timeColumn('cleared_at', ({ cleared_at }) => cleared_at, 'Over', 'cleared'),
    textColumn('id', 'Id', 'id', ({ id }) => id, { width: '170px', className: 'dim' }),
  ],
  hidden: ['id'],
  keyOf: ({ id }) => id,
  atOf: ({ raised_at }) => raised_at,
  traceOf: () => null,
  mayChange: ({ cleared_at }) => cleared_at === null,
  ask: ({ limit, cursor, fields }, signal) => station.records.alerts({ limit, cursor, ...fields }, { signal }),
  parameters: {},
  fieldsOf: (row) => ({
    severity: row.severity,
    code: row.code,
    message: row.message,
    standing: standingOf(row),
    id: row.id,
  }),
  keys: [
    { key: 'severity', field: 'severity', values: ['info', 'warning', 'critical'] },
    { key: 'code', field: 'code' },
    { key: 'is', field: 'standing', values: ['open', 'seen', 'over'] },
  ],
  empty: (
    <EmptyState title="No alerts.">
      Whatever needs a person is raised here: stale prices, a stop that is missing, a limit reached.
    </EmptyState>
  ),
  example: 'severity:critical  is:open  last:1d',
}
