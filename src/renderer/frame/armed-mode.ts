/** The mode whose sheet is open: one for the whole page, opened from the bar, the keys, the palette and the Bridge. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

import { releasePin } from '../commands/mode-commands.ts'
import { live } from '../state/live.ts'
import type { RiskMode } from '../widgets/mode-mark.tsx'

const armed = createStore<RiskMode | null>(() => null)

export const useArmedMode = (): RiskMode | null => useStore(armed)

/** Null closes the sheet. Before the policy is known there is nothing to preview. */
export function armMode(mode: RiskMode | null): void {
  if (mode === null || live.getState().policy !== null) armed.setState(mode, true)
}

/** Opens the sheet that pins the mode in force, or lets the pin go. */
export function pinOrRelease(): void {
  const { policy } = live.getState()
  if (policy === null) return
  if (policy.pin === null) armMode(policy.risk_mode)
  else void releasePin()
}
