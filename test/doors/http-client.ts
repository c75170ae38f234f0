/** A plain HTTP client for tests of the REST door: Host and Origin are what the test says. */
import { request as httpRequest } from 'node:http'

import { expect } from 'vitest'

import type { ErrorCode } from '../../src/contract/errors.ts'
import type { HeadlessDoor } from './headless-doors.ts'
import type { ProcedureCase } from './samples.ts'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** null when the answer is no JSON */
  readonly json: unknown
}

/** What an answer's body holds at a dotted path. */
export function at({ json }: Pick<Reply, 'json'>, path: string): unknown {
  return path.split('.').reduce((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], json)
}

export interface Ask {
  readonly method?: string
  readonly token?: string | null
  readonly body?: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
}

/** Plain node:http, so that Host and Origin are what the test says. */
export function ask(
  door: HeadlessDoor,
  path: string,
  { method = 'GET', token = door.control, body, headers = {} }: Ask = {},
): Promise<Reply> {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` }
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: door.port, path, method, headers: { ...authorization, ...headers } }
    const sent = httpRequest(options, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => {
        const isJson = response.headers['content-type'] === 'application/json'
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          json: isJson ? JSON.parse(text) : null,
        })
      })
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

export const patch = (body: unknown): Ask => ({ method: 'PATCH', body: JSON.stringify(body) })
export const post = (body: unknown): Ask => ({ method: 'POST', body: JSON.stringify(body) })

export function expectError(reply: Reply, status: number, code: ErrorCode): void {
  expect(reply.json).toMatchObject({ error: { code, fields: expect.any(Array), trace_id: expect.stringMatching(/./) } })
  expect(at(reply, 'error.message')).toMatch(/./)
  expect(reply.status).toBe(status)
}

export function urlOf({ procedure, sample }: ProcedureCase): { path: string; ask: Ask } {
  const { path = '', method = 'POST' } = procedure['~orpc'].route
  const rest: Record<string, unknown> = { ...(sample as object) }
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  if (method !== 'GET') return { path: filled, ask: { method, body: JSON.stringify(rest) } }
  const query = new URLSearchParams(
    Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]),
  )
  return { path: query.size > 0 ? `${filled}?${query.toString()}` : filled, ask: { method } }
}
