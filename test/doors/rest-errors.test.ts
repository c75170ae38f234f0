/** Every no of the REST door, generated from the contract: each procedure refuses strangers, and says each error it declares. */
import { afterEach, describe, expect, test } from 'vitest'

import { COMMON_ERRORS, ERRORS, type ErrorCode } from '../../src/contract/errors.ts'
import { orderOf } from '../fixtures/facade-rows.ts'
import { openHeadless, type HeadlessDoor } from './headless-doors.ts'
import { ask, at, expectError, patch, post, urlOf, type Ask } from './http-client.ts'
import { allProcedures } from './samples.ts'

const doors: HeadlessDoor[] = []
async function opened(...options: Parameters<typeof openHeadless>): Promise<HeadlessDoor> {
  const door = await openHeadless(...options)
  doors.push(door)
  return door
}
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close()
})

const closed = allProcedures().filter(({ scope }) => scope !== 'open')
const changing = closed.filter(({ scope }) => scope === 'control')
const written = closed.filter(({ procedure }) => procedure['~orpc'].route.method !== 'GET')
const LIMIT = 256 * 1024

describe.each(closed)('$name', (each) => {
  const { path, ask: asked } = urlOf(each)

  test('answers no stranger: wrong token, wrong Host, foreign page', async () => {
    const door = await opened()
    expectError(await ask(door, path, { ...asked, token: 'sbx_wrong' }), 401, 'UNAUTHORISED')
    const host = { ...asked, headers: { host: 'evil.example' } }
    expectError(await ask(door, path, host), 403, 'FORBIDDEN_ORIGIN')
    const origin = { ...asked, headers: { origin: 'http://evil.example' } }
    expectError(await ask(door, path, origin), 403, 'FORBIDDEN_ORIGIN')
    expect(door.station.writes).toEqual([])
  })
})

test.each(changing)('$name needs control scope', async (each) => {
  const door = await opened()
  const { path, ask: asked } = urlOf(each)
  const { version } = door.station.policy.current
  expectError(await ask(door, path, { ...asked, token: door.read }), 403, 'FORBIDDEN_SCOPE')
  expect(door.station.policy.current.version).toBe(version)
  expect(door.station.writes).toEqual([])
})

test.each(written)('$name takes neither a body too large nor a field it does not know', async (each) => {
  const door = await opened()
  const { path, ask: asked } = urlOf(each)
  const large = JSON.stringify({ reason: 'x'.repeat(LIMIT) })
  expectError(await ask(door, path, { ...asked, body: large }), 413, 'TOO_LARGE')
  const known = JSON.parse(String(asked.body)) as object
  const reply = await ask(door, path, { ...asked, body: JSON.stringify({ ...known, no_such_field: 1 }) })
  expectError(reply, 400, 'INVALID_INPUT')
  expect((at(reply, 'error.fields') as { path: string }[]).map((field) => field.path)).toContain('no_such_field')
  expect(door.station.writes).toEqual([])
})

/** What makes a procedure say an error it declares; `before`: what has to be so. */
interface Provoked {
  readonly path: string
  readonly ask: Ask
  readonly before?: (door: HeadlessDoor) => unknown
}

/** Version 2 writes max_positions: a write based on version 1 that names it comes too late. */
const another = ({ station }: HeadlessDoor): unknown =>
  station.policy.change({ maxPositions: 9, riskMode: 'DEFENSIVE' }, { actor: 'user', reason: 'meanwhile' })
const stale = { headers: { 'if-match': '"1"' } }
const late = (asked: Ask): Ask => ({ ...asked, ...stale })
const pinnedMeanwhile = ({ station }: HeadlessDoor): unknown => {
  another({ station } as HeadlessDoor)
  return station.policy.pin(null, { actor: 'user', reason: 'meanwhile' })
}
const rulesMeanwhile = ({ station }: HeadlessDoor): unknown =>
  station.policy.changeRules({ guard: { maxHeat: 0.04 } }, { actor: 'user', reason: 'meanwhile' })
const realTime = ({ station }: HeadlessDoor): void => {
  station.speed = null
}

const twice = { name: 'twice', kind: 'drawdown_above', symbol: null, bound: 0.01, severity: 'info' }

const PROVOKED: Readonly<Record<string, Provoked>> = {
  'policy.change CONFLICT': { path: '/api/policy', ask: late(patch({ max_positions: 3 })), before: another },
  'policy.reset CONFLICT': { path: '/api/policy/reset', ask: late(post({})), before: another },
  'policy.setRiskMode CONFLICT': { path: '/api/policy/risk_mode/NORMAL', ask: late(post({})), before: another },
  'policy.switchRiskMode CONFLICT': {
    path: '/api/v2/policy/risk-mode',
    ask: late(post({ mode: 'NORMAL' })),
    before: another,
  },
  'policy.pin CONFLICT': { path: '/api/policy/pin', ask: late(post({ until: null })), before: pinnedMeanwhile },
  'policy.unpin CONFLICT': { path: '/api/policy/unpin', ask: late(post({})), before: pinnedMeanwhile },
  'policy.unpin REFUSED': { path: '/api/policy/unpin', ask: post({}) },
  'policy.releaseHold CONFLICT': {
    path: '/api/policy/release_hold',
    ask: late(post({ field: 'max_positions' })),
    before: another,
  },
  'policy.changeRules CONFLICT': {
    path: '/api/policy/rules',
    ask: late(patch({ rules: { guard: { max_heat: 0.05 } } })),
    before: rulesMeanwhile,
  },
  'policy.version NOT_FOUND': { path: '/api/policy/versions/99', ask: {} },
  'policy.diff NOT_FOUND': { path: '/api/policy/diff?from=1&to=99', ask: {} },
  'policy.rollback NOT_FOUND': { path: '/api/policy/rollback/99', ask: post({}) },
  'policy.rollback CONFLICT': { path: '/api/policy/rollback/1', ask: late(post({})), before: another },
  'policy.undo NOT_FOUND': { path: '/api/policy/undo/99', ask: post({}) },
  'policy.undo REFUSED': { path: '/api/policy/undo/1', ask: post({}) },
  'policy.undo CONFLICT': {
    path: '/api/policy/undo/2',
    ask: post({}),
    before: (door) => {
      another(door)
      return door.station.policy.change({ maxPositions: 8 }, { actor: 'user', reason: 'after it' })
    },
  },
  'account.deposit REFUSED': { path: '/api/account/deposit', ask: post({ amount: '-99999999' }) },
  'market.candles NOT_FOUND': { path: '/api/candles?symbol=NOSUCHUSDT&interval=1h', ask: {} },
  'orders.place DENIED': {
    path: '/api/trades',
    ask: post({ symbol: 'NOSUCHUSDT', side: 'LONG', quantity: 1, stop_price: 2 }),
  },
  'orders.cancel NOT_FOUND': { path: '/api/orders/no-such-order/cancel', ask: post({}) },
  'positions.close NOT_FOUND': { path: '/api/positions/NOSUCHUSDT/close', ask: post({}) },
  'positions.adopt NOT_FOUND': { path: '/api/positions/NOSUCHUSDT/adopt', ask: post({ stop_price: 1 }) },
  'positions.adopt REFUSED': { path: '/api/positions/SOLUSDT/adopt', ask: post({ stop_price: 1000 }) },
  'positions.closeForeign NOT_FOUND': { path: '/api/positions/NOSUCHUSDT/close_foreign', ask: post({}) },
  'positions.unfreeze NOT_FOUND': { path: '/api/positions/NOSUCHUSDT/unfreeze', ask: post({}) },
  'orders.cancelForeign NOT_FOUND': {
    path: '/api/orders/foreign/cancel',
    ask: post({ symbol: 'BTCUSDT', client_order_id: 'no-such-order' }),
  },
  'orders.replace NOT_FOUND': { path: '/api/orders/no-such-order/replace', ask: post({ limit_price: 1 }) },
  'orders.replace REFUSED': {
    path: `/api/orders/${orderOf('stop').clientOrderId}/replace`,
    ask: post({ limit_price: 1 }),
  },
  'records.decision NOT_FOUND': { path: '/api/decisions/no-such-decision', ask: {} },
  'records.hindsight NOT_FOUND': { path: '/api/decisions/no-such-decision/hindsight', ask: {} },
  'opportunities.history NOT_FOUND': { path: '/api/opportunities/history?symbol=NOSUCHUSDT', ask: {} },
  'opportunities.rank REFUSED': {
    path: '/api/opportunities/rank',
    ask: post({}),
    before: ({ station }) => (station.ranking.isEnabled = false),
  },
  'health.acknowledgeAlert NOT_FOUND': { path: '/api/alerts/no-such-alert/acknowledge', ask: post({}) },
  'health.setOwnAlerts REFUSED': {
    path: '/api/alerts/own',
    ask: { ...post({ items: [twice, twice] }), method: 'PUT' },
  },
  'health.acknowledgeStreak REFUSED': { path: '/api/governor/acknowledge_streak', ask: post({}) },
  'keys.check NOT_FOUND': { path: '/api/keys/demo/check', ask: post({}) },
  'keys.fix NOT_FOUND': { path: '/api/keys/demo/fix', ask: post({}) },
  'keys.remove NOT_FOUND': { path: '/api/keys/demo/remove', ask: post({}) },
  'places.go REFUSED': { path: '/api/places/go', ask: post({ place: 'demo' }) },
  'emergency.release REFUSED': {
    path: '/api/emergency/release',
    ask: post({ id: 'no-such-emergency', confirm: 'RELEASE' }),
  },
  'station.setSpeed REFUSED': { path: '/api/clock/speed', ask: post({ speed: 2 }), before: realTime },
  'station.setPaused REFUSED': { path: '/api/clock/pause', ask: post({ paused: true }), before: realTime },
}

/** Declared, but not to be had from this station over this door: what a person writes is not refused, and what is off here is on. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  ...['change', 'preview', 'reset', 'setRiskMode', 'switchRiskMode', 'pin', 'releaseHold', 'changeRules'].map(
    (name) => `policy.${name} REFUSED`,
  ),
  'policy.previewRules REFUSED',
  'policy.rollback REFUSED',
  'orders.place NOT_FOUND',
  'orders.place REFUSED',
  // the guard's word on them: test/station/foreign.test.ts, test/station/executor-entries.test.ts
  'positions.adopt DENIED',
  'orders.replace DENIED',
  // test/station/{key-desk,place-desk}.test.ts, test/headless/places.test.ts
  ...['add', 'check', 'fix', 'remove'].map((name) => `keys.${name} REFUSED`),
  'connections.reconcile REFUSED',
  'opportunities.preview REFUSED',
  'msc.evaluate REFUSED',
  'emergency.release NOT_FOUND',
])

const declared = allProcedures().flatMap(({ name, procedure }) =>
  Object.entries(procedure['~orpc'].errorMap)
    .filter(([code]) => !(code in COMMON_ERRORS))
    .map(([code]) => ({ key: `${name} ${code}`, code: code as ErrorCode, status: ERRORS[code as ErrorCode].status })),
)

describe('what a procedure declares', () => {
  test('is provoked here, each error of it, or is known not to be', () => {
    const known = new Set([...Object.keys(PROVOKED), ...ELSEWHERE])
    expect(declared.map(({ key }) => key).filter((key) => !known.has(key))).toEqual([])
    const told = new Set(declared.map(({ key }) => key))
    expect([...known].filter((key) => !told.has(key))).toEqual([])
  })

  test.each(declared.filter(({ key }) => Object.hasOwn(PROVOKED, key)))('$key', async ({ key, code, status }) => {
    const door = await opened()
    const { path, ask: asked, before } = PROVOKED[key]!
    before?.(door)
    const { version } = door.station.policy.current
    expectError(await ask(door, path, asked), status, code)
    expect(door.station.policy.current.version).toBe(version)
  })
})
