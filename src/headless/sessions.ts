/** Signed-in browsers: a printed link, good once, becomes a cookie; sessions live in memory and end with the process. */
import { hashOf, newSecret } from './tokens.ts'

export class Sessions {
  readonly #max: number
  readonly #links = new Set<string>()
  readonly #open = new Set<string>()

  constructor(max: number) {
    this.#max = max
  }

  /** The secret of a new sign-in link; older links that were not used stop working. */
  newLink(): string {
    this.#links.clear()
    const key = newSecret()
    this.#links.add(hashOf(key))
    return key
  }

  /** The session that the link opens; null when it was used before or never given out. */
  redeem(key: string): string | null {
    if (!this.#links.delete(hashOf(key))) return null
    const [oldest] = this.#open
    if (this.#open.size >= this.#max && oldest !== undefined) this.#open.delete(oldest)
    const session = newSecret()
    this.#open.add(hashOf(session))
    return session
  }

  has(session: string): boolean {
    return this.#open.has(hashOf(session))
  }
}
