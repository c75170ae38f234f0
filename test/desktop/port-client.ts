/** A client of the contract at the page's end of its port: test → page → preload → main, and back. */
import { EventEmitter } from 'node:events'

import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { Page } from '@playwright/test'

import { figuresAsBytes } from '../../src/contract/frames.ts'
import type { Client } from '../doors/door-under-test.ts'
import { until } from './desktop.ts'

/** What `test/desktop/page` keeps. */
export interface PlainPage {
  ports: MessagePort[]
  closedPorts: number
  evaluated: unknown
  ask(): void
}

/** The newest port of the plain page, seen from here. */
class PagePort extends EventEmitter {
  readonly #page: Page

  constructor(page: Page) {
    super()
    this.#page = page
  }

  postMessage(data: string): void {
    this.#page
      .evaluate((message) => (window as unknown as PlainPage).ports.at(-1)?.postMessage(message), data)
      .catch(() => this.emit('close'))
  }
}

/** Of a page that has its port; only one per page. */
export async function clientOf(page: Page): Promise<Client> {
  const port = new PagePort(page)
  await page.exposeFunction('toTest', (data: string) => void port.emit('message', { data }))
  await until(() => page.evaluate(() => (window as unknown as PlainPage).ports.length > 0))
  return createORPCClient(new RPCLink({ port, customJsonSerializers: [figuresAsBytes] }))
}
