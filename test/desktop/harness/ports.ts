/** Electron's MessagePortMain over node:worker_threads: real cloning, real queueing until `start`, real closing. */
import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

export class MessagePortMain extends EventEmitter {
  readonly #port: MessagePort

  constructor(port: MessagePort) {
    super()
    this.#port = port
    port.on('close', () => this.emit('close'))
    port.unref()
  }

  start(): void {
    if (this.#port.listenerCount('message') > 0) return
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
    this.#port.unref()
  }

  close(): void {
    this.#port.close()
  }

  postMessage(data: unknown): void {
    this.#port.postMessage(data, [])
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new MessagePortMain(port1)
    this.port2 = new MessagePortMain(port2)
  }
}
