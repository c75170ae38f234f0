// Electron's ports tell both ends of a close, Chromium's do not: it travels as a word. In the page's world, before the page.
const pageWorld = () => {
  const { close } = MessagePort.prototype
  MessagePort.prototype.close = function () {
    this.postMessage(CLOSED)
    close.call(this)
  }
  const listen = (port) =>
    port.addEventListener('message', (event) => {
      if (event.data !== CLOSED) return
      event.stopImmediatePropagation()
      port.dispatchEvent(new Event('close'))
    })
  addEventListener('message', ({ ports }) => ports.forEach(listen), true)
}
// What Electron's renderer gives a sandboxed preload: ipcRenderer and a poor `require`. Runs before the page, in the
// preload's world only; PREFS is filled in, and `electronHarness` is the binding home.
const CLOSED = 'electron-harness: closed'
const preloadWorld = (run) => {
  const ports = new Map()
  const listeners = new Map()
  const toMain = (message) => electronHarness(JSON.stringify({ url: location.href, ...message }))
  const borrow = (id) => {
    const { port1, port2 } = new MessageChannel()
    ports.set(id, port1)
    port1.onmessage = ({ data }) => toMain(data === CLOSED ? { kind: 'port-close', id } : { kind: 'port', id, data })
    return port2
  }
  const ipcRenderer = {
    on: (channel, listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
    send: (channel, ...args) => toMain({ kind: 'send', channel, args }),
  }
  const textAsBytes = (_key, value) =>
    typeof value?.electronHarnessBytes === 'string'
      ? Uint8Array.from(atob(value.electronHarnessBytes), (letter) => letter.charCodeAt(0))
      : value
  globalThis.electronHarnessDeliver = (batch) => {
    for (const message of batch.map((text) => JSON.parse(text, textAsBytes))) {
      if (message.kind === 'port') ports.get(message.id)?.postMessage(message.data)
      else if (message.kind === 'port-close') ports.get(message.id)?.postMessage(CLOSED)
      else {
        const event = { sender: ipcRenderer, ports: message.ports.map(borrow) }
        for (const listener of listeners.get(message.channel) ?? []) listener(event, ...message.args)
      }
    }
  }
  const node = new Proxy({}, { get: (_, name) => `node is reachable: ${String(name)}` })
  const require = (name) => {
    if (/^electron(\/(renderer|common))?$/.test(name)) return { ipcRenderer }
    if (!PREFS.sandbox) return node
    throw new Error(`module not found: ${name}`)
  }
  const process = { type: 'renderer', sandboxed: PREFS.sandbox, contextIsolated: PREFS.contextIsolation }
  if (PREFS.nodeIntegration && !PREFS.contextIsolation) Object.assign(window, { require: () => node, process })
  const module = { exports: {} }
  try {
    run?.(require, process, module.exports, module)
  } catch (problem) {
    toMain({ kind: 'preload-error', problem: String(problem) })
  }
}
