/** Keys of the user-data stream: one at a time, an hour from the last extension. */
import type { Random } from '../../../src/adapters/market-simulator/random.ts'
import type { Cancel, Clock } from '../../../src/core/ports/clock.ts'
import { VenueError } from '../errors.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const LENGTH = 64

export class ListenKeys {
  private readonly clock: Clock
  private readonly random: Random
  private readonly validMs: number
  private readonly expired: (key: string) => void
  private current: { readonly key: string; until: number } | null = null
  private cancel: Cancel | null = null

  constructor(clock: Clock, random: Random, validMs: number, expired: (key: string) => void) {
    this.clock = clock
    this.random = random
    this.validMs = validMs
    this.expired = expired
  }

  /** The same while it is active; its time begins anew. */
  open(): string {
    this.current ??= { key: this.made(), until: 0 }
    this.extend()
    return this.current.key
  }

  /** Throws when there is none. */
  extend(): string {
    const { current } = this
    if (current === null) throw new VenueError(-1125)
    current.until = this.clock.now() + this.validMs
    this.cancel?.()
    this.cancel = this.clock.at(current.until, () => this.expire())
    return current.key
  }

  /** Ends without a word, as its owner wishes. */
  close(): void {
    this.cancel?.()
    this.current = null
  }

  /** Ends and is told. */
  expire(): void {
    const { current } = this
    this.close()
    if (current !== null) this.expired(current.key)
  }

  isActive(key: string): boolean {
    return this.current?.key === key
  }

  private made(): string {
    return Array.from({ length: LENGTH }, () => LETTERS[Math.floor(this.random.uniform() * LETTERS.length)]).join('')
  }
}
