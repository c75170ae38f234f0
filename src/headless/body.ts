/** Reads a request's body: JSON whatever its type says (as `curl -d` sends it), never more than the limit. */
import type { IncomingMessage } from 'node:http'

import { Fault } from '../station/answers/index.ts'

const tooLarge = (limit: number): Fault =>
  new Fault('TOO_LARGE', `the body is larger than ${limit} bytes`, { limit_bytes: limit })

const notJson = (message: string): Fault => new Fault('INVALID_INPUT', message, { fields: [{ path: '', message }] })

async function bytesOf(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The parsed body; an empty object when there is none. Throws TOO_LARGE or INVALID_INPUT. */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const text = (await bytesOf(request, limit)).toString('utf8')
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch (problem) {
    throw notJson(`the body is not JSON: ${problem instanceof Error ? problem.message : 'unreadable'}`)
  }
}
