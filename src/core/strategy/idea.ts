/** Remembers which way a strategy last wanted to be and for how many bars, so that it can say when that is over. */
import type { Side } from '../model/signal.ts'

export class Idea {
  /** null: nothing wanted at the moment */
  side: Side | null = null
  /** bars since it was had */
  age = 0

  /** Call once per bar, before `have` and `drop`. */
  next(): void {
    if (this.side !== null) this.age += 1
  }

  have(side: Side): void {
    this.side = side
    this.age = 0
  }

  drop(): void {
    this.side = null
    this.age = 0
  }
}
