/** One step from a version of the database to the next: it only ever goes forward and never changes once released. */
export interface Migration {
  /** the version the database has afterwards; 1, 2, 3 … without a gap */
  readonly version: number
  readonly sql: string
}
