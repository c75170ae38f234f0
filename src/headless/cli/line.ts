/** A line from the command line to a station that runs, over its WebSocket. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { WebSocket } from 'ws'

import type { Contract } from '../../contract/index.ts'
import { addressIn } from '../station-address.ts'

export interface Line {
  /** as `http://127.0.0.1:8700` */
  readonly address: string
  readonly client: ContractRouterClient<Contract>
  readonly close: () => void
}

const HANDSHAKE_MS = 5000

function opened(socket: WebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once('open', () => resolve(true))
    // what follows a refusal is its close, which says nothing more
    socket.on('error', () => resolve(false))
  })
}

/** Null: no station listens for this folder. @throws when one does and does not take the folder's token */
export async function lineTo(folder: string): Promise<Line | null> {
  const address = addressIn(folder)
  if (address === null) return null
  const token = readFileSync(join(folder, 'token'), 'utf8').trim()
  const socket = new WebSocket(`${address.replace(/^http/, 'ws')}/ws`, {
    headers: { authorization: `Bearer ${token}` },
    handshakeTimeout: HANDSHAKE_MS,
    perMessageDeflate: false,
  })
  if (!(await opened(socket))) return null
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
  return { address, client: createORPCClient(link), close: () => socket.close() }
}
