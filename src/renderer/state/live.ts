/** The page's one replica of the station: filled by the link, painted at most once per frame, read through selectors. */
import { useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { createStore } from 'zustand/vanilla'

import { LIVE_TOPICS, type LiveMessage } from '../../contract/live.ts'
import { station, takeLink } from '../link/client.ts'
import { Connection } from '../link/connection.ts'
import { pageNow } from '../link/page-clock.ts'
import { openTransport } from '../link/transport.ts'
import { applyMessages } from './apply-message.ts'
import { isLiveMessage } from './is-live-message.ts'
import { EMPTY_REPLICA, type LiveReplica } from './live-state.ts'
import { nextFrame } from './next-frame.ts'
import { QuoteBoard, type Quote } from './quote-board.ts'

export const live = createStore<LiveReplica>(() => EMPTY_REPLICA)
export const quotes = new QuoteBoard()

let waiting: LiveMessage[] = []
let lastSeq = 0

/** false: a message is missing, or is none */
function take(message: LiveMessage): boolean {
  if (!isLiveMessage(message)) return false
  if (message.kind === 'changes' && message.seq !== lastSeq + 1) return false
  lastSeq = message.seq
  waiting.push(message)
  if (waiting.length === 1) nextFrame(paint)
  return true
}

function paint(): void {
  const messages = waiting
  waiting = []
  try {
    live.setState(applyMessages(live.getState(), messages, pageNow()), true)
    for (const message of messages) {
      if (message.kind === 'snapshot') quotes.restart(message.state.quotes)
      else if (message.quotes !== null) quotes.take(message.quotes)
    }
  } catch {
    // half of it may have been taken: nothing on the page can be trusted before the next snapshot
    connection.startOver()
  }
}

export const connection = new Connection({
  open: openTransport,
  station,
  take: takeLink,
  topics: [...LIVE_TOPICS],
  apply: take,
  tell: (link) => live.setState({ link }),
  answered: (answerMs) => live.setState({ answerMs }),
})

/** Re-renders only when what the selector picks has changed, field by field. */
export const useLive = <Picked>(select: (replica: LiveReplica) => Picked): Picked => useStore(live, useShallow(select))

/** The price of one symbol; re-renders only when that one ticks. */
export const useQuote = (symbol: string): Quote | null =>
  useSyncExternalStore(
    (listener) => quotes.onQuote(symbol, listener),
    () => quotes.of(symbol),
  )
