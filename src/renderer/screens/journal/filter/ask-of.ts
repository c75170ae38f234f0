/** Splits a filter into what the station can be asked for and what is left to look at row by row. Pure. */
import type { Filter } from './filter.ts'

/** The parameters of a page that a filter may set. */
export type AskedFields = Readonly<Record<string, string>>

/** `parameters`: field → name of the parameter that the station filters by. */
export function askOf(filter: Filter, parameters: Readonly<Record<string, string>>): AskedFields {
  const asked: Record<string, string> = {}
  if (filter.from !== null) asked['from'] = new Date(filter.from).toISOString()
  if (filter.to !== null) asked['to'] = new Date(filter.to).toISOString()
  for (const { field, values, isExact } of filter.fields) {
    const parameter = parameters[field]
    const [only] = values
    if (parameter !== undefined && isExact && values.length === 1 && only !== undefined) asked[parameter] = only
  }
  return asked
}

/** Fields of a row by the names that filters use; a missing one is left to the station. */
export type RowFields = Readonly<Record<string, string | null | undefined>>

export function matchesFilter(filter: Filter, fields: RowFields): boolean {
  const holds = filter.fields.every(({ field, values, isExact }) => {
    if (!(field in fields)) return true
    const found = (fields[field] ?? '').toLowerCase()
    return values.some((value) => (isExact ? found === value.toLowerCase() : found.includes(value.toLowerCase())))
  })
  if (!holds || filter.words.length === 0) return holds
  const text = Object.values(fields).join(' ').toLowerCase()
  return filter.words.every((word) => text.includes(word))
}
