/** How often the safety governor looks; when it acts is in the policy's rules. */
export const GOVERNOR_SETTINGS = {
  /** ms of the station's clock between two looks; every fill is one more */
  everyMs: 10_000,
}
export type GovernorSettings = typeof GOVERNOR_SETTINGS
