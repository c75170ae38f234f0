/** The way out: stop opening risk, close everything, and the release by the typed word. */
import { station } from '../link/client.ts'
import { showToast } from '../widgets/toasts.tsx'
import { run, type Outcome } from './run.ts'

export async function stopTrading(flatten: boolean): Promise<Outcome<{ id: string }>> {
  const reason = flatten ? 'stopped and flattened by hand' : 'stopped by hand'
  return run('Trading was not stopped', () => station.emergency.engage({ reason, flatten }))
}

export const RELEASE_WORD = 'RELEASE'

export async function releaseStop(id: string, word: string): Promise<Outcome<{ released: true }>> {
  const outcome = await run('The stop was not released', () => station.emergency.release({ id, confirm: word }))
  if (outcome.ok) showToast({ text: 'Released: new positions may be opened again' })
  return outcome
}

/** Cancels and closes everything; says whether the exchange has shown zero. */
export async function flattenAll(): Promise<void> {
  const outcome = await run('Not everything was closed', () =>
    station.positions.flatten({ reason: 'flattened by hand' }),
  )
  if (!outcome.ok) return
  const { proven, closed, cancelled, flat_after_ms, remaining } = outcome.value
  const counts = `${closed.length} closed, ${cancelled.length} cancelled`
  if (proven)
    showToast({
      text: `Flat: ${counts}, zero at the exchange after ${((flat_after_ms ?? 0) / 1000).toFixed(1)}\u202Fs`,
    })
  else
    showToast({
      tone: 'fault',
      text: `Not proven flat: ${counts}, still open: ${remaining.map(({ symbol }) => symbol).join(', ')}`,
    })
}
