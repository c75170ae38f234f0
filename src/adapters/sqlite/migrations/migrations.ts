/** All steps, oldest first. */
import { tables } from './001-tables.ts'
import type { Migration } from './migration.ts'

export const MIGRATIONS: readonly Migration[] = [tables]
