/** A page at the other end of the wire, in a thread of its own: takes every live message as the control room does. */
import { parentPort, workerData } from 'node:worker_threads'

import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { WebSocket } from 'ws'

import { figuresAsBytes, FRAMES } from '../../../src/contract/frames.ts'
import { QUOTE_COLUMNS, RANKING_COLUMNS } from '../../../src/contract/live.ts'
import { portOf } from '../../../src/renderer/link/socket-port.ts'
import { SymbolTable } from '../../../src/renderer/state/symbol-table.ts'
import type { Client } from '../../doors/door-under-test.ts'

const { address } = workerData as { readonly address: string }
const socket = new WebSocket(address, FRAMES)
await new Promise((resolve) => socket.addEventListener('open', resolve))
const client: Client = createORPCClient(new RPCLink({ port: portOf(socket), customJsonSerializers: [figuresAsBytes] }))
let quotes = new SymbolTable(QUOTE_COLUMNS.length)
let rankings = new SymbolTable(RANKING_COLUMNS.length)

for await (const message of await client.station.watch({ topics: ['quotes', 'rankings', 'decisions'] })) {
  if (message.kind === 'snapshot') {
    quotes = new SymbolTable(QUOTE_COLUMNS.length)
    rankings = new SymbolTable(RANKING_COLUMNS.length)
  }
  const told = message.kind === 'snapshot' ? message.state : message
  if (told.quotes) quotes.take(told.quotes)
  if (told.rankings) rankings.take(told.rankings)
  const figures = quotes.symbols.length + rankings.symbols.length
  parentPort?.postMessage({ figures }, [])
}
