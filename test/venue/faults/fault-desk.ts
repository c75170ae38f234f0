/** Which faults are armed, and whether one strikes now. */
import { Random } from '../../../src/adapters/market-simulator/random.ts'
import { floorToStep, maxOf, type Exact } from '../../../src/core/model/decimal.ts'
import { isCode, type Code } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import type { UserEvent } from '../streams/user-events.ts'
import type { AlgoOrder } from '../trading/algo-order.ts'
import { doDeed } from './deeds.ts'
import { numberIn } from './fault-fields.ts'
import { kindOf, type FaultFields, type FaultName, type FaultRule } from './fault-names.ts'

interface Armed {
  readonly rule: FaultRule
  toLetPass: number
  left: number
}

export interface Struck {
  readonly at: number
  readonly name: FaultName
  readonly on: string
}

const SALT = 0x5eed
const KEPT = 10_000

export class FaultDesk {
  private readonly exchange: Exchange
  private readonly random: Random
  private readonly armed: Armed[] = []
  /** what has struck, oldest first */
  readonly struck: Struck[] = []

  constructor(exchange: Exchange) {
    this.exchange = exchange
    this.random = Random.seeded(exchange.seed ^ SALT)
  }

  /** Arms a rule; a deed without a time is done at once. */
  inject(rule: FaultRule): void {
    const { clock } = this.exchange
    const begin = (): void => {
      if (kindOf(rule.name) === 'deed') this.deed(rule, rule.times ?? (rule.everyMs === undefined ? 1 : Infinity))
      else this.arm(rule)
    }
    if (rule.atMs === undefined) begin()
    else clock.at(clock.now() + rule.atMs, begin)
  }

  /** Disarms a name, or all. */
  clear(name?: string): void {
    for (const each of this.armed) if (name === undefined || each.rule.name === name) each.left = 0
    this.tidy()
  }

  /** The fields of the fault that strikes here, if one does. */
  strikes(name: FaultName, on: string): FaultFields | null {
    if (this.armed.length === 0) return null
    for (const each of this.armed) {
      const { rule } = each
      if (rule.name !== name || !on.includes(rule.on ?? '')) continue
      if (each.toLetPass > 0) {
        each.toLetPass -= 1
        continue
      }
      if (rule.probability !== undefined && this.random.uniform() >= rule.probability) continue
      each.left -= 1
      this.tidy()
      this.remember(name, on)
      return rule.fields ?? {}
    }
    return null
  }

  /** How much of what it wants an order can take. */
  partialTake(symbol: string, wanted: Exact, step: Exact): Exact {
    const fault = this.strikes('partial-take', symbol)
    return fault === null ? wanted : maxOf(floorToStep(wanted.times(numberIn(fault, 'share', 0.5)), step), step)
  }

  /** ms that a conditional order stays in TRIGGERING; Infinity until released */
  stuckTriggering(algo: AlgoOrder): number {
    const fault = this.strikes('stuck-triggering', algo.symbol)
    return fault === null ? 0 : numberIn(fault, 'ms', Infinity)
  }

  refusedChild(algo: AlgoOrder): Code | null {
    const fault = this.strikes('child-refused', algo.symbol)
    if (fault === null) return null
    const code = numberIn(fault, 'code', -2019)
    return isCode(code) ? code : -2019
  }

  losesEvent(event: UserEvent): boolean {
    return this.strikes('lose-event', event.e) !== null
  }

  swapsEvent(event: UserEvent): boolean {
    return this.strikes('swap-events', event.e) !== null
  }

  doublesEvent(event: UserEvent): boolean {
    return this.strikes('duplicate-event', event.e) !== null
  }

  eventDelay(event: UserEvent): number {
    const fault = this.strikes('delay-event', event.e)
    return fault === null ? 0 : numberIn(fault, 'ms', 1000)
  }

  /** ms of venue time until a request is handled */
  slowness(on: string): number {
    const fault = this.strikes('slow', on)
    if (fault === null) return 0
    const leastMs = numberIn(fault, 'ms', 0)
    const mostMs = numberIn(fault, 'upToMs', leastMs)
    return leastMs + Math.floor(this.random.uniform() * (mostMs - leastMs))
  }

  private arm(rule: FaultRule): void {
    const left = rule.times ?? (rule.probability === undefined ? 1 : Infinity)
    this.armed.push({ rule, toLetPass: rule.after ?? 0, left })
  }

  private deed(rule: FaultRule, times: number): void {
    if (rule.probability === undefined || this.random.uniform() < rule.probability) {
      this.remember(rule.name, rule.on ?? '')
      doDeed(this.exchange, rule.name, rule.fields ?? {})
    }
    const { clock } = this.exchange
    if (rule.everyMs !== undefined && times > 1) clock.at(clock.now() + rule.everyMs, () => this.deed(rule, times - 1))
  }

  private tidy(): void {
    for (let index = this.armed.length - 1; index >= 0; index--) {
      if ((this.armed[index] as Armed).left <= 0) this.armed.splice(index, 1)
    }
  }

  private remember(name: FaultName, on: string): void {
    if (this.struck.length < KEPT) this.struck.push({ at: this.exchange.now(), name, on })
  }
}
