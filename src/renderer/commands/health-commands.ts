/** Say that an alert or a losing streak was seen. */
import { station } from '../link/client.ts'
import { showToast } from '../widgets/toasts.tsx'
import { run } from './run.ts'

export async function acknowledgeAlert(id: string): Promise<boolean> {
  const outcome = await run('The alert was not acknowledged', () => station.health.acknowledgeAlert({ id }))
  return outcome.ok
}

export async function acknowledgeAlerts(ids: readonly string[]): Promise<void> {
  await Promise.all(ids.map((id) => acknowledgeAlert(id)))
}

export async function acknowledgeStreak(): Promise<boolean> {
  const outcome = await run('The losing streak was not acknowledged', () => station.health.acknowledgeStreak({}))
  if (outcome.ok) showToast({ text: 'Losing streak acknowledged: losses are counted anew' })
  return outcome.ok
}
