/** Where policies are kept: every version, in one full-sync transaction each. */
import type { GlobalPolicy } from '../policy/policy.ts'

/** One changed field. */
export interface FieldChange {
  readonly path: string
  readonly from: unknown
  readonly to: unknown
}

export interface PolicyVersion {
  readonly policy: GlobalPolicy
  readonly changes: readonly FieldChange[]
  readonly traceId: string
  /** nothing but rankings changed: hidden by default, thinned after 7 days */
  readonly rankingOnly: boolean
}

export interface PolicyShelf {
  /** The last readable current policy; `undefined` when the database is new; throws nothing: unreadable falls back to history. */
  load(): { readonly policy: GlobalPolicy; readonly recoveredFrom: 'current' | 'history' } | 'unreadable' | undefined
  /** Durable when it returns; throws when it could not be written, and then nothing was. */
  commit(version: PolicyVersion): void
  history(query: {
    readonly limit: number
    readonly before?: number
    readonly withRankings?: boolean
  }): readonly PolicyVersion[]
  version(version: number): PolicyVersion | null
  /** drops ranking-only versions older than `before` (epoch ms) but one an hour, and those by which something was decided or ordered */
  thin(before: number): number
}
