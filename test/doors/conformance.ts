/** One suite for every door: whatever carries the contract, the same calls have the same answers and the same errors. */
import { getEventIteratorSchemaDetails } from '@orpc/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'

import type { LiveMessage } from '../../src/contract/live.ts'
import { callOf, errorOf, pathsOf, type Client, type DoorUnderTest, type OpenDoor } from './door-under-test.ts'
import { Replica } from './replica.ts'
import { allProcedures } from './samples.ts'

const PROCEDURES = allProcedures()
const WATCH = 'station.watch'
/** ways in which a valid call may be told no by a station that has nothing of that name */
const FAIR_NO = new Set(['NOT_FOUND', 'REFUSED', 'DENIED'])

async function nextOf(messages: AsyncIterator<LiveMessage>): Promise<LiveMessage> {
  const { value, done } = await messages.next()
  if (done === true) throw new Error('the live state ended')
  return value
}

/** Follows the live state until it shows what is wanted; the test's own time limit ends a wait for ever. */
async function follow(client: Client, replica: Replica, isThere: () => boolean): Promise<AsyncIterator<LiveMessage>> {
  const messages = (await client.station.watch({})) as AsyncIterator<LiveMessage>
  do expect(replica.apply(await nextOf(messages))).toBe(true)
  while (!isThere())
  return messages
}

export function describeDoor(door: DoorUnderTest): void {
  describe(`the contract through ${door.name}`, () => {
    let open: OpenDoor

    beforeEach(async () => {
      open = await door.open()
    })
    afterEach(() => open.close())

    describe('every procedure', () => {
      test.each(PROCEDURES.filter(({ name }) => name !== WATCH))('$name answers as declared', async (procedure) => {
        const { outputSchema, errorMap } = procedure.procedure['~orpc']
        try {
          const output = await callOf(open.control, procedure)(procedure.sample)
          expect((outputSchema as z.ZodType).safeParse(output).error).toBeUndefined()
          expect(JSON.parse(JSON.stringify(output))).toEqual(output)
        } catch (problem) {
          const { code } = await errorOf(Promise.reject(problem))
          expect(FAIR_NO).toContain(code)
          expect(Object.keys(errorMap)).toContain(code)
        }
      })

      test.each(PROCEDURES.filter(({ scope }) => scope === 'control'))(
        '$name needs control scope',
        async (procedure) => {
          const before = await open.read.policy.get()
          const error = await errorOf(callOf(open.read, procedure)(procedure.sample))
          expect(error).toMatchObject({ code: 'FORBIDDEN_SCOPE', status: 403, data: { needed: 'control' } })
          expect((await open.read.policy.get()).policy).toEqual(before.policy)
        },
      )

      test.each(PROCEDURES.filter(({ scope, name }) => scope === 'read' && name !== WATCH))(
        '$name may be read with read scope',
        async (procedure) => {
          const answer = callOf(open.read, procedure)(procedure.sample)
          await expect(
            answer.then(
              () => 'answered',
              (problem: { code: string }) => problem.code,
            ),
          ).resolves.toMatch(/answered|NOT_FOUND/)
        },
      )

      test.each(PROCEDURES.filter(({ procedure }) => procedure['~orpc'].inputSchema))(
        '$name names a field it does not know',
        async (procedure) => {
          const input = { ...(procedure.sample as object), no_such_field: 1 }
          const error = await errorOf(callOf(open.control, procedure)(input))
          expect(error).toMatchObject({ code: 'INVALID_INPUT', status: 400 })
          expect(pathsOf(error)).toContain('no_such_field')
          expect(error.data.trace_id).not.toBe('')
        },
      )
    })

    describe('the policy', () => {
      test('a change is read back, counted, remembered and undone', async () => {
        const { control } = open
        const before = (await control.policy.get()).policy
        const changed = await control.policy.change({ max_positions: 7, reason: 'fewer at once' })
        expect(changed.policy).toMatchObject({ version: before.version + 1, max_positions: 7, reason: 'fewer at once' })
        expect(changed.changes).toContainEqual({ path: 'max_positions', from: before.max_positions, to: 7 })
        expect(changed.policy.effective.max_positions.value).toBe(7)
        const [latest] = (await control.policy.history({ limit: 1 })).items
        expect(latest).toMatchObject({ version: changed.policy.version, reason: 'fewer at once' })
        expect(latest?.changes).toEqual(changed.changes)
        const undone = await control.policy.undo({ version: changed.policy.version })
        expect(undone.policy.max_positions).toBe(before.max_positions)
      })

      test('every bad field is named at once and nothing is written', async () => {
        const before = (await open.control.policy.get()).policy
        const patch = { max_positions: 0, max_risk_per_trade: 'much', global_min_confidence: 2, allowd_symbols: [] }
        const error = await errorOf(open.control.policy.change(patch as never))
        expect(error.code).toBe('INVALID_INPUT')
        expect(pathsOf(error).toSorted()).toEqual([
          'allowd_symbols',
          'global_min_confidence',
          'max_positions',
          'max_risk_per_trade',
        ])
        expect(error.data.fields).toContainEqual({ path: 'max_positions', message: 'must be at least 1, was 0' })
        expect((await open.control.policy.get()).policy).toEqual(before)
      })

      test('an empty change is refused', async () => {
        const error = await errorOf(open.control.policy.change({}))
        expect(error.code).toBe('INVALID_INPUT')
      })

      test('a write based on an old version conflicts only on fields changed since', async () => {
        const { control } = open
        const { version } = (await control.policy.get()).policy
        await control.policy.change({ max_positions: 6 })
        const error = await errorOf(control.policy.change({ max_positions: 5, expected_version: version }))
        expect(error).toMatchObject({ code: 'CONFLICT', status: 412, data: { current_version: version + 1 } })
        expect(pathsOf(error)).toEqual(['max_positions'])
        const other = await control.policy.change({ max_daily_trades: 9, expected_version: version })
        expect(other.policy).toMatchObject({ max_positions: 6, max_daily_trades: 9 })
      })

      test('a preview tells the consequences and changes nothing', async () => {
        const { control } = open
        const before = (await control.policy.get()).policy
        const preview = await control.policy.preview({ risk_mode: 'DEFENSIVE' })
        expect(preview.after.risk_mode).toBe('DEFENSIVE')
        expect(preview.before.risk_mode).toBe(before.risk_mode)
        expect((await control.policy.get()).policy).toEqual(before)
      })

      test('a preview of the rules tells the consequences, names every bad field, and changes nothing', async () => {
        const { control } = open
        const before = await control.policy.rules()
        const rules = { profiles: { NORMAL: { max_leverage: 4 } }, guard: { max_gross_exposure: 1.5 } }
        const preview = await control.policy.previewRules({ rules })
        expect(preview.after.max_leverage.value).toBe(4)
        expect(preview.after.max_gross_exposure.value).toBe(1.5)
        expect(preview.changes.map(({ path }) => path)).toEqual(
          expect.arrayContaining(['rules.profiles.NORMAL.max_leverage', 'rules.guard.max_gross_exposure']),
        )
        const bad = { profiles: { NORMAL: { max_leverage: 500 } }, guard: { max_heat: -1 } }
        const error = await errorOf(control.policy.previewRules({ rules: bad }))
        expect(pathsOf(error)).toEqual(['rules.profiles.NORMAL.max_leverage', 'rules.guard.max_heat'])
        expect(await control.policy.rules()).toEqual(before)
      })

      test('a mode is switched by either name of it, pinned when asked, unpinned', async () => {
        const { control } = open
        const switched = await control.policy.switchRiskMode({ mode: 'AGGRESSIVE_SMALL_ACCOUNT', pin_until: null })
        expect(switched.policy).toMatchObject({ risk_mode: 'AGGRESSIVE', pin: { until: null } })
        expect((await control.policy.riskMode()).risk_mode).toBe('AGGRESSIVE')
        expect((await control.policy.unpin({})).policy.pin).toBeNull()
        expect((await errorOf(control.policy.unpin({}))).code).toBe('REFUSED')
        const { modes } = await control.policy.riskModes()
        expect(modes.filter(({ active }) => active).map(({ mode }) => mode)).toEqual(['AGGRESSIVE'])
      })

      test('a number set by hand is held until let go', async () => {
        const { control } = open
        const set = await control.policy.change({ max_positions: 5 })
        expect(set.policy.sources['max_positions']?.hold).toBe(5)
        const freed = await control.policy.releaseHold({ field: 'max_positions' })
        expect(freed.policy.sources['max_positions']?.hold).toBeNull()
      })

      test('rules are changed by their path, and a bad one is named by its path', async () => {
        const { control } = open
        const { rules } = await control.policy.rules()
        await control.policy.changeRules({
          rules: { profiles: { NORMAL: { max_leverage: 4 } }, guard: { max_heat: 0.05 } },
        })
        const after = (await control.policy.rules()).rules
        expect(after.profiles.NORMAL).toEqual({ ...rules.profiles.NORMAL, max_leverage: 4 })
        expect(after.guard).toEqual({ ...rules.guard, max_heat: 0.05 })
        const error = await errorOf(control.policy.changeRules({ rules: { guard: { max_heat: 7 } } }))
        expect(error.code).toBe('INVALID_INPUT')
        expect(pathsOf(error)).toEqual(['rules.guard.max_heat'])
      })

      test('history is compared and rolled back to, as a new version', async () => {
        const { control } = open
        const first = (await control.policy.get()).policy
        await control.policy.change({ blocked_strategies: ['breakout_hunter'] })
        const last = (await control.policy.change({ max_positions: 3 })).policy
        const diff = await control.policy.diff({ from: first.version, to: last.version })
        expect(diff.changes.map(({ path }) => path)).toEqual(
          expect.arrayContaining(['blocked_strategies', 'max_positions']),
        )
        const back = await control.policy.rollback({ version: first.version })
        expect(back.policy).toMatchObject({ version: last.version + 1, max_positions: first.max_positions })
        expect(back.policy.blocked_strategies).toEqual(first.blocked_strategies)
        for (const call of [control.policy.rollback, control.policy.version, control.policy.undo])
          expect((await errorOf(call({ version: 9999 }))).code).toBe('NOT_FOUND')
      })

      test('history is paged by its cursor', async () => {
        const { control } = open
        for (const max_positions of [3, 4, 5]) await control.policy.change({ max_positions })
        const page = await control.policy.history({ limit: 2 })
        expect(page.items).toHaveLength(2)
        const rest = await control.policy.history({ limit: 50, before: Number(page.next) })
        expect(rest.items[0]?.version).toBe((page.items[1]?.version ?? 0) - 1)
        expect(rest.next).toBeNull()
      })
    })

    describe('what a person may do', () => {
      test('the kill switch is engaged at once and released only by id and word', async () => {
        const { control } = open
        const { id } = await control.emergency.engage({ reason: 'a drill' })
        expect((await control.policy.get()).policy.emergency).toMatchObject({ id, reason: 'a drill' })
        expect((await control.policy.effective()).effective.allow_new_positions.value).toBe(false)
        for (const wrong of [
          { id, confirm: 'release' },
          { id: 'another', confirm: 'RELEASE' },
        ])
          expect((await errorOf(control.emergency.release(wrong))).code).toBe('REFUSED')
        await control.emergency.release({ id, confirm: 'RELEASE' })
        expect((await control.policy.get()).policy.emergency).toBeNull()
      })

      test('a manual order is denied with the whole denial, and while the kill switch holds', async () => {
        const wish = { side: 'LONG' as const, quantity: '0.01', stop_price: 1 }
        const unknown = await errorOf(open.control.orders.place({ ...wish, symbol: 'NOSUCHUSDT' }))
        expect(unknown).toMatchObject({ code: 'DENIED', status: 409 })
        expect(unknown.data['denial']).toMatchObject({ code: 'symbol_not_allowed', check: 2 })
        await open.control.emergency.engage({ reason: 'a drill' })
        const denied = await errorOf(open.control.orders.place({ ...wish, symbol: open.symbol }))
        expect(denied.data['denial']).toMatchObject({ code: 'emergency', check: 1 })
      })

      test('an order has exactly one size', async () => {
        const wish = { symbol: open.symbol, side: 'LONG' as const, stop_price: 1 }
        for (const size of [{}, { quantity: 1, notional_usd: 100 }])
          expect(pathsOf(await errorOf(open.control.orders.place({ ...wish, ...size })))).toEqual(['quantity'])
      })

      test('money keeps every digit', async () => {
        const { control } = open
        const before = (await control.account.get()).account
        await control.account.deposit({ amount: '0.00000001' })
        const after = (await control.account.get()).account
        const units = (text: string | undefined): bigint =>
          BigInt(
            Number(text ?? 0)
              .toFixed(8)
              .replace('.', ''),
          )
        expect(units(after?.balance) - units(before?.balance)).toBe(1n)
      })

      test('what a decision not taken would have made', async () => {
        const { hindsight } = await open.control.records.hindsight({ id: 'decision-0' })
        expect(hindsight).toMatchObject({ end: 'TARGET', entry_price: 100, exit_price: 104, share: 0.03898 })
      })

      test('what is not there is not found', async () => {
        const { control } = open
        expect((await errorOf(control.orders.cancel({ client_order_id: 'sb-none' }))).code).toBe('NOT_FOUND')
        expect((await errorOf(control.positions.close({ symbol: 'NOTHELDUSDT' }))).code).toBe('NOT_FOUND')
        expect((await errorOf(control.records.decision({ id: 'none' }))).code).toBe('NOT_FOUND')
        const candles = control.market.candles({ symbol: 'NOSUCHUSDT', interval: '1h' })
        expect((await errorOf(candles)).code).toBe('NOT_FOUND')
      })

      test('a cursor that no page gave is named', async () => {
        const error = await errorOf(open.control.records.decisions({ cursor: 'made up' }))
        expect(error.code).toBe('INVALID_INPUT')
        expect(pathsOf(error)).toEqual(['cursor'])
      })
    })

    describe('the live state', () => {
      test('begins with a snapshot and counts its changes up by one', async () => {
        const { control } = open
        const replica = new Replica()
        const messages = await follow(control, replica, () => true)
        expect(replica.seq).toBe(1)
        const { effective, ...policy } = (await control.policy.get()).policy
        expect(replica.state).toMatchObject({ policy, effective })
        for (const max_positions of [3, 4]) {
          await control.policy.change({ max_positions })
          do expect(replica.apply(await nextOf(messages))).toBe(true)
          while (replica.state.policy?.max_positions !== max_positions)
        }
        expect(replica.state.effective?.max_positions.value).toBe(4)
        expect(replica.snapshots).toBe(1)
        await messages.return?.()
      })

      test('is the same for everyone and ends for one alone', async () => {
        const { control, read } = open
        const [one, other] = [new Replica(), new Replica()]
        const first = await follow(control, one, () => true)
        const second = await follow(read, other, () => true)
        await first.return?.()
        await control.policy.change({ max_positions: 2 })
        do expect(other.apply(await nextOf(second))).toBe(true)
        while (other.state.policy?.max_positions !== 2)
        await second.return?.()
      })

      test('tells only the topics that were asked for', async () => {
        const messages = (await open.control.station.watch({ topics: ['governor'] })) as AsyncIterator<LiveMessage>
        const first = await nextOf(messages)
        expect(first.kind === 'snapshot' && Object.keys(first.state)).toEqual(['governor'])
        await messages.return?.()
      })

      test('every message is as declared', async () => {
        const { outputSchema } = PROCEDURES.find(({ name }) => name === WATCH)!.procedure['~orpc']
        const schema = getEventIteratorSchemaDetails(outputSchema)?.yields
        const messages = (await open.control.station.watch({})) as AsyncIterator<LiveMessage>
        const checked = await schema?.['~standard'].validate(await nextOf(messages))
        expect(checked?.issues).toBeUndefined()
        await messages.return?.()
      })

      test('is let go when the caller gives up', async () => {
        const giveUp = new AbortController()
        const messages = (await open.control.station.watch({}, { signal: giveUp.signal })) as AsyncIterator<LiveMessage>
        await nextOf(messages)
        const waiting = messages.next().then(
          () => 'ended',
          () => 'ended',
        )
        giveUp.abort()
        await expect(waiting).resolves.toBe('ended')
      })
    })
  })
}
