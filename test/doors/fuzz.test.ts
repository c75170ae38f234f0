/** Wrong types at every field of every procedure: a clear error that names the field, never a 500, never a half-write. */
import { createRouterClient } from '@orpc/server'
import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'

import { traceIdOf } from '../../src/core/model/ids.ts'
import { answersOf, type Caller } from '../../src/station/answers/index.ts'
import { LiveStream } from '../../src/station/live-stream.ts'
import { FakeStation } from '../fixtures/facade.ts'
import { callOf, type CaughtError, type Client } from './door-under-test.ts'
import { openHeadless, restClient } from './headless-doors.ts'
import { allProcedures, type ProcedureCase } from './samples.ts'

const WITH_INPUT = allProcedures().filter(({ procedure }) => procedure['~orpc'].inputSchema)

let station: FakeStation
let failures: string[]
let client: Client

beforeEach(() => {
  station = new FakeStation()
  failures = []
  const quiet = (): void => undefined
  const error = (event: string, fields = {}): void => void failures.push(`${event} ${JSON.stringify(fields)}`)
  const log = { debug: quiet, info: quiet, warn: quiet, error }
  const context: Caller = { actor: 'user', scope: 'control', log, newTraceId: () => traceIdOf('fuzz') }
  client = createRouterClient(answersOf(station, new LiveStream(station)), { context })
})

/** What stands behind optional, nullable, default and reading from text. */
function behind(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return behind(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodPipe)
    return behind((schema.in instanceof z.ZodTransform ? schema.out : schema.in) as z.ZodType)
  return schema
}

interface Field {
  readonly path: string[]
  readonly schema: z.ZodType
}

/** Every field of an input, nested ones too. */
function fieldsOf(schema: z.ZodType, path: string[] = []): Field[] {
  const inner = behind(schema)
  if (!(inner instanceof z.ZodObject)) return []
  return Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(([name, schema]) => {
    const here = path.concat(name)
    return [{ path: here, schema }].concat(fieldsOf(schema, here))
  })
}

/** Values that no field of its kind takes. */
function wrongFor(schema: z.ZodType): unknown[] {
  const inner = behind(schema)
  const wrong: unknown[] = [{ '∅': {} }, [[{}]]]
  if (!(inner instanceof z.ZodBoolean)) wrong.push(true, false)
  if (!(inner instanceof z.ZodString)) wrong.push('no such thing ☃', '')
  if (inner instanceof z.ZodNumber) wrong.push(1e308, -1e308, '1e3', 'Infinity')
  if (inner instanceof z.ZodEnum || inner instanceof z.ZodString) wrong.push('', ' ', '\u0000')
  return wrong
}

const isFreeText = (field: Field): boolean => ['confirm', 'cursor'].includes(field.path.at(-1) ?? '')

function withValue(sample: unknown, path: readonly string[], value: unknown): unknown {
  const [name = '', ...rest] = path
  const object = (sample ?? {}) as Record<string, unknown>
  return { ...object, [name]: rest.length === 0 ? value : withValue(object[name], rest, value) }
}

const worldNow = (): unknown => ({
  version: station.policy.current.version,
  writes: [...station.writes],
  orders: station.working.length,
  balance: station.balance.toFixed(),
})

async function outcomeOf(call: Promise<unknown>): Promise<CaughtError | 'answered'> {
  try {
    await call
    return 'answered'
  } catch (problem) {
    return problem as CaughtError
  }
}

/** an empty body is all they take */
const FIELDLESS = new Set(['msc.evaluate', 'opportunities.rank', 'health.acknowledgeStreak', 'connections.reconcile'])

const cases = WITH_INPUT.flatMap((procedure) =>
  fieldsOf(procedure.procedure['~orpc'].inputSchema as unknown as z.ZodType).map((field) => ({
    procedure,
    field,
    title: `${procedure.name} ${field.path.join('.')}`,
  })),
)

async function expectNamed(procedure: ProcedureCase, field: Field, value: unknown, through: Client): Promise<void> {
  const outcome = await outcomeOf(callOf(through, procedure)(withValue(procedure.sample, field.path, value)))
  const said = `${procedure.name} ${field.path.join('.')} = ${JSON.stringify(value)}`
  expect({ said, code: outcome === 'answered' ? outcome : outcome.code }).toEqual({ said, code: 'INVALID_INPUT' })
  const named = outcome === 'answered' ? [] : (outcome.data.fields ?? [])
  expect(named.some(({ path }) => path.startsWith(field.path.join('.')))).toBe(true)
  for (const { message } of named)
    expect(message).toMatch(/must|is not a field|exactly one|name at least|lets small accounts/)
}

test('there is a field to fuzz in every procedure that takes input', () => {
  const names = new Set(cases.map(({ procedure }) => procedure.name))
  const without = WITH_INPUT.map(({ name }) => name).filter((name) => !names.has(name))
  expect(without.filter((name) => !FIELDLESS.has(name))).toEqual([])
  expect(cases.length).toBeGreaterThan(200)
})

test.each(cases)('$title of a wrong type is named, and nothing happens', async ({ procedure, field }) => {
  const before = worldNow()
  const wrong = wrongFor(field.schema).filter((value) => !(isFreeText(field) && typeof value === 'string'))
  for (const value of wrong) await expectNamed(procedure, field, value, client)
  expect(worldNow()).toEqual(before)
  expect(failures).toEqual([])
})

test('the same over REST', async () => {
  const door = await openHeadless()
  const rest = restClient(door, door.control)
  const inBody = cases.filter(({ procedure, field }) => {
    const { method, path = '' } = procedure.procedure['~orpc'].route
    return method !== 'GET' && !path.includes(`{${field.path[0]}}`)
  })
  for (const { procedure, field } of inBody) await expectNamed(procedure, field, { '∅': {} }, rest)
  expect(door.station.writes).toEqual([])
  expect(door.station.policy.current.version).toBe(1)
  expect(door.logged.filter(({ level }) => level === 'error')).toEqual([])
  await door.close()
})

describe('anything at all', () => {
  const names = fc.constantFrom(...new Set(cases.flatMap(({ field }) => field.path)), '__proto__', 'constructor', '')
  const junk = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, true, -0, Infinity, '', 'NORMAL', 'DEFENSIVE', 'BTCUSDT', 'RELEASE', '1', 'max'),
      fc.integer(),
      fc.double(),
      fc.string(),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(names, tie('any'), { maxKeys: 4 }),
    ),
  })).any

  test.each(WITH_INPUT.filter(({ name }) => name !== 'station.watch'))(
    '$name is answered or refused in words, never broken by it',
    async (procedure) => {
      const property = fc.asyncProperty(junk, fc.boolean(), names, async (value, mixed, name) => {
        const input = mixed ? { ...(procedure.sample as object), [name]: value } : value
        const before = worldNow()
        const outcome = await outcomeOf(callOf(client, procedure)(input))
        if (outcome !== 'answered') {
          expect(outcome.code).not.toBe('INTERNAL')
          expect(Object.keys(procedure.procedure['~orpc'].errorMap)).toContain(outcome.code)
          expect(worldNow()).toEqual(before)
        }
        expect(failures).toEqual([])
      })
      await fc.assert(property, { numRuns: 60 })
    },
  )
})

test('what the contract lets in, the store takes: bounds are the same on both sides', async () => {
  const number = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true })
  const patch = fc.record(
    {
      risk_mode: fc.constantFrom('DEFENSIVE', 'NORMAL', 'AGGRESSIVE', 'AGGRESSIVE_SMALL_ACCOUNT'),
      max_risk_per_trade: fc.oneof(number(1e-9, 0.05), fc.constantFrom(0.05, Number.MIN_VALUE)),
      max_positions: fc.integer({ min: 1, max: 100 }),
      max_daily_trades: fc.integer({ min: 1, max: 10_000 }),
      global_min_confidence: fc.oneof(number(0, 1), fc.constantFrom(0, 1)),
      allowed_strategies: fc.option(fc.array(fc.stringMatching(/^\S{1,64}$/))),
      blocked_strategies: fc.array(fc.stringMatching(/^\S{1,64}$/)),
      allowed_symbols: fc.option(fc.array(fc.stringMatching(/^[^\sa-z.]{2,40}$/))),
    },
    { requiredKeys: ['max_positions'] },
  )
  const property = fc.asyncProperty(patch, async (input) => {
    const outcome = await outcomeOf(client.policy.change(input))
    expect(outcome).toBe('answered')
  })
  await fc.assert(property, { numRuns: 200 })
})
