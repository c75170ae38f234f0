/** The OpenAPI 3.1 document of the contract. */
import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { z } from 'zod'

import { contract } from '../contract/index.ts'

const SECURITY = 'token'

/** What may come as text is told as what it means: a schema that reads text first stands for the one behind it. */
const converter = new ZodToJsonSchemaConverter({
  interceptors: [
    (options) => {
      const { schema } = options
      const isReadFirst = schema instanceof z.ZodPipe && schema.in instanceof z.ZodTransform
      return options.next(isReadFirst ? { ...options, schema: schema.out } : options)
    },
  ],
})

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'fields', 'trace_id'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        fields: {
          type: 'array',
          items: {
            type: 'object',
            required: ['path', 'message'],
            properties: { path: { type: 'string' }, message: { type: 'string' } },
          },
        },
        trace_id: { type: 'string', description: 'finds the call in the log' },
      },
    },
  },
} as const

export type OpenApiDocument = Awaited<ReturnType<OpenAPIGenerator['generate']>>

/** The one page for programs that is not of the contract. */
const METRICS_PATH = {
  get: {
    operationId: 'metrics',
    summary: 'Counters and gauges in the text format of Prometheus',
    tags: ['station'],
    responses: {
      200: { description: 'OK', content: { 'text/plain': { schema: { type: 'string' } } } },
      401: { description: 'a valid token or a signed-in session is needed' },
    },
  },
} satisfies NonNullable<OpenApiDocument['paths']>[string]

export async function openApiDocument(version: string): Promise<OpenApiDocument> {
  const document = await new OpenAPIGenerator({ schemaConverters: [converter] }).generate(contract, {
    info: {
      title: 'Signalbox',
      version,
      description: 'A trading control station under one live policy. Money is decimal text, times are ISO-8601.',
    },
    security: [{ [SECURITY]: [] }],
    components: { securitySchemes: { [SECURITY]: { type: 'http', scheme: 'bearer' } } },
    customErrorResponseBodySchema: errorSchema,
  })
  document.paths = { ...document.paths, '/metrics': METRICS_PATH }
  return document
}
