/** What an answer throws when the contract has a name for what went wrong; the call's frame adds the trace id. */
import type { Denial } from '../../contract/denial.ts'
import type { ErrorCode, FieldFault } from '../../contract/errors.ts'

export class Fault extends Error {
  readonly code: ErrorCode
  readonly data: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message: string, data: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.name = 'Fault'
    this.code = code
    this.data = data
  }
}

export const invalid = (fields: readonly FieldFault[]): Fault =>
  new Fault(
    'INVALID_INPUT',
    fields
      .map((field) => `${field.path}: ${field.message}`)
      .join('; ')
      .slice(0, 1000),
    { fields },
  )

export const notThere = (what: string): Fault => new Fault('NOT_FOUND', `there is no ${what}`, { what })

export const refused = (reason: string): Fault => new Fault('REFUSED', reason, { reason })

export const denied = (denial: Denial): Fault => new Fault('DENIED', denial.sentence, { denial })

export const conflict = (fields: readonly FieldFault[], currentVersion: number): Fault =>
  new Fault('CONFLICT', `changed meanwhile: ${fields.map((field) => field.path).join(', ')}`, {
    fields,
    current_version: currentVersion,
  })
