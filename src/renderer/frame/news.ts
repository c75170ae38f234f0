/** Says at the foot of the page what a person must not miss: the link is back, the station was restarted, an alert. */
import type { Alert } from '../../contract/events.ts'
import { pageNow } from '../link/page-clock.ts'
import type { LiveReplica } from '../state/live-state.ts'
import { live } from '../state/live.ts'
import { formatSpan } from '../widgets/format-time.ts'
import { showToast, type Toast } from '../widgets/toasts.tsx'
import { soundAlert } from './alert-sound.ts'

type Note = Pick<Toast, 'text' | 'tone'> & { readonly seconds?: number }

const CRITICAL_SECONDS = 30
/** Shorter breaks than this are no news. */
const SHORT_BREAK_MS = 1500

/** Follows the replica for as long as the page lives. */
export function followNews(): void {
  let brokenSince: number | null = null
  let startedAt: string | null = null
  live.subscribe((now, before) => {
    if (now.link.phase === 'lost' || now.link.phase === 'signed-out') {
      brokenSince ??= now.link.phase === 'lost' ? now.link.since : pageNow()
    }
    if (now.snapshots > before.snapshots && now.status !== null) {
      const note = returned(brokenSince, startedAt, now.status.started_at)
      // a station that has changed its place says so itself
      if (note !== null && now.moving === null) showToast(note)
      brokenSince = null
      startedAt = now.status.started_at
    }
    for (const alert of newAlerts(now, before)) {
      showToast(alertNote(alert))
      soundAlert(alert.severity)
    }
  })
}

function returned(brokenSince: number | null, knownStart: string | null, start: string): Note | null {
  if (knownStart === null) return null
  if (knownStart !== start)
    return { tone: 'done', text: 'The station was restarted; every figure on the page is new', seconds: 8 }
  const broken = brokenSince === null ? 0 : pageNow() - brokenSince
  return broken < SHORT_BREAK_MS
    ? null
    : { tone: 'done', text: `Connected again after ${formatSpan(broken)}; every figure on the page is new` }
}

/** Of a snapshot none is new: they were raised before. */
function newAlerts(now: LiveReplica, before: LiveReplica): Alert[] {
  if (now.alerts === before.alerts || now.snapshots !== before.snapshots) return []
  return [...now.alerts.values()].filter(({ id, severity }) => severity !== 'info' && !before.alerts.has(id))
}

const alertNote = ({ severity, message }: Alert): Note => ({
  tone: 'fault',
  text: message,
  ...(severity === 'critical' && { seconds: CRITICAL_SECONDS }),
})
