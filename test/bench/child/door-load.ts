/** Asks a door so many times a second with many tokens, from a process of its own; tells what was answered and how soon. */
import { Agent, request } from 'node:http'

export interface LoadOrder {
  readonly port: number
  readonly tokens: readonly string[]
  readonly perSecond: number
  readonly seconds: number
}

export interface LoadReport {
  readonly sent: number
  /** how often each status was answered; 0: none came */
  readonly statuses: Readonly<Record<string, number>>
  readonly p50Ms: number
  readonly p99Ms: number
}

/** What a screen and a script of a trader ask for all the time. */
const PATHS = [
  '/api/policy',
  '/api/policy/effective',
  '/api/positions',
  '/api/orders/working',
  '/api/account',
  '/api/station',
  '/api/usage',
  '/api/policy/status',
]

const agent = new Agent({ keepAlive: true, maxSockets: 40 })

function ask(port: number, token: string, path: string): Promise<number> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}` }
    const sent = request({ host: '127.0.0.1', port, path, headers, agent }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    sent.on('error', () => resolve(0))
    sent.end()
  })
}

async function load({ port, tokens, perSecond, seconds }: LoadOrder): Promise<LoadReport> {
  const statuses: Record<string, number> = {}
  const times: number[] = []
  const asked: Promise<void>[] = []
  const begun = performance.now()
  const total = perSecond * seconds
  const one = async (index: number): Promise<void> => {
    const start = performance.now()
    const status = await ask(port, tokens[index % tokens.length] ?? '', PATHS[index % PATHS.length] ?? '/')
    statuses[status] = (statuses[status] ?? 0) + 1
    times.push(performance.now() - start)
  }
  while (asked.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - begun) / 1000) * perSecond))
    while (asked.length < due) asked.push(one(asked.length))
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(asked)
  times.sort((left, right) => left - right)
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN
  agent.destroy()
  return { sent: total, statuses, p50Ms: at(0.5), p99Ms: at(0.99) }
}

process.once('message', (order: LoadOrder) => {
  void load(order).then((report) => process.send?.(report, () => process.exit(0)))
})
