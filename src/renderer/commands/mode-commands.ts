/** Switch the risk mode, hold it, let it go, take a change back. */
import type { ChangeAnswer } from '../../contract/policy-shapes.ts'
import { station } from '../link/client.ts'
import { policyShown } from '../state/policy-shown.ts'
import type { RiskMode } from '../widgets/mode-mark.tsx'
import { showToast } from '../widgets/toasts.tsx'
import { run, type Outcome } from './run.ts'

const UNDO_SECONDS = 10

export interface ModeWish {
  readonly mode: RiskMode
  /** epoch ms; null: until released; undefined: not held */
  readonly pinUntil: number | null | undefined
  readonly reason: string
  /** the version that the person was looking at */
  readonly expectedVersion: number
}

const isoOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** The answer is the accepted change; its undo is offered for ten seconds. */
export async function switchMode(wish: ModeWish): Promise<Outcome<ChangeAnswer>> {
  const { mode, pinUntil, reason, expectedVersion } = wish
  const outcome = await run(`The mode was not switched to ${mode}`, () =>
    station.policy.switchRiskMode({
      mode,
      ...(pinUntil === undefined ? {} : { pin_until: isoOrNull(pinUntil) }),
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      expected_version: expectedVersion,
    }),
  )
  if (!outcome.ok) return outcome
  await policyShown(outcome.value.policy.version)
  offerUndo(outcome.value, `${mode} in force`)
  return outcome
}

/** Says what was done and offers to take it back. */
export function offerUndo({ policy }: ChangeAnswer, text: string): void {
  const { version } = policy
  showToast({
    text: `${text}, policy ${version}`,
    seconds: UNDO_SECONDS,
    undo: { verb: 'Undo', run: () => void undoChange(version) },
  })
}

export async function undoChange(version: number): Promise<void> {
  const outcome = await run(`Policy ${version} was not taken back`, () => station.policy.undo({ version }))
  if (outcome.ok) {
    const { policy } = outcome.value
    showToast({ text: `Taken back: ${policy.risk_mode} in force, policy ${policy.version}` })
  }
}

export async function pinMode(until: number | null, reason = ''): Promise<Outcome<ChangeAnswer>> {
  const outcome = await run('The mode was not pinned', () =>
    station.policy.pin({ until: isoOrNull(until), ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }),
  )
  if (outcome.ok) offerUndo(outcome.value, `${outcome.value.policy.risk_mode} pinned`)
  return outcome
}

export async function releasePin(): Promise<Outcome<ChangeAnswer>> {
  const outcome = await run('The pin was not released', () => station.policy.unpin({}))
  if (outcome.ok) offerUndo(outcome.value, 'Pin released')
  return outcome
}

type HeldField = Parameters<typeof station.policy.releaseHold>[0]['field']

/** Automatic writers may loosen that number again. */
export async function releaseHold(field: HeldField): Promise<void> {
  const outcome = await run('The number was not released', () => station.policy.releaseHold({ field }))
  if (outcome.ok) offerUndo(outcome.value, 'Number released')
}
