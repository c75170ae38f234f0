/** The pages of the door: control room, status, interface, OpenAPI document, sign-in link. Anyone who may knock may see them. */
import type { IncomingMessage, ServerResponse } from 'node:http'

import type { BuiltPage } from './built-page.ts'
import { cookieName } from './callers.ts'
import { docsPage } from './docs-page.ts'
import type { Page } from './html.ts'
import { openApiDocument, type OpenApiDocument } from './openapi.ts'
import type { Sessions } from './sessions.ts'
import { STATUS_PAGE } from './status-page.ts'

const USED_UP =
  'This sign-in link was used already or is not from this start of the station. Ask the station for a new one.\n'

export class Pages {
  readonly #sessions: Sessions
  readonly #version: string
  readonly #built: BuiltPage
  #document: Promise<OpenApiDocument> | null = null

  /** Where the control room was not built, the plain status page stands in its place. */
  constructor(sessions: Sessions, version: string, built: BuiltPage) {
    this.#sessions = sessions
    this.#version = version
    this.#built = built
  }

  /** false: no page of this path */
  async serve(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const file = this.#built.file(path)
    if (file !== undefined) {
      for (const [name, value] of Object.entries(file.headers)) response.setHeader(name, value)
      response.end(file.body)
      return true
    }
    switch (path) {
      case '/':
      case '/status':
        sendPage(response, STATUS_PAGE)
        return true
      case '/docs':
        sendPage(response, docsPage(await this.#openApi()))
        return true
      case '/openapi.json':
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify(await this.#openApi()))
        return true
      case '/sign-in':
        this.#signIn(request, response)
        return true
      default:
        return false
    }
  }

  #openApi(): Promise<OpenApiDocument> {
    this.#document ??= openApiDocument(this.#version)
    return this.#document
  }

  #signIn(request: IncomingMessage, response: ServerResponse): void {
    const key = new URL(request.url ?? '/', 'http://door').searchParams.get('key') ?? ''
    const session = this.#sessions.redeem(key)
    if (session === null) {
      response.statusCode = 401
      response.setHeader('content-type', 'text/plain; charset=utf-8')
      response.end(USED_UP)
      return
    }
    const name = cookieName(request.socket.localPort)
    response.setHeader('set-cookie', `${name}=${session}; Path=/; HttpOnly; SameSite=Strict`)
    response.setHeader('location', '/')
    response.statusCode = 303
    response.end()
  }
}

function sendPage(response: ServerResponse, page: Page): void {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.setHeader('content-security-policy', page.contentSecurityPolicy)
  response.end(page.html)
}
