/** What the door costs: REST against bare node:http with the same bytes. */
import { createServer, Agent, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { openHeadless, type HeadlessDoor } from '../doors/headless-doors.ts'
import { median, printRows, type BenchRow } from './bench-row.ts'

const ROUNDS = 7
const CALLS = 300
/** everything the door checks and both schemas included; oRPC alone takes 1.8× */
const MOST_REST = 5

interface Asked {
  readonly method: string
  readonly path: string
  readonly body?: string
}

interface Ask extends Asked {
  readonly port: number
  readonly token: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

function ask({ port, method, path, token, body }: Ask): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` }
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve(text))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** µs per call, one after the other over one connection. */
async function microseconds(calls: number, call: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  for (let count = 0; count < calls; count++) await call()
  return ((performance.now() - start) * 1000) / calls
}

/** Medians of rounds taken in turn, so that both see the same weather. */
async function compare(ours: () => Promise<unknown>, peer: () => Promise<unknown>): Promise<[number, number]> {
  await microseconds(CALLS, ours)
  await microseconds(CALLS, peer)
  const [mine, theirs]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    mine.push(await microseconds(CALLS, ours))
    theirs.push(await microseconds(CALLS, peer))
  }
  return [median(mine), median(theirs)]
}

/** A server that knows one answer and, like any server, reads and parses what it is sent. */
async function bareServer(answer: string): Promise<{ server: Server; port: number }> {
  const server = createServer((incoming, response) => {
    let text = ''
    incoming.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
    incoming.on('end', () => {
      if (text !== '') JSON.parse(text)
      response.setHeader('content-type', 'application/json')
      response.end(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port }
}

async function restRow(door: HeadlessDoor, name: string, next: () => Asked): Promise<BenchRow> {
  const ours = (port: number): Promise<string> => ask({ ...next(), port, token: door.control })
  const bare = await bareServer(await ours(door.port))
  const [measured, against] = await compare(
    () => ours(door.port),
    () => ours(bare.port),
  )
  bare.server.closeAllConnections()
  bare.server.close()
  const ratio = measured / against
  return { name, measured, unit: 'µs', against, ratio, limit: `≤ ${MOST_REST}× bare node:http`, ok: ratio <= MOST_REST }
}

export async function run(): Promise<BenchRow[]> {
  const door = await openHeadless()
  let positions = 1
  const patch = { method: 'PATCH', path: '/api/policy' }
  const rows = [
    await restRow(door, 'REST GET /api/policy', () => ({ method: 'GET', path: '/api/policy' })),
    await restRow(door, 'REST PATCH /api/policy', () => {
      positions = (positions % 100) + 1
      return { ...patch, body: `{"max_positions":${positions}}` }
    }),
  ]
  agent.destroy()
  await door.close()
  return rows
}

if (import.meta.main) printRows(await run())
