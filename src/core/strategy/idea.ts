/** Remembers which way a strategy last wanted to be and for how many bars, so that it can say when that is over. */
import type { Side } from '../model/signal.ts'

export class Idea {
  /** null: nothing wanted at the moment */
  side: Side | null = null
  /** bars since it was had; means nothing while `side` is null */
  age = 0

  /** Call once per bar, before `have` and `drop`. */
  next(): void {
    this.age += 1
  }

  have(side: Side): void {
    this.side = side
    this.age = 0
  }

  drop(): void {
    this.side = null
  }
}
