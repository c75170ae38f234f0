/** All steps, oldest first. */
import { tables } from './001-tables.ts'
import { alerts } from './002-alerts.ts'
import type { Migration } from './migration.ts'

export const MIGRATIONS: readonly Migration[] = [tables, alerts]
