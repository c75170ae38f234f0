/**
 * Signed-in browsers: a printed link, good once, becomes a cookie. Links live in memory and end with the process;
 * sessions are kept beside the tokens, as a hash only, so that a restart of the station signs nobody out.
 */
import type { TokenRow, TokenShelf } from '../station/answers/index.ts'
import { hashOf, isSession, newSecret, SESSION_PREFIX } from './tokens.ts'

export class Sessions {
  readonly #max: number
  readonly #shelf: TokenShelf
  readonly #now: () => number
  readonly #links = new Set<string>()

  /** `max`: browsers that may be signed in; one more signs out the oldest. `now`: epoch ms. */
  constructor(max: number, shelf: TokenShelf, now: () => number) {
    this.#max = max
    this.#shelf = shelf
    this.#now = now
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
    this.#makeRoom()
    const session = newSecret()
    const hash = hashOf(session)
    this.#shelf.add({ name: `${SESSION_PREFIX}${hash.slice(0, 12)}`, scope: 'control', hash, createdAt: this.#now() })
    return session
  }

  has(session: string): boolean {
    const row = this.#shelf.find(hashOf(session))
    return row !== null && isSession(row)
  }

  #makeRoom(): void {
    const open: TokenRow[] = this.#shelf.list().filter(isSession)
    const oldestFirst = open.toSorted((a, b) => a.createdAt - b.createdAt)
    for (const { name } of oldestFirst.slice(0, Math.max(0, open.length - this.#max + 1))) this.#shelf.remove(name)
  }
}
