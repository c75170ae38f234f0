/** Keys of accounts: try and keep one, test one, set its account right, forget it. */
import type { KeyPlace, KeyReport } from '../../contract/keys.ts'
import { station } from '../link/client.ts'
import { showToast } from '../widgets/toasts.tsx'
import { attempt, run, type Outcome } from './run.ts'

/** The one who asks says what was refused, beside the fields. */
export const addKey = (
  place: KeyPlace,
  apiKey: string,
  secret: string,
): Promise<Outcome<KeyReport & { readonly saved: boolean }>> =>
  attempt(() => station.keys.add({ place, api_key: apiKey, secret }))

export async function checkKey(place: KeyPlace): Promise<KeyReport | null> {
  const outcome = await run('The key was not tested', () => station.keys.check({ place }))
  return outcome.ok ? outcome.value : null
}

export async function fixAccount(place: KeyPlace): Promise<KeyReport | null> {
  const outcome = await run('The account was not set right', () => station.keys.fix({ place }))
  if (outcome.ok) showToast({ text: 'The account is set as the station trades it' })
  return outcome.ok ? outcome.value : null
}

export async function removeKey(place: KeyPlace): Promise<boolean> {
  const outcome = await run('The key was not removed', () => station.keys.remove({ place }))
  if (outcome.ok) showToast({ text: 'Key removed: nothing of it is left on this machine' })
  return outcome.ok
}
