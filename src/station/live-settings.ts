/** How often and how much of the live state is told, each with its default. */
export const LIVE_SETTINGS = {
  /** ms between two messages to one watcher */
  flushMs: 100,
  /** keys a slow watcher may owe before it gets a fresh snapshot instead */
  maxPending: 10_000,
  /** decisions and trades in a snapshot */
  recentRows: 50,
}
export type LiveSettings = typeof LIVE_SETTINGS
