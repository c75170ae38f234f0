/** What breaks the path now and then: gaps between bars, of one symbol or of the whole market, and outages. */
import type { Listing } from './listing.ts'
import type { Random } from './random.ts'
import type { MarketSimulatorSettings } from './settings.ts'

const MINUTES_PER_DAY = 1440
const SHORTEST_OUTAGE = 2

export class Interruptions {
  private readonly settings: MarketSimulatorSettings
  private readonly random: Random
  /** standard deviation of a gap's log return, and the part of it that a gap of the whole market has */
  private readonly deviation: Float64Array
  private readonly commonDeviation: Float64Array
  /** minutes until the next one */
  private readonly jumpIn: Float64Array
  private readonly outageIn: Float64Array
  private readonly commonJumpIn: Float64Array
  /** minutes an outage still lasts; 0: trading */
  private readonly outageLeft: Float64Array
  /** price before the outage, ticks */
  private readonly frozen: Float64Array
  /** the standard normal of this minute's gap of the whole market, 0 without one */
  private commonJump = 0

  constructor(listings: readonly Listing[], settings: MarketSimulatorSettings, random: Random) {
    const { jumpDeviation, jumpEveryDays, outageEveryDays, commonJumpEveryDays } = settings
    this.settings = settings
    this.random = random
    this.deviation = Float64Array.from(listings, ({ hourlyDeviation }) => hourlyDeviation * jumpDeviation)
    this.commonDeviation = Float64Array.from(
      listings,
      ({ hourlyDeviation, commonShare }) => hourlyDeviation * jumpDeviation * Math.sqrt(commonShare),
    )
    this.jumpIn = Float64Array.from(listings, () => random.wait(jumpEveryDays * MINUTES_PER_DAY))
    this.outageIn = Float64Array.from(listings, () => random.wait(outageEveryDays * MINUTES_PER_DAY))
    this.commonJumpIn = Float64Array.of(random.wait(commonJumpEveryDays * MINUTES_PER_DAY))
    this.outageLeft = new Float64Array(listings.length)
    this.frozen = new Float64Array(listings.length)
  }

  /** Everything that must be kept to go on from the close of a minute. */
  get parts(): readonly Float64Array[] {
    return [this.jumpIn, this.outageIn, this.commonJumpIn, this.outageLeft, this.frozen]
  }

  isOut(index: number): boolean {
    return (this.outageLeft[index] as number) > 0
  }

  frozenTicks(index: number): number {
    return this.frozen[index] as number
  }

  beginMinute(): void {
    const due = (this.commonJumpIn[0] as number) - 1
    this.commonJumpIn[0] = due
    this.commonJump = 0
    if (due > 0) return
    this.commonJumpIn[0] = this.random.wait(this.settings.commonJumpEveryDays * MINUTES_PER_DAY)
    this.commonJump = this.random.normal()
  }

  /** Log return of a symbol's gap in this minute, 0 almost always; its expected simple return is 0. */
  jump(index: number): number {
    const own = this.deviation[index] as number
    const common = this.commonDeviation[index] as number
    const jump = this.commonJump === 0 ? 0 : common * this.commonJump - (common * common) / 2
    const due = (this.jumpIn[index] as number) - 1
    this.jumpIn[index] = due
    if (due > 0) return jump
    this.jumpIn[index] = this.random.wait(this.settings.jumpEveryDays * MINUTES_PER_DAY)
    return jump + own * this.random.normal() - (own * own) / 2
  }

  /** An outage freezes the shown price at `ticks` while the market goes on unseen. */
  passOutage(index: number, ticks: number): void {
    const left = this.outageLeft[index] as number
    if (left > 0) {
      this.outageLeft[index] = left - 1
      return
    }
    const due = (this.outageIn[index] as number) - 1
    this.outageIn[index] = due
    if (due > 0) return
    const { outageMinutes, outageEveryDays } = this.settings
    this.frozen[index] = ticks
    this.outageLeft[index] = SHORTEST_OUTAGE + Math.floor(this.random.uniform() * (outageMinutes - SHORTEST_OUTAGE + 1))
    this.outageIn[index] = this.random.wait(outageEveryDays * MINUTES_PER_DAY)
  }
}
