// Asks for a port as the control room does, whenever it is told to, and keeps what came of it for the test to look at.
window.ports = []
window.closedPorts = 0
addEventListener('message', ({ source, data, ports: [port] }) => {
  if (source !== window || data !== 'signalbox:port') return
  port.addEventListener('message', (event) => window.toTest?.(event.data))
  port.addEventListener('close', () => window.closedPorts++)
  port.start()
  window.ports.push(port)
})
window.ask = () => window.postMessage('signalbox:port?', location.origin)
window.ask()
try {
  window.evaluated = Function('return 1')()
} catch {
  window.evaluated = 'refused'
}
