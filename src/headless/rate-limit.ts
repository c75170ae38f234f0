/** One token bucket per caller: so many calls per second, with a burst (SPEC §15). */
interface Bucket {
  tokens: number
  at: number
}

const MOST_BUCKETS = 1000

export class RateLimit {
  readonly #perMs: number
  readonly #burst: number
  readonly #now: () => number
  readonly #buckets = new Map<string, Bucket>()

  /** `now` in ms, never going back */
  constructor(perSecond: number, burst: number, now: () => number) {
    this.#perMs = perSecond / 1000
    this.#burst = burst
    this.#now = now
  }

  /** 0 when the call may go on, else the ms until the next one may. */
  take(key: string): number {
    const now = this.#now()
    const bucket = this.#buckets.get(key) ?? this.#fresh(key, now)
    bucket.tokens = Math.min(this.#burst, bucket.tokens + (now - bucket.at) * this.#perMs)
    bucket.at = now
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / this.#perMs)
    bucket.tokens -= 1
    return 0
  }

  #fresh(key: string, now: number): Bucket {
    if (this.#buckets.size >= MOST_BUCKETS) this.#forgetFull(now)
    const bucket = { tokens: this.#burst, at: now }
    this.#buckets.set(key, bucket)
    return bucket
  }

  /** A bucket that has filled up again says nothing; when all are in use the oldest goes. */
  #forgetFull(now: number): void {
    for (const [key, bucket] of this.#buckets)
      if (bucket.tokens + (now - bucket.at) * this.#perMs >= this.#burst) this.#buckets.delete(key)
    const oldest = this.#buckets.keys().next()
    if (this.#buckets.size >= MOST_BUCKETS && !oldest.done) this.#buckets.delete(oldest.value)
  }
}
