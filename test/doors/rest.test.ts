/** The REST door as any HTTP client meets it: every endpoint, every documented no, and who may speak from where. */
import { afterEach, describe, expect, test } from 'vitest'

import { contract } from '../../src/contract/index.ts'
import { openHeadless, type HeadlessDoor } from './headless-doors.ts'
import { ask, at, expectError, patch, post, urlOf } from './http-client.ts'
import { allProcedures, type ProcedureCase } from './samples.ts'

const doors: HeadlessDoor[] = []
async function opened(...options: Parameters<typeof openHeadless>): Promise<HeadlessDoor> {
  const door = await openHeadless(...options)
  doors.push(door)
  return door
}
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close()
})

interface OpenApi {
  readonly openapi: string
  readonly paths: Record<string, Record<string, Operation> | undefined>
}

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly { readonly name: string; readonly schema: unknown }[]
  readonly responses: Record<
    string,
    { readonly content: Record<string, { readonly schema: { properties: { error: { required: string[] } } } }> }
  >
}

const keysOf = (value: unknown): string[] => Object.keys(value as object)

const isWatch = ({ name }: ProcedureCase): boolean => name === 'station.watch'

describe('the endpoints', () => {
  test('are exactly those of the specification and the control room, each path and method once', () => {
    const routes = allProcedures().map(({ procedure }) => {
      const { method, path } = procedure['~orpc'].route
      return `${method ?? 'POST'} ${path ?? 'nowhere'}`
    })
    expect(new Set(routes).size).toBe(routes.length)
    const specified = [
      'GET /api/policy',
      'GET /api/policy/effective',
      'PATCH /api/policy',
      'POST /api/policy/preview',
      'POST /api/policy/reset',
      'GET /api/policy/status',
      'GET /api/policy/risk_mode',
      'POST /api/policy/risk_mode/{mode}',
      'GET /api/policy/allowed_symbols',
      'GET /api/policy/model_versions',
      'GET /api/policy/history',
      'GET /api/policy/diff',
      'POST /api/policy/rollback/{version}',
      'GET /api/v2/policy/risk-profile',
      'GET /api/v2/policy/risk-modes',
      'POST /api/v2/policy/risk-mode',
      'POST /api/trades',
      'GET /api/positions',
      'GET /api/orders',
      'GET /api/trades',
      'GET /api/decisions',
      'GET /api/signals',
      'GET /api/fills',
      'GET /api/ledger',
      'GET /api/equity',
      'GET /api/alerts',
      'GET /api/events',
      'GET /api/strategies',
      'POST /api/emergency/engage',
      'POST /api/emergency/release',
      'GET /api/opportunities',
      'GET /api/models',
      'GET /api/health',
      'GET /api/msc/status',
      'GET /api/msc/history',
      'POST /api/msc/evaluate',
      'GET /api/msc/health',
      'GET /api/msc/strategies',
      'GET /api/analytics/summary',
      'GET /api/analytics/by/{group}',
      'GET /api/analytics/report',
      'GET /api/analytics/export/{table}',
      'GET /healthz',
    ]
    expect(routes).toEqual(expect.arrayContaining(specified))
  })

  test.each(allProcedures().filter((each) => !isWatch(each)))('$name answers over plain HTTP', async (each) => {
    const door = await opened()
    const { path, ask: asked } = urlOf(each)
    const reply = await ask(door, path, asked)
    const { route, errorMap } = each.procedure['~orpc']
    if (reply.status < 400) expect(reply.status).toBe(route.successStatus ?? 200)
    else {
      expect(Object.keys(errorMap)).toContain(at(reply, 'error.code'))
      expect(errorMap[String(at(reply, 'error.code'))]?.status).toBe(reply.status)
    }
    expect(reply.status).not.toBe(400)
    expect(reply.status).not.toBe(500)
  })

  test('every answer is described in the OpenAPI document, every error has its shape there', async () => {
    const door = await opened()
    const document = (await ask(door, '/openapi.json', { token: null })).json as OpenApi
    expect(document.openapi).toMatch(/^3\.1\./)
    for (const { name, procedure } of allProcedures()) {
      const { path = '', method = 'POST', successStatus = 200 } = procedure['~orpc'].route
      const operation = document.paths[path]?.[method.toLowerCase()]
      expect(operation?.operationId).toBe(name)
      const statuses = [String(successStatus), '400', '401', '403', '429', '500']
      expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(statuses))
      const shape = operation?.responses['400']?.content['application/json']?.schema.properties.error
      expect(shape?.required).toEqual(['code', 'message', 'fields', 'trace_id'])
    }
    const limit = document.paths['/api/decisions']?.['get']?.parameters?.find(({ name }) => name === 'limit')
    expect(limit?.schema).toMatchObject({ type: 'integer', minimum: 1, maximum: 500 })
  })

  test('the predecessor’s user needs to change nothing', async () => {
    const door = await opened()
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const patched = await ask(door, '/api/policy', {
      method: 'PATCH',
      body: '{"global_min_confidence": 0.60}',
      headers: form,
    })
    expect(patched.status).toBe(200)
    expect(at(patched, 'policy.global_min_confidence')).toBe(0.6)
    expect(at(patched, 'policy.effective.min_confidence.value')).toBe(0.65)
    expect(at(patched, 'notes.0')).toMatch(/0\.65/)
    const switched = await ask(door, '/api/policy/risk_mode/DEFENSIVE', { method: 'POST' })
    expect(at(switched, 'policy')).toMatchObject({ risk_mode: 'DEFENSIVE', pin: null, updated_by: 'api:tester' })
    const evaluated = await ask(door, '/api/msc/evaluate', { method: 'POST' })
    expect(evaluated.status).toBe(200)
    expect((await ask(door, '/api/msc/evaluate', { method: 'POST', body: '{}', headers: form })).status).toBe(200)
    expect((await ask(door, '/api/msc/history?limit=10')).json).toMatchObject({ items: [{}, {}] })
    const status = await ask(door, '/api/msc/status')
    expect(keysOf(at(status, 'policy'))).toEqual(
      expect.arrayContaining(['max_risk_per_trade_pct', 'min_confidence_pct', 'active_strategies_count']),
    )
    expect(keysOf(at(status, 'system_health'))).toEqual(
      expect.arrayContaining([
        'drawdown_pct',
        'winrate_pct',
        'equity_slope_pct_per_day',
        'regime',
        'volatility',
        'consecutive_losses',
        'days_since_profit',
      ]),
    )
    const reply = await ask(door, '/api/policy')
    expect(keysOf(reply.json)).toEqual(['policy', 'timestamp'])
    expect(keysOf(at(reply, 'policy'))).toEqual(
      expect.arrayContaining([
        'risk_mode',
        'max_risk_per_trade',
        'max_positions',
        'max_daily_trades',
        'global_min_confidence',
        'allowed_strategies',
        'blocked_strategies',
        'allowed_symbols',
        'opp_rankings',
        'model_versions',
        'emergency',
        'pin',
        'version',
        'last_updated',
        'updated_by',
        'effective',
      ]),
    )
    expect(at(reply, 'timestamp')).toBe('2025-06-02T12:00:00.000Z')
  })

  test('a list carries its items and the cursor of the next page', async () => {
    const door = await opened()
    const first = await ask(door, '/api/decisions?limit=1')
    expect(keysOf(first.json)).toEqual(['items', 'next'])
    const second = await ask(door, `/api/decisions?limit=1&cursor=${String(at(first, 'next'))}`)
    expect(second.json).toMatchObject({ items: [{ id: 'decision-0' }], next: null })
  })

  test('a denial is a 409 with its numbers', async () => {
    const door = await opened()
    const reply = await ask(
      door,
      '/api/trades',
      post({ symbol: 'NOSUCHUSDT', side: 'LONG', quantity: 1, stop_price: 2 }),
    )
    expectError(reply, 409, 'DENIED')
    expect(at(reply, 'error.denial')).toMatchObject({ code: 'symbol_not_allowed', check: 2, policy_version: 1 })
  })

  test('the live state comes as server-sent events', async () => {
    const door = await opened({ settings: { closeMs: 20 } })
    const giveUp = new AbortController()
    const headers = { authorization: `Bearer ${door.read}` }
    const response = await fetch(`${door.address}/api/station/watch?topics[]=policy`, {
      headers,
      signal: giveUp.signal,
    })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    let text = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      if (text.includes('"kind":"snapshot"')) break
    }
    expect(text).toMatch(/^event: message/m)
    giveUp.abort()
  })
})

describe('versions', () => {
  test('ETag tells the version, If-Match holds a write against it', async () => {
    const door = await opened()
    const { headers } = await ask(door, '/api/policy')
    expect(headers['etag']).toBe('"1"')
    const first = await ask(door, '/api/policy', { ...patch({ max_positions: 6 }), headers: { 'if-match': '"1"' } })
    expect([first.status, first.headers['etag']]).toEqual([200, '"2"'])
    const stale = await ask(door, '/api/policy', { ...patch({ max_positions: 5 }), headers: { 'if-match': '"1"' } })
    expectError(stale, 412, 'CONFLICT')
    expect(at(stale, 'error')).toMatchObject({ current_version: 2, fields: [{ path: 'max_positions' }] })
    expect(stale.headers['etag']).toBeUndefined()
    const any = await ask(door, '/api/policy', { ...patch({ max_positions: 5 }), headers: { 'if-match': '*' } })
    expect(any.status).toBe(200)
  })

  test.each(['12', '"x"', '"-1"', 'W/"'])('If-Match: %s is named as bad', async (header) => {
    const door = await opened()
    const reply = await ask(door, '/api/policy', { ...patch({ max_positions: 6 }), headers: { 'if-match': header } })
    expectError(reply, 400, 'INVALID_INPUT')
    expect(at(reply, 'error.fields.0.path')).toBe('If-Match')
    expect(door.station.policy.current.version).toBe(1)
  })
})

describe('bad input', () => {
  test('every unknown and every bad field is named in one answer', async () => {
    const door = await opened()
    const reply = await ask(
      door,
      '/api/policy',
      patch({ max_positions: -1, riskMode: 'NORMAL', nonsense: 1, allowed_symbols: ['btcusdt'] }),
    )
    expectError(reply, 400, 'INVALID_INPUT')
    expect(at(reply, 'error.fields')).toEqual(
      [
        { path: 'max_positions', message: 'must be at least 1, was -1' },
        { path: 'allowed_symbols.0', message: 'must be a symbol in upper case, like BTCUSDT, was "btcusdt"' },
        { path: 'riskMode', message: 'is not a field' },
        { path: 'nonsense', message: 'is not a field' },
        expect.objectContaining({ path: '' }),
      ].slice(0, 4),
    )
  })

  test.each(['{', '[1', 'max_positions=3', '"', 'NaN', '\u0000'])('a body of %j is no JSON', async (body) => {
    const door = await opened()
    const reply = await ask(door, '/api/policy', { method: 'PATCH', body })
    expectError(reply, 400, 'INVALID_INPUT')
    expect(at(reply, 'error.message')).toMatch(/not JSON/)
  })

  test.each(['[]', '1', '"text"', 'null', 'true'])('a body of %s is no object', async (body) => {
    const door = await opened()
    expectError(await ask(door, '/api/policy', { method: 'PATCH', body }), 400, 'INVALID_INPUT')
    expectError(await ask(door, '/api/emergency/engage', { method: 'POST', body }), 400, 'INVALID_INPUT')
  })

  test.each([
    'limit=0',
    'limit=501',
    'limit=x',
    'limit=1.5',
    'limit=',
    'limit=1&limit=2',
    'limit[a]=1',
    'from=yesterday',
    'nope=1',
    'limit=1e2',
  ])('a query of %s is named', async (query) => {
    const door = await opened()
    const reply = await ask(door, `/api/decisions?${query}`)
    expectError(reply, 400, 'INVALID_INPUT')
    expect(at(reply, 'error.fields.0.path')).toMatch(new RegExp(`^${query.split(/[=[]/)[0] ?? ''}`))
  })

  test('a mode that does not exist, a version that is none, a path that is broken', async () => {
    const door = await opened()
    expectError(await ask(door, '/api/policy/risk_mode/YOLO', post({})), 400, 'INVALID_INPUT')
    expectError(await ask(door, '/api/policy/rollback/first', post({})), 400, 'INVALID_INPUT')
    expectError(await ask(door, '/api/policy/rollback/99', post({})), 404, 'NOT_FOUND')
    expectError(await ask(door, '/api/policy/risk_mode/%E0%A4%A', post({})), 400, 'INVALID_INPUT')
    expectError(await ask(door, '/api/no-such-thing'), 404, 'NOT_FOUND')
    expectError(await ask(door, '/api/policy', { method: 'DELETE' }), 404, 'NOT_FOUND')
  })

  test('a body over the limit is not read to its end', async () => {
    const door = await opened()
    const huge = JSON.stringify({ reason: 'x'.repeat(300_000) })
    expectError(await ask(door, '/api/policy', { method: 'PATCH', body: huge }), 413, 'TOO_LARGE')
    const chunked = await ask(door, '/api/policy', {
      method: 'PATCH',
      body: huge,
      headers: { 'transfer-encoding': 'chunked' },
    })
    expectError(chunked, 413, 'TOO_LARGE')
    const fits = JSON.stringify({ max_positions: 3, reason: 'y'.repeat(400), pad: '' })
    expectError(await ask(door, '/api/policy', { method: 'PATCH', body: fits }), 400, 'INVALID_INPUT')
  })
})

describe('who may speak', () => {
  test('without a token, with a wrong one, with a removed one: 401', async () => {
    const door = await opened()
    for (const token of [null, 'sbx_wrong', `${door.control}x`, 'x'.repeat(5000)]) {
      const reply = await ask(door, '/api/policy', { token })
      expectError(reply, 401, 'UNAUTHORISED')
      expect(reply.headers['www-authenticate']).toBe('Bearer')
    }
    expect((await ask(door, '/api/policy', { token: null, headers: { authorization: 'Basic abc' } })).status).toBe(401)
    door.tokens.remove('tester')
    expectError(await ask(door, '/api/policy'), 401, 'UNAUTHORISED')
  })

  test('only health and the pages without data need no token', async () => {
    const door = await opened()
    for (const path of ['/healthz', '/', '/docs', '/openapi.json'])
      expect(await ask(door, path, { token: null })).toMatchObject({ status: 200 })
    expect((await ask(door, '/healthz', { token: null })).json).toEqual({ status: 'ok', version: '0.1.0' })
    for (const each of allProcedures().filter(({ scope }) => scope !== 'open')) {
      const { path, ask: asked } = urlOf(each)
      expectError(await ask(door, path, { ...asked, token: null }), 401, 'UNAUTHORISED')
    }
  })

  test('read scope reads, and changes nothing', async () => {
    const door = await opened()
    expect((await ask(door, '/api/policy', { token: door.read })).status).toBe(200)
    const reply = await ask(door, '/api/policy', { ...patch({ max_positions: 3 }), token: door.read })
    expectError(reply, 403, 'FORBIDDEN_SCOPE')
    expect(at(reply, 'error.needed')).toBe('control')
    expect(door.station.policy.current.version).toBe(1)
  })

  test.each([
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '127.0.0.1',
    '192.168.1.5',
    'user@127.0.0.1',
    '[::1',
    'localhost:1',
  ])('Host: %s is not this station', async (host) => {
    const door = await opened()
    expectError(await ask(door, '/api/policy', { headers: { host } }), 403, 'FORBIDDEN_ORIGIN')
    expect((await ask(door, '/', { headers: { host } })).status).toBe(403)
  })

  test('this machine’s names are', async () => {
    const door = await opened({ names: ['box.home'] })
    for (const host of [
      `127.0.0.1:${door.port}`,
      `localhost:${door.port}`,
      `LOCALHOST:${door.port}`,
      `[::1]:${door.port}`,
      'box.home',
    ])
      expect(await ask(door, '/api/policy', { headers: { host } })).toMatchObject({ status: 200 })
  })

  test('pages of other origins may not speak, with or without a token', async () => {
    const door = await opened()
    for (const origin of [
      'http://evil.example',
      'null',
      `http://localhost:${door.port}`,
      `http://127.0.0.1:${door.port + 1}`,
    ])
      expectError(await ask(door, '/api/policy', { headers: { origin } }), 403, 'FORBIDDEN_ORIGIN')
    const own = `http://127.0.0.1:${door.port}`
    expect((await ask(door, '/api/policy', { headers: { origin: own } })).status).toBe(200)
  })

  test('no page elsewhere is given leave by CORS', async () => {
    const door = await opened()
    const headers = { origin: 'http://evil.example', 'access-control-request-method': 'PATCH' }
    const reply = await ask(door, '/api/policy', { method: 'OPTIONS', headers })
    expect(reply.status).toBe(403)
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  test('other machines only when it was said', async () => {
    await expect(openHeadless({ host: '0.0.0.0' })).rejects.toThrow(/must be allowed/)
    const door = await opened({ host: '0.0.0.0', allowRemote: true })
    expect((await ask(door, '/api/policy', { headers: { host: `192.168.1.5:${door.port}` } })).status).toBe(200)
    expectError(
      await ask(door, '/api/policy', { headers: { host: `evil.example:${door.port}` } }),
      403,
      'FORBIDDEN_ORIGIN',
    )
  })
})

describe('the metrics', () => {
  const METRICS = {
    contentType: 'text/plain; version=0.0.4',
    text: () => Promise.resolve('# TYPE naked_seconds gauge\n'),
  }

  test('are text for a scraper with a read token, and for nobody without one', async () => {
    const door = await opened({ metrics: METRICS })
    const reply = await ask(door, '/metrics', { token: door.read })
    expect(reply).toMatchObject({ status: 200, text: '# TYPE naked_seconds gauge\n' })
    expect(reply.headers['content-type']).toBe('text/plain; version=0.0.4')
    expectError(await ask(door, '/metrics', { token: null }), 401, 'UNAUTHORISED')
    expectError(await ask(door, '/metrics', { headers: { host: 'evil.example' } }), 403, 'FORBIDDEN_ORIGIN')
    expectError(await ask(door, '/metrics', post({})), 404, 'NOT_FOUND')
    const documented = (await ask(door, '/openapi.json')).json as OpenApi
    expect(documented.paths['/metrics']).toHaveProperty('get')
  })

  test('that cannot be read are our fault, and of a door that counts nothing there are none', async () => {
    const broken = await opened({ metrics: { ...METRICS, text: () => Promise.reject(new Error('no registry')) } })
    expectError(await ask(broken, '/metrics'), 500, 'INTERNAL')
    expectError(await ask(await opened(), '/metrics'), 404, 'NOT_FOUND')
  })
})

describe('how often', () => {
  test('a burst, then the rate; others are not held up', async () => {
    let now = 0
    const settings = { requestsPerSecond: 10, requestBurst: 3 }
    const door = await opened({ settings, now: () => now })
    for (let call = 0; call < 3; call++) expect((await ask(door, '/api/policy')).status).toBe(200)
    const refused = await ask(door, '/api/policy')
    expectError(refused, 429, 'RATE_LIMITED')
    expect(refused.headers['retry-after']).toBe('1')
    expect(at(refused, 'error.retry_after_ms')).toBe(100)
    expect((await ask(door, '/api/policy', { token: door.read })).status).toBe(200)
    now += 100
    expect((await ask(door, '/api/policy')).status).toBe(200)
    expect((await ask(door, '/api/policy')).status).toBe(429)
  })

  test('guessing tokens is counted by address', async () => {
    const door = await opened({ settings: { requestsPerSecond: 1, requestBurst: 2 }, now: () => 0 })
    const statuses = []
    for (const token of ['a', 'b', 'c', 'd']) statuses.push((await ask(door, '/api/policy', { token })).status)
    expect(statuses).toEqual([401, 401, 429, 429])
  })
})

describe('what every answer carries', () => {
  test('no sniffing, no framing, no caching, no script but our own', async () => {
    const door = await opened()
    for (const path of ['/', '/docs', '/api/policy', '/healthz', '/nope']) {
      const { headers } = await ask(door, path)
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      })
      const csp = String(headers['content-security-policy'])
      expect(csp).toContain("default-src 'none'")
      expect(csp).toContain("frame-ancestors 'none'")
      expect(csp).not.toMatch(/unsafe|\*/)
    }
  })

  test('what breaks inside says nothing of itself but an id that the log knows', async () => {
    const door = await opened()
    door.station.candles = () => Promise.reject(new Error('the secret path /home/somebody'))
    const reply = await ask(door, '/api/candles?symbol=BTCUSDT&interval=1h')
    expectError(reply, 500, 'INTERNAL')
    expect(reply.text).not.toMatch(/secret|somebody|at /)
    const line = door.logged.find(({ fields }) => fields['trace_id'] === at(reply, 'error.trace_id'))
    expect(line).toMatchObject({ level: 'error', event: 'call_failed', fields: { call: 'market.candles' } })
    expect(line?.fields['error']).toMatch(/secret path/)
  })

  test('an answer that breaks the contract is our fault, not the caller’s', async () => {
    const door = await opened()
    door.station.configuration = () => [{ key: 'a', value: 1 as unknown as string, origin: 'default' }]
    const reply = await ask(door, '/api/configuration')
    expectError(reply, 500, 'INTERNAL')
    expect(door.logged.at(-1)?.fields['issues']).toMatchObject([{ path: ['items', 0, 'value'] }])
  })
})

test('closing lets open calls end and frees the port', async () => {
  const door = await openHeadless({ settings: { closeMs: 5000 } })
  let release = (): void => undefined
  door.station.candles = () => new Promise((resolve) => (release = () => resolve([])))
  const slow = ask(door, '/api/candles?symbol=BTCUSDT&interval=1h')
  await expect.poll(() => release.toString().includes('resolve')).toBe(true)
  const closing = door.close()
  release()
  expect((await slow).status).toBe(200)
  await closing
  await expect(ask(door, '/healthz')).rejects.toThrow(/ECONNREFUSED/)
  const again = await openHeadless({ port: door.port })
  await again.close()
})

test('the contract has no area without an answer over HTTP', () => {
  expect(Object.keys(contract).toSorted()).toEqual(
    [...new Set(allProcedures().map(({ path: [area] }) => area))].toSorted(),
  )
})

describe('files', () => {
  test('are themselves at their own address, and JSON at the contract’s', async () => {
    const door = await opened()
    const csv = await ask(door, '/api/analytics/export/trades.csv', { token: door.read })
    expect(csv).toMatchObject({ status: 200, headers: { 'content-type': 'text/csv; charset=utf-8' } })
    expect(csv.headers['content-disposition']).toContain('trades.csv')
    expect(csv.text.split('\r\n')[0]).toMatch(/^id,intent_id,trace_id,symbol,/)
    const json = await ask(door, '/api/analytics/export/tax.json')
    expect((json.json as { symbol: string }[]).map(({ symbol }) => symbol)).toEqual(['ETHUSDT', 'ETHUSDT'])
    const told = await ask(door, '/api/analytics/export/trades')
    expect(at(told, 'text')).toBe(csv.text)
  })

  test('of a time, or of nothing that is there, answer as every other call does', async () => {
    const door = await opened()
    const empty = await ask(door, '/api/analytics/export/ledger.csv?from=2031-01-01T00:00:00Z')
    expect(empty.status).toBe(200)
    expectError(await ask(door, '/api/analytics/export/secrets.csv'), 400, 'INVALID_INPUT')
    expectError(await ask(door, '/api/analytics/export/trades.csv?from=yesterday'), 400, 'INVALID_INPUT')
    expectError(await ask(door, '/api/analytics/export/trades.xls'), 400, 'INVALID_INPUT')
    expectError(await ask(door, '/api/analytics/export/trades.csv', { token: null }), 401, 'UNAUTHORISED')
  })
})
