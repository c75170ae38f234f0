/** A life that ends by its own hand, at the very boundary it was told: kill -9 from inside, between two statements. */
import { PaperExchange } from '../../src/adapters/paper/paper-exchange.ts'
import { SqliteDatabase } from '../../src/adapters/sqlite/database.ts'
import { SqliteJournal } from '../../src/adapters/sqlite/journal.ts'
import { SqlitePaperShelf } from '../../src/adapters/sqlite/paper-shelf.ts'
import { SqlitePolicyShelf } from '../../src/adapters/sqlite/policy-shelf.ts'
import type { DeathPoint, LifeOrders } from './told.ts'

type Shelf = 'journal' | 'paper' | 'policy'
type Method = (...values: unknown[]) => unknown

/** Puts `around` in the place of a method of every object of a class; `call` is what the method did. */
function wrap(prototype: object, name: string, around: (call: Method, values: unknown[]) => unknown): void {
  const original = Reflect.get(prototype, name) as (this: object, ...values: unknown[]) => unknown
  Object.defineProperty(prototype, name, {
    value(this: object, ...values: unknown[]) {
      return around((...given) => original.apply(this, given), values)
    },
  })
}

export function dieAt(death: NonNullable<LifeOrders['death']>): void {
  let passed = 0
  const pass = (point: DeathPoint): void => {
    if (point !== death.point) return
    passed++
    if (passed === death.nth) process.kill(process.pid, 'SIGKILL')
  }
  aroundCommits(pass)
  for (const kind of ['submit', 'cancel'] as const) {
    wrap(PaperExchange.prototype, kind, (call, values) => {
      pass(`${kind}:before`)
      call(...values)
      pass(`${kind}:after`)
    })
  }
  wrap(PaperExchange.prototype, 'connect', (call, [tell]) => {
    const told = (report: unknown): void => {
      pass('report:before')
      ;(tell as (report: unknown) => void)(report)
      pass('report:after')
    }
    return call(told)
  })
}

/** Before it, when everything is written and only the commit is missing, and after it. */
function aroundCommits(pass: (point: DeathPoint) => void): void {
  let writing: Shelf | null = null
  const around = (prototype: object, method: string, shelf: Shelf): void => {
    wrap(prototype, method, (call, values) => {
      pass(`${shelf}:before`)
      writing = shelf
      call(...values)
      writing = null
      pass(`${shelf}:after`)
    })
  }
  around(SqliteJournal.prototype, 'flush', 'journal')
  around(SqlitePaperShelf.prototype, 'commit', 'paper')
  around(SqlitePolicyShelf.prototype, 'commit', 'policy')
  wrap(SqliteDatabase.prototype, 'commit', (call, [durability, work]) => {
    const written = (): void => {
      ;(work as () => void)()
      if (writing !== null) pass(`${writing}:inside`)
    }
    call(durability, written)
  })
}
