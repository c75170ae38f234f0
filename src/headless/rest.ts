import type { IncomingMessage, ServerResponse } from 'node:http'

/** The contract over HTTP: paths and methods are the contract's, errors take the shape of SPEC §15. */
import { OpenAPIHandler } from '@orpc/openapi/node'
import type { ORPCError } from '@orpc/server'

import { Fault, type Answers, type Caller } from '../station/answers/index.ts'
import { errorBody, type ErrorBody } from './error-reply.ts'
import { figuresAsText } from './figures-as-text.ts'
import { addressInside, unwrapped } from './files.ts'

export interface Rest {
  /** false: no such path */
  handle(request: IncomingMessage, response: ServerResponse, body: unknown, caller: Caller): Promise<boolean>
}

/** The version that If-Match names; undefined without one or with `*`. */
function expectedVersion(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim())?.[1]
  if (version !== undefined) return Number(version)
  const message = `must be a version in quotes, like "12", was ${header.slice(0, 40)}`
  throw new Fault('INVALID_INPUT', 'If-Match is not valid', { fields: [{ path: 'If-Match', message }] })
}

function encodeError(error: ORPCError<string, unknown>): ErrorBody {
  const data = typeof error.data === 'object' && error.data !== null ? error.data : {}
  return errorBody(error.code, error.message, data)
}

export function restOf(answers: Answers): Rest {
  const encoding = { customErrorResponseBodyEncoder: encodeError, customJsonSerializers: [figuresAsText] }
  const handler = new OpenAPIHandler(answers, encoding)
  const filesHandler = new OpenAPIHandler(answers, { ...encoding, interceptors: [unwrapped] })
  return {
    async handle(request, response, body, caller) {
      const context: Caller = {
        ...caller,
        expectedVersion: expectedVersion(request.headers['if-match']),
        onVersion: (version) => response.setHeader('etag', `"${version}"`),
      }
      const address = request.method === 'GET' ? addressInside(request.url ?? '') : null
      const asked = Object.assign(request, { body }, address === null ? {} : { url: address })
      const { matched } = await (address === null ? handler : filesHandler).handle(asked, response, { context })
      return matched
    },
  }
}
