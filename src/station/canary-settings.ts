/** How often the contract canary looks (SPEC §10). */
export const CANARY_SETTINGS = {
  /** ms between two looks while all is as it should be */
  everyMs: 3_600_000,
  /** ms until the next while something is otherwise */
  againMs: 300_000,
  /** ms until the next when the exchange could not be asked */
  retryMs: 15_000,
  /** ms after a look before a refused order brings another */
  doubtMs: 60_000,
}

export type CanarySettings = Readonly<typeof CANARY_SETTINGS>
