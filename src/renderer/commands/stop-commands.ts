/** The way out: stop opening risk, close everything, and the release by the typed word. */
import type { FlattenReport } from '../../contract/positions.ts'
import { station } from '../link/client.ts'
import { formatSpan } from '../widgets/format-time.ts'
import { showFault, showToast } from '../widgets/toasts.tsx'
import { run, type Outcome } from './run.ts'

export async function stopTrading(flatten: boolean): Promise<Outcome<{ id: string }>> {
  const reason = flatten ? 'stopped and flattened by hand' : 'stopped by hand'
  const outcome = await run('Trading was not stopped', () => station.emergency.engage({ reason, flatten }))
  // the station is flattening already: asking for it again waits for the same report
  if (outcome.ok && flatten) await flattenAll(reason)
  return outcome
}

export const RELEASE_WORD = 'RELEASE'

export async function releaseStop(id: string, word: string): Promise<Outcome<{ released: true }>> {
  const outcome = await run('The stop was not released', () => station.emergency.release({ id, confirm: word }))
  if (outcome.ok) showToast({ text: 'Released: new positions may be opened again' })
  return outcome
}

/** Cancels and closes everything; says whether the exchange has shown zero. null: there is no report. */
export async function flattenAll(reason = 'flattened by hand', withForeign = false): Promise<FlattenReport | null> {
  const wish = { reason, include_foreign: withForeign }
  const outcome = await run('Not everything was closed', () => station.positions.flatten(wish))
  if (!outcome.ok) return null
  if (outcome.value.proven) showToast({ text: `Flat: ${flattenText(outcome.value)}` })
  else showFault(`Not proven flat: ${flattenText(outcome.value)}`)
  return outcome.value
}

/** `2 closed, 1 cancelled, zero at the exchange after 0.3 s` */
export function flattenText({
  proven,
  closed,
  cancelled,
  flat_after_ms: flatAfterMs,
  remaining,
}: FlattenReport): string {
  const counts = `${closed.length} closed, ${cancelled.length} cancelled`
  if (proven) return `${counts}, zero at the exchange after ${formatSpan(flatAfterMs ?? 0)}`
  return `${counts}, still open: ${remaining.map(({ symbol }) => symbol).join(', ') || 'not known'}`
}
