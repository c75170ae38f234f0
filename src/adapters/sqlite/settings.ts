/** How the database is kept. */
export interface SqliteSettings {
  /** how long a write waits for another process that holds the database, ms: it holds the loop meanwhile */
  readonly busyTimeoutMs: number
  /** the same while opening, when another process may just be recovering the database */
  readonly openTimeoutMs: number
  /** of a new database, bytes: small, because rows of random ids touch a page of an index each */
  readonly pageBytes: number
  /** pages of the write-ahead log after which a commit folds it into the database: it holds the loop meanwhile */
  readonly checkpointPages: number
  /** the same while a thread of its own folds most of it: the commit then finds little left to do */
  readonly checkpointPagesInBackground: number
  /** how often that thread folds the log, ms */
  readonly backgroundCheckpointMs: number
  /** memory for pages, KB */
  readonly cacheKb: number
  /** backups kept of each kind: daily, and before a migration */
  readonly backupsKept: number
  /** pages a running backup copies before it lets the loop go on */
  readonly backupPagesPerTurn: number
  /** rows a check or an import handles before it lets the loop go on */
  readonly rowsPerTurn: number
  /** most rows of one page of records */
  readonly maxPageRows: number
  /** hours for which a ranking an hour is kept */
  readonly rankingsKeptHours: number
  /** hours for which every ranking is kept */
  readonly allRankingsKeptHours: number
  /** rankings that go with each new one, at most: a ranking is hundreds of rows */
  readonly rankingsRemovedAtOnce: number
}

export const SQLITE_SETTINGS: SqliteSettings = {
  busyTimeoutMs: 250,
  openTimeoutMs: 5_000,
  pageBytes: 2_048,
  checkpointPages: 1_000,
  checkpointPagesInBackground: 32_000,
  backgroundCheckpointMs: 20,
  cacheKb: 8_000,
  backupsKept: 7,
  backupPagesPerTurn: 256,
  rowsPerTurn: 1_000,
  maxPageRows: 1_000,
  rankingsKeptHours: 168,
  allRankingsKeptHours: 24,
  rankingsRemovedAtOnce: 2,
}
