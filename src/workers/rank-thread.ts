/** The ranking engine on a thread of its own: a crash or a silence costs one answer, never the station. */
import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

import type { RankingQuestion } from '../core/ranker/question.ts'
import type { RankingEngine, TimedAnswer } from '../core/ranker/ranking-engine.ts'
import { buffersOf, type RankOrder, type RankReply } from './rank-order.ts'

export const RANK_THREAD_SETTINGS = {
  /** real ms after which a thread that has not answered is given up */
  answerWithinMs: 10_000,
}
export type RankThreadSettings = typeof RANK_THREAD_SETTINGS

interface Asking {
  readonly id: number
  readonly timer: NodeJS.Timeout
  readonly resolve: (answer: TimedAnswer) => void
  readonly reject: (problem: Error) => void
}

/** Beside this file, as source or as built. */
function workerFile(): URL {
  const source = new URL('./rank-worker.ts', import.meta.url)
  return existsSync(source) ? source : new URL('./rank-worker.js', import.meta.url)
}

export class RankThread implements RankingEngine {
  readonly #settings: RankThreadSettings
  readonly #file: URL
  #worker: Worker | null = null
  #asking: Asking | null = null
  #asked = 0

  constructor(settings: RankThreadSettings = RANK_THREAD_SETTINGS, file: URL = workerFile()) {
    this.#settings = settings
    this.#file = file
  }

  get isUp(): boolean {
    return this.#worker !== null
  }

  start(): void {
    this.close()
    const worker = new Worker(this.#file)
    worker.unref()
    worker.on('message', (reply: RankReply) => this.#answered(reply))
    worker.on('error', (problem: Error) => this.#lost(worker, problem))
    worker.on('exit', (code) => this.#lost(worker, new Error(`the ranking thread ended with code ${code}`)))
    this.#worker = worker
  }

  add(symbols: readonly string[]): void {
    this.#tell({ kind: 'add', symbols })
  }

  feed(rows: Float64Array<ArrayBuffer>): void {
    this.#tell({ kind: 'feed', rows }, [rows.buffer])
  }

  answer(question: RankingQuestion): Promise<TimedAnswer> {
    const worker = this.#worker
    if (worker === null) return Promise.reject(new Error('the ranking thread is not up'))
    if (this.#asking !== null) return Promise.reject(new Error('the ranking thread is answering another question'))
    return new Promise((resolve, reject) => {
      const { answerWithinMs } = this.#settings
      const silent = (): void => this.#lost(worker, new Error(`the ranking thread was silent for ${answerWithinMs} ms`))
      const id = ++this.#asked
      this.#asking = { id, timer: setTimeout(silent, answerWithinMs), resolve, reject }
      // a process with nothing else to do waits for the answer
      worker.ref()
      this.#tell({ kind: 'answer', id, question }, buffersOf(question))
    })
  }

  close(): void {
    if (this.#worker !== null) this.#lost(this.#worker, new Error('the ranking thread was closed'))
  }

  #tell(order: RankOrder, given: ArrayBuffer[] = []): void {
    this.#worker?.postMessage(order, given)
  }

  #answered({ id, answer }: RankReply): void {
    if (this.#asking?.id !== id) return
    const { resolve } = this.#end(this.#asking)
    this.#worker?.unref()
    resolve(answer)
  }

  #lost(worker: Worker, problem: Error): void {
    if (worker !== this.#worker) return
    this.#worker = null
    void worker.terminate()
    if (this.#asking !== null) this.#end(this.#asking).reject(problem)
  }

  #end(asking: Asking): Asking {
    clearTimeout(asking.timer)
    this.#asking = null
    return asking
  }
}
