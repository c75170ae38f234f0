/** Keeps the write-ahead log short from a thread of its own. */
import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

import { CHECKPOINTER_STATE, STOP_WISH, type CheckpointerOrder } from './checkpointer-order.ts'

/** Longest wait for the other thread to let go of the file when closing, ms. */
const STOP_TIMEOUT_MS = 2_000

/** Beside this file, as source or as built. */
function workerFile(): URL {
  const source = new URL('./checkpoint-worker.ts', import.meta.url)
  return existsSync(source) ? source : new URL('./checkpoint-worker.js', import.meta.url)
}

/**
 * Folds the log of `file` every `everyMs`.
 * @param onFailure is told once when the thread cannot go on: the caller's own connection must then do it
 * @returns ends it, and returns when the file is closed there
 */
export function startCheckpointer(file: string, everyMs: number, onFailure: () => void): () => void {
  const shared = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)
  const words = new Int32Array(shared)
  const order: CheckpointerOrder = { file, everyMs, shared }
  const worker = new Worker(workerFile(), { workerData: order })
  worker.on('error', onFailure)
  worker.unref()
  return () => {
    Atomics.store(words, STOP_WISH, 1)
    Atomics.notify(words, STOP_WISH)
    if (Atomics.compareExchange(words, CHECKPOINTER_STATE, 0, 2) !== 1) return
    Atomics.wait(words, CHECKPOINTER_STATE, 1, STOP_TIMEOUT_MS)
  }
}
