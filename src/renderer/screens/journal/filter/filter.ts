/** What a typed filter means: fields with the values they may have, free words, a span of time, and what was wrong. */
export interface Filter {
  /** one entry per field that must match; any of its values will do */
  readonly fields: readonly FieldTerm[]
  /** every one of these must occur somewhere in the row */
  readonly words: readonly string[]
  /** epoch ms, inclusive */
  readonly from: number | null
  readonly to: number | null
  /** sentences; a filter with faults is not asked */
  readonly faults: readonly string[]
}

export interface FieldTerm {
  readonly field: string
  readonly values: readonly string[]
  /** the values are whole: not a part of what the row says */
  readonly isExact: boolean
}

/** A key that may be typed before a colon. */
export interface FilterKey {
  readonly key: string
  /** what it looks at; several keys may look at one */
  readonly field: string
  /** the only values there are; left out: any text */
  readonly values?: readonly string[]
  /** values are taken whole even where they are not of a closed list */
  readonly isWhole?: boolean
  /** further fields that the key pins down: `denied:` means outcome denied as well */
  readonly also?: { readonly field: string; readonly value: string }
}

/** What a filter may speak of: the keys of one table, and what the other tables know. */
export interface Vocabulary {
  /** of the rows, in a sentence: `fills` */
  readonly rows: string
  readonly keys: readonly FilterKey[]
  /** keys that other tables of the journal know */
  readonly foreign: readonly string[]
  readonly symbols: readonly string[]
  readonly strategies: readonly string[]
}

export const NO_FILTER: Filter = { fields: [], words: [], from: null, to: null, faults: [] }
