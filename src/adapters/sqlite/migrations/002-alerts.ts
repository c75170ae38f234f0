/** What an alert is about, and what ends it: its cause, or the person who has seen it. */
import type { Migration } from './migration.ts'

export const alerts: Migration = {
  version: 2,
  sql: `
ALTER TABLE alerts ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE alerts ADD COLUMN ends TEXT NOT NULL DEFAULT 'acknowledged';
`,
}
