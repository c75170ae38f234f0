/** All WebSocket connections: subscriptions, limits, pings, and the faults that strike sockets. */
import type { Exchange, SocketControl } from '../exchange.ts'
import { Connection, type SocketLike } from './connection.ts'
import { MarketStreams, type Subscribers } from './market-streams.ts'
import type { SocketPath } from './socket-categories.ts'

export class Sockets implements SocketControl, Subscribers {
  private readonly exchange: Exchange
  private readonly connections = new Set<Connection>()
  private readonly byStream = new Map<string, Set<Connection>>()
  private readonly market: MarketStreams

  constructor(exchange: Exchange) {
    this.exchange = exchange
    exchange.sockets = this
    this.market = new MarketStreams(exchange, this)
  }

  add(socket: SocketLike, path: SocketPath): void {
    const connection = new Connection(this.exchange, socket, path, (changed) => this.subscribed(changed))
    this.connections.add(connection)
    socket.on('close', () => this.remove(connection))
    this.subscribed(connection)
  }

  count(stream: string): number {
    return this.byStream.get(stream)?.size ?? 0
  }

  streams(): Iterable<string> {
    return this.byStream.keys()
  }

  send(stream: string, payload: unknown): void {
    const connections = this.byStream.get(stream)
    if (connections === undefined || this.exchange.isOut) return
    let raw: string | null = null
    let wrapped: string | null = null
    for (const connection of connections) {
      if (connection.isCombined) {
        wrapped ??= JSON.stringify({ stream, data: payload })
        connection.send(wrapped)
      } else {
        raw ??= JSON.stringify(payload)
        connection.send(raw)
      }
    }
  }

  silence(category: string, ms: number): void {
    const until = this.exchange.now() + ms
    for (const connection of this.of(category)) connection.silentUntil = until
  }

  drop(category: string): void {
    for (const connection of this.of(category)) connection.cut()
  }

  /** how many are open, by category */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const { category } of this.connections) counts[category] = (counts[category] ?? 0) + 1
    return counts
  }

  close(): void {
    this.market.close()
    for (const connection of this.connections) connection.cut()
  }

  private of(category: string): Connection[] {
    return [...this.connections].filter((each) => category === '' || each.category === category)
  }

  private subscribed(changed: Connection): void {
    for (const [stream, connections] of this.byStream) {
      if (changed.streams.has(stream)) continue
      connections.delete(changed)
      if (connections.size === 0) this.byStream.delete(stream)
    }
    for (const stream of changed.streams) {
      const connections = this.byStream.get(stream) ?? new Set()
      connections.add(changed)
      this.byStream.set(stream, connections)
    }
    this.market.renew()
  }

  private remove(connection: Connection): void {
    connection.closed()
    this.connections.delete(connection)
    connection.streams.clear()
    this.subscribed(connection)
  }
}
