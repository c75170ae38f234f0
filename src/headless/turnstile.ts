/** Lets requests in one after the other, a few ms at a time: between these the station's own work has its turn. */

/** Once everything that can go on without waiting has gone on. */
const drained = (): Promise<void> =>
  new Promise((resolve) => {
    process.nextTick(resolve)
  })

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

export class Turnstile {
  readonly #sliceMs: number
  readonly #waiting: (() => void)[] = []
  #isTurning = false

  /** `sliceMs`: how long requests may keep the thread before everything else is asked */
  constructor(sliceMs: number) {
    this.#sliceMs = sliceMs
  }

  /** Resolves when it is this one's turn; a request that waits for something itself does not hold up the next. */
  enter(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      if (!this.#isTurning) void this.#turn()
    })
  }

  async #turn(): Promise<void> {
    this.#isTurning = true
    let until = performance.now() + this.#sliceMs
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      next()
      await drained()
      if (performance.now() < until) continue
      await nextTurn()
      until = performance.now() + this.#sliceMs
    }
    this.#isTurning = false
  }
}
