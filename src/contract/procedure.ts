/** Where every procedure of the contract begins: its scope and the errors that may happen to any call. */
import { oc } from '@orpc/contract'

import { COMMON_ERRORS } from './errors.ts'

/** `open` needs no token, `control` may change things. */
export type Scope = 'open' | 'read' | 'control'

export interface ProcedureMeta {
  /** default `read` */
  readonly scope?: Scope
  /** the answer carries `policy.version`: REST tells it as ETag and takes If-Match */
  readonly versioned?: boolean
}

const initial: ProcedureMeta = {}

export const read = oc.$meta(initial).errors(COMMON_ERRORS)
export const control = read.meta({ scope: 'control' })
export const open = read.meta({ scope: 'open' })
