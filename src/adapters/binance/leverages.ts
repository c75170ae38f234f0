/** Leverage and margin type of each contract, set before an entry that needs them. */
import { BinanceFault, faultOf } from './faults.ts'
import type { Rest } from './rest.ts'

const ALREADY_SO = -4046

export class Leverages {
  readonly #rest: Rest
  readonly #known = new Map<string, number>()
  readonly #isolated = new Set<string>()

  constructor(rest: Rest) {
    this.#rest = rest
  }

  told(symbol: string, leverage: number): void {
    this.#known.set(symbol, leverage)
  }

  /** Something was refused because of it: nothing is taken for granted any more. */
  forget(symbol: string): void {
    this.#known.delete(symbol)
    this.#isolated.delete(symbol)
  }

  /** Somebody else may have set them while we did not hear of it. */
  forgetAll(): void {
    this.#known.clear()
    this.#isolated.clear()
  }

  /** Isolated margin and this leverage. @throws BinanceFault when the exchange refuses either: nothing was ordered then */
  async set(symbol: string, leverage: number): Promise<void> {
    if (!Number.isInteger(leverage))
      throw new BinanceFault({ status: 400, code: -4028, message: `leverage ${leverage} is not a whole number` })
    await this.#isolate(symbol)
    if (this.#known.get(symbol) === leverage) return
    await this.#post('leverage', { symbol, leverage })
    this.#known.set(symbol, leverage)
  }

  async #isolate(symbol: string): Promise<void> {
    if (this.#isolated.has(symbol)) return
    try {
      await this.#post('marginType', { symbol, marginType: 'ISOLATED' })
    } catch (problem) {
      const fault = faultOf(problem)
      if (fault.code !== ALREADY_SO) throw fault
    }
    this.#isolated.add(symbol)
  }

  /** An answer that never came is no unknown order: the order itself was not sent. */
  async #post(path: string, params: Readonly<Record<string, string | number>>): Promise<void> {
    try {
      await this.#rest.call({ api: 'fapiPrivate', method: 'POST', path, params, weight: 1, priority: 'entry' })
    } catch (problem) {
      const fault = faultOf(problem)
      if (fault.meaning.consequence !== 'unknown') throw fault
      const message = `the order was not sent: ${path} was not answered (${fault.message})`
      throw new BinanceFault({ status: 503, code: -1008, message })
    }
  }
}
