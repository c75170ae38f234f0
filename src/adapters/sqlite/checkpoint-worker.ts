/** Runs beside the station's thread and folds the write-ahead log into the database, so that the loop waits for no disk. */
import { workerData } from 'node:worker_threads'

import Database from 'better-sqlite3'

import { CHECKPOINTER_STATE, STOP_WISH, type CheckpointerOrder } from './checkpointer-order.ts'

const { file, everyMs, shared } = workerData as CheckpointerOrder
const words = new Int32Array(shared)

/** Passes that chase a busy writer: each is shorter than the one before, until one ends between two commits. */
const MOST_PASSES = 20

interface Pass {
  /** pages in the log, and how many of them are in the database by now */
  readonly log: number
  readonly checkpointed: number
}

/** Passive: takes what it can get without making anyone wait. The log starts anew once all of it is in the database. */
function chase(sql: Database.Database): void {
  let folded = -1
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const [{ log, checkpointed }] = sql.pragma('wal_checkpoint(PASSIVE)') as [Pass]
    if (checkpointed === folded || log < 0) return
    folded = checkpointed
  }
}

function fold(): void {
  const sql = new Database(file)
  sql.pragma('checkpoint_fullfsync = ON')
  while (Atomics.wait(words, STOP_WISH, 0, everyMs) === 'timed-out') chase(sql)
  sql.close()
}

// a station that was closed before this thread came up has marked it as ended
if (Atomics.compareExchange(words, CHECKPOINTER_STATE, 0, 1) === 0) {
  try {
    fold()
  } finally {
    Atomics.store(words, CHECKPOINTER_STATE, 2)
    Atomics.notify(words, CHECKPOINTER_STATE)
  }
}
