/** What must be true of a data folder at any instant, whoever was killed in it, and of all that was acknowledged there before. */
import type Database from 'better-sqlite3'

import { DatabaseUnusable } from '../../src/adapters/sqlite/errors.ts'
import { databaseFile, openToRead } from '../../src/adapters/sqlite/open-database.ts'
import { storeOf } from '../../src/adapters/sqlite/store.ts'
import { verifyDatabase } from '../../src/adapters/sqlite/verify-database.ts'
import { exact, ZERO } from '../../src/core/model/decimal.ts'
import type { OrderState } from '../../src/core/model/order.ts'
import { canMove } from '../../src/core/order/transitions.ts'
import type { PolicyShelf } from '../../src/core/ports/policy-shelf.ts'
import { documents, type Document } from './audit.ts'
import { fieldsOf, type PolicyFields, type Told } from './told.ts'

type Sql = Database.Database

const TRUE_ALARMS = new Set([
  // the exchange's own word on an order, or its price ran over a stop that was being placed
  'protection_failed',
  'liquidated',
])

export class Evidence {
  readonly #folder: string
  readonly #policies = new Map<number, PolicyFields>()
  readonly #orders = new Set<string>()
  readonly #deposits: string[] = []
  #feedPosition = 0
  audits = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  get acknowledged(): number {
    return this.#policies.size + this.#orders.size + this.#deposits.length
  }

  /** Notes what a life acknowledged. Its own complaints are faults. */
  take(told: readonly Told[]): readonly string[] {
    const faults: string[] = []
    for (const each of told) {
      if (each.kind === 'policy') this.#policies.set(each.version, each.fields)
      if (each.kind === 'order') this.#orders.add(each.id)
      if (each.kind === 'deposit') this.#deposits.push(each.amount)
      if (each.kind === 'audit') {
        this.audits++
        faults.push(...each.faults)
      }
      if (each.kind === 'fault') faults.push(`logged ${each.event}: ${JSON.stringify(each.fields)}`)
    }
    return faults
  }

  /** `isThorough`: every row of the database is looked at, as `signalbox verify` does. */
  faults(isThorough: boolean): readonly string[] {
    if (this.#isUnborn()) return []
    const database = openToRead(databaseFile(this.#folder))
    try {
      const { sql } = database
      return [
        ...this.#policyFaults(storeOf(database).policies),
        ...this.#orderFaults(sql),
        ...this.#depositFaults(sql),
        ...this.#feedFaults(sql),
        ...unjournaled(sql),
        ...doubled(sql),
        ...illegalStates(sql),
        ...alarms(sql),
        ...(isThorough
          ? verifyDatabase(sql).flatMap(({ check, faults }) => faults.map((fault) => `${check}: ${fault}`))
          : []),
      ]
    } finally {
      database.close()
    }
  }

  /** Killed before there was a whole database, nothing was acknowledged. */
  #isUnborn(): boolean {
    if (this.acknowledged > 0) return false
    try {
      openToRead(databaseFile(this.#folder)).close()
      return false
    } catch (problem) {
      if (problem instanceof DatabaseUnusable && ['absent', 'older'].includes(problem.problem)) return true
      throw problem
    }
  }

  #policyFaults(shelf: PolicyShelf): string[] {
    const found = shelf.load()
    if (found === undefined) return this.#policies.size === 0 ? [] : ['the policy is gone']
    if (found === 'unreadable' || found.recoveredFrom !== 'current') return ['the current policy is unreadable']
    const newest = Math.max(0, ...this.#policies.keys())
    const { version } = found.policy
    const lost = version < newest ? [`policy ${String(newest)} was acknowledged, ${String(version)} is current`] : []
    const wrong = [...this.#policies].flatMap(([acknowledged, fields]) => {
      const kept = shelf.version(acknowledged)?.policy
      const asIs = kept === undefined ? 'nothing' : JSON.stringify(fieldsOf(kept))
      const asTold = JSON.stringify(fields)
      return asIs === asTold
        ? []
        : [`policy ${String(acknowledged)} was acknowledged as ${asTold}, its history has ${asIs}`]
    })
    return [...lost, ...wrong]
  }

  #orderFaults(sql: Sql): string[] {
    const find = sql.prepare<[string], number>('SELECT 1 FROM orders WHERE client_order_id = ?').pluck()
    return [...this.#orders]
      .filter((id) => find.get(id) === undefined)
      .map((id) => `order ${id} was acknowledged and is gone`)
  }

  #depositFaults(sql: Sql): string[] {
    type Movement = { readonly kind: string; readonly amount: string }
    const movements = (documents(sql, 'income') as readonly Document<Movement>[]).map(({ value }) => value)
    const found = movements
      .filter(({ kind }) => kind === 'DEPOSIT' || kind === 'WITHDRAWAL')
      .map(({ amount }) => amount)
    return this.#deposits.flatMap((amount) => {
      const at = found.indexOf(amount)
      if (at >= 0) found.splice(at, 1)
      return at >= 0 ? [] : [`a deposit of ${amount} was acknowledged and is gone`]
    })
  }

  #feedFaults(sql: Sql): string[] {
    const value = sql.prepare<[], string>(`SELECT value FROM settings WHERE name = 'feed_position'`).pluck().get()
    const before = this.#feedPosition
    this.#feedPosition = Number(value ?? 0)
    return this.#feedPosition < before
      ? [`the feed's position went from ${String(before)} to ${value ?? 'nothing'}`]
      : []
  }
}

interface AtExchange {
  readonly id: string
  readonly quantity: string
  readonly filled: string
}

/** Every order the exchange ever took, its own liquidations aside. */
function atExchange(sql: Sql): readonly AtExchange[] {
  type Open = { readonly request: { readonly quantity: string }; readonly filled: string }
  type Closed = { readonly request: { readonly quantity: string }; readonly filledQuantity: string }
  const open = (documents(sql, 'order') as readonly Document<Open>[]).map(({ key, value }) => ({
    id: key,
    filled: value.filled,
    quantity: value.request.quantity,
  }))
  const closed = (documents(sql, 'closed') as readonly Document<Closed>[]).map(({ key, value }) => ({
    id: key,
    filled: value.filledQuantity,
    quantity: value.request.quantity,
  }))
  return [...open, ...closed].filter(({ id }) => !id.startsWith('autoclose-'))
}

/** Journal before acting: nothing reaches the exchange that the journal does not know. */
function unjournaled(sql: Sql): string[] {
  const find = sql.prepare<[string], number>('SELECT 1 FROM orders WHERE client_order_id = ?').pluck()
  return atExchange(sql)
    .filter(({ id }) => find.get(id) === undefined)
    .map(({ id }) => `order ${id} is at the exchange and not in the journal`)
}

/** One intent, at most the order that rests and the IOC, and together no more than was intended; no id twice; no overfill. */
function doubled(sql: Sql): string[] {
  const faults: string[] = []
  const orders = atExchange(sql)
  const ids = new Set<string>()
  const filled = fillsOf(sql)
  for (const { id, quantity, filled: said } of orders) {
    if (ids.has(id)) faults.push(`order ${id} is twice at the exchange`)
    ids.add(id)
    const sum = filled.get(id) ?? ZERO
    if (sum.gt(quantity)) faults.push(`order ${id} of ${quantity} was filled by ${sum.toFixed()}`)
    if (!sum.eq(said)) faults.push(`order ${id}: its fills make ${sum.toFixed()}, the exchange says ${said}`)
  }
  type Entry = { client_order_id: string; intent_id: string; quantity: string; time_in_force: string }
  const entries = sql
    .prepare<[], Entry>(
      `SELECT client_order_id, intent_id, quantity, time_in_force FROM orders WHERE purpose = 'ENTRY' ORDER BY row`,
    )
    .all()
  for (const [intent, own] of Map.groupBy(entries, (entry) => entry.intent_id)) {
    const immediate = own.filter((entry) => entry.time_in_force === 'IOC').length
    if (immediate > 1 || own.length - immediate > 1) faults.push(`intent ${intent} made ${String(own.length)} entries`)
    const sum = own.reduce((total, entry) => total.plus(filled.get(entry.client_order_id) ?? 0), ZERO)
    if (sum.gt(own[0]?.quantity ?? 0))
      faults.push(`intent ${intent} of ${own[0]?.quantity ?? ''} was filled by ${sum.toFixed()}`)
  }
  return faults
}

function fillsOf(sql: Sql): ReadonlyMap<string, typeof ZERO> {
  type Fill = { readonly clientOrderId: string; readonly quantity: string }
  const filled = new Map<string, typeof ZERO>()
  for (const { value } of documents(sql, 'fill') as readonly Document<Fill>[]) {
    filled.set(value.clientOrderId, (filled.get(value.clientOrderId) ?? ZERO).plus(exact(value.quantity)))
  }
  return filled
}

/** A step of the table, or two where the order was UNKNOWN for an instant. */
const follows = (from: OrderState, to: OrderState): boolean =>
  from === to || canMove(from, to) || (canMove(from, 'UNKNOWN') && canMove('UNKNOWN', to))

function illegalStates(sql: Sql): string[] {
  const faults: string[] = []
  const last = new Map<string, OrderState>()
  const events = sql.prepare<[], string>(`SELECT data FROM events WHERE type = 'order.changed' ORDER BY seq`).pluck()
  for (const text of events.iterate()) {
    const { clientOrderId, state } = JSON.parse(text) as { clientOrderId: string; state: OrderState }
    const from = last.get(clientOrderId) ?? 'INTENT'
    if (!follows(from, state)) faults.push(`order ${clientOrderId} went from ${from} to ${state}`)
    last.set(clientOrderId, state)
  }
  type Row = { client_order_id: string; state: OrderState }
  for (const { client_order_id: id, state } of sql
    .prepare<[], Row>('SELECT client_order_id, state FROM orders')
    .iterate()) {
    if (last.get(id) !== state)
      faults.push(`order ${id} is ${state}, the last that was told is ${last.get(id) ?? 'nothing'}`)
  }
  return faults
}

/** After a kill nothing may differ that needs correcting, and nothing may fail: such alarms are faults. */
function alarms(sql: Sql): string[] {
  type Row = { code: string; message: string }
  const rows = sql.prepare<[], Row>('SELECT code, message FROM alerts').all()
  return rows.filter(({ code }) => !TRUE_ALARMS.has(code)).map(({ code, message }) => `alarm ${code}: ${message}`)
}
