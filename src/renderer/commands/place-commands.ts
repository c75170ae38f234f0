/** Going to another place, to which the page comes back by itself; holding the books against the exchange. */
import { station } from '../link/client.ts'
import { pageNow } from '../link/page-clock.ts'
import { live } from '../state/live.ts'
import { showToast } from '../widgets/toasts.tsx'
import { attempt, run, type Outcome } from './run.ts'

export type PlaceWish = Parameters<typeof station.places.go>[0]

interface Seen {
  readonly title: string
  /** of the move before this one; null: there was none */
  readonly lastMoveAt: string | null
}

/** The one who asks says what was refused, beside the fields. */
export async function goToPlace(wish: PlaceWish, { title, lastMoveAt }: Seen): Promise<Outcome<{ going_to: string }>> {
  const outcome = await attempt(() => station.places.go(wish))
  if (outcome.ok) live.setState({ moving: { to: outcome.value.going_to, title, since: pageNow(), lastMoveAt } })
  return outcome
}

export async function reconcileNow(): Promise<void> {
  const outcome = await run('The books were not held against the exchange', () => station.connections.reconcile({}))
  if (outcome.ok) showToast({ text: 'Books are being held against the exchange' })
}
