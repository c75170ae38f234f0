/** Runs beside the station's thread: keeps the columns of every symbol and ranks them when asked. */
import { parentPort } from 'node:worker_threads'

import { Ranker } from '../core/ranker/ranker.ts'
import { buffersOf, type RankOrder, type RankReply } from './rank-order.ts'

const ranker = new Ranker()

function carryOut(order: RankOrder): void {
  switch (order.kind) {
    case 'add':
      ranker.add(order.symbols)
      break
    case 'feed':
      ranker.feed(order.rows)
      break
    case 'answer': {
      const started = performance.now()
      const answer = ranker.answer(order.question)
      const reply: RankReply = { id: order.id, answer: { ...answer, tookMs: performance.now() - started } }
      parentPort?.postMessage(reply, buffersOf(answer))
    }
  }
}

parentPort?.on('message', carryOut)
