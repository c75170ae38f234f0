/** Rolling 24 h quote volume of one symbol in hourly buckets; adding a candle costs no allocation. */

const HOUR_MS = 3_600_000
const HOURS = 24

export class QuoteVolume {
  /** volume and covered ms of the hours, by hour modulo 24 */
  private readonly volumes = new Float64Array(HOURS)
  private readonly covered = new Float64Array(HOURS)
  private hour = -1

  add(openAt: number, spanMs: number, quoteVolume: number): void {
    const hour = Math.floor(openAt / HOUR_MS)
    if (hour > this.hour) this.moveTo(hour)
    else if (hour <= this.hour - HOURS) return
    const slot = hour % HOURS
    this.volumes[slot] = (this.volumes[slot] ?? 0) + quoteVolume
    this.covered[slot] = (this.covered[slot] ?? 0) + spanMs
  }

  /** USDT per 24 h, scaled up while less than a day is covered; null before any candle. */
  estimate(): number | null {
    let volume = 0
    let covered = 0
    for (let slot = 0; slot < HOURS; slot++) {
      volume += this.volumes[slot] ?? 0
      covered += this.covered[slot] ?? 0
    }
    return covered === 0 ? null : (volume * HOURS * HOUR_MS) / covered
  }

  /** Forgets the hours that have left the window. */
  private moveTo(hour: number): void {
    for (let passed = Math.max(this.hour + 1, hour - HOURS + 1); passed <= hour; passed++) {
      this.volumes[passed % HOURS] = 0
      this.covered[passed % HOURS] = 0
    }
    this.hour = hour
  }
}
