/**
 * The page's clock for ages: this machine's, but never back. A machine whose clock is set back by an hour must not make old
 * figures look fresh for an hour; set forward it makes them look old until the next message comes, which is the safe side.
 */
const WITHIN_MS = 250

export class PageClock {
  readonly #wall: () => number
  readonly #ticks: () => number
  #lastWall: number
  #lastTicks: number
  #lead = 0

  /** `wall`: epoch ms, may jump; `ticks`: ms that only run on */
  constructor(wall: () => number, ticks: () => number) {
    this.#wall = wall
    this.#ticks = ticks
    this.#lastWall = wall()
    this.#lastTicks = ticks()
  }

  /** epoch ms; after the machine's clock went back: as if it had not */
  now(): number {
    const [wall, ticks] = [this.#wall(), this.#ticks()]
    const missing = ticks - this.#lastTicks - (wall - this.#lastWall)
    if (missing > WITHIN_MS) this.#lead += missing
    this.#lastWall = wall
    this.#lastTicks = ticks
    return wall + this.#lead
  }
}

const clock = new PageClock(
  () => Date.now(),
  () => performance.now(),
)

export const pageNow = (): number => clock.now()
