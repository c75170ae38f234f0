/** Sums per name, compared exactly. */
import { ZERO, type Exact } from '../../../core/model/decimal.ts'

export const differ = (what: string, found: Exact, from: string, wanted: Exact): string =>
  `${what} is ${found.toFixed()}, ${from} ${wanted.toFixed()}`

/** A sum per name. */
export class Sums {
  readonly #sums = new Map<string, Exact>()

  add(name: string, amount: Exact): void {
    this.#sums.set(name, this.of(name).plus(amount))
  }

  of(name: string): Exact {
    return this.#sums.get(name) ?? ZERO
  }

  *differences(other: Sums): Generator<readonly [name: string, mine: Exact, theirs: Exact]> {
    for (const name of new Set([...this.#sums.keys(), ...other.#sums.keys()])) {
      if (!this.of(name).eq(other.of(name))) yield [name, this.of(name), other.of(name)]
    }
  }
}
