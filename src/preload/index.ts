/** The keyhole between the page and the application: it hands the page ports when the page asks, and nothing else. */
import { ipcRenderer } from 'electron'

import { PORT_ASKED, PORT_GIVEN } from '../contract/port-words.ts'

ipcRenderer.on(PORT_GIVEN, ({ ports }) => window.postMessage(PORT_GIVEN, location.origin, [...ports]))
window.addEventListener('message', ({ source, data }) => {
  if (source === window && data === PORT_ASKED) ipcRenderer.send(PORT_ASKED)
})
