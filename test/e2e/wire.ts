/** What goes through the page's socket, in the hands of a spec. */
import type { Page, WebSocketRoute } from '@playwright/test'

import type { LiveMessage } from '../../src/contract/live.ts'

type Judge = (message: LiveMessage) => LiveMessage | null

/** Without its subprotocol the station tells everything as text, which a spec can read and change. */
export const askForText = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    window.WebSocket = new Proxy(window.WebSocket, {
      construct: (Plain, [url]: [string]) => new Plain(url),
    })
  })

export class Wire {
  sockets: WebSocketRoute[] = []
  snapshots = 0
  /** what to do with the next message of changes: null drops it, a text is sent in its place */
  instead: string | null | undefined = undefined
  /** rewrites every live message from now on; null drops it */
  judge: Judge = (message) => message
  /** rewrites every other answer from now on */
  spoil: ((reply: string) => string) | null = null

  async hold(page: Page): Promise<void> {
    await askForText(page)
    await page.routeWebSocket('**/ws', (socket) => {
      this.sockets.push(socket)
      const server = socket.connectToServer()
      server.onMessage((message) => {
        const text = this.#passed(String(message))
        if (text !== null) socket.send(text)
      })
    })
    await page.reload()
    await page.getByText('Connected').waitFor({ state: 'attached' })
  }

  #passed(text: string): string | null {
    const isSnapshot = text.includes('"kind":"snapshot"')
    const isChanges = text.includes('"kind":"changes"')
    if (isSnapshot) this.snapshots++
    if (!isSnapshot && !isChanges) return this.spoil?.(text) ?? text
    if (isChanges && this.instead !== undefined) {
      const { instead } = this
      this.instead = undefined
      return instead
    }
    const envelope = JSON.parse(text) as { p: { d: { json: LiveMessage } } }
    const told = this.judge(envelope.p.d.json)
    if (told === null) return null
    envelope.p.d.json = told
    return JSON.stringify(envelope)
  }
}
