/** Settlements that no stream told of, after a lost line or while the station was off: their rates are asked for. */
import type { Funding } from '../../core/model/market.ts'
import type { Clock } from '../../core/ports/clock.ts'
import { faultOf } from './faults.ts'
import type { MarketTrack } from './market-track.ts'
import type { Rest } from './rest.ts'
import { FundingRateRow } from './wire/market.ts'

interface FundingFillDeps {
  readonly rest: Rest
  readonly clock: Clock
  readonly tracks: ReadonlyMap<string, MarketTrack>
  readonly tell: (funding: Funding) => void
  readonly problem: (message: string) => void
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const PAGE = 1000
/** marks farther apart than this, ms, may have a settlement between them whose last estimate was not heard */
export const MARKS_MISSED_MS = MINUTE_MS

export class FundingFill {
  readonly #deps: FundingFillDeps
  /** of the newest mark */
  #heardAt: number
  /** settlements after this are owed; null: none */
  #owedFrom: number | null = null
  #isAsking = false
  #askAgainAt = 0

  /** `after`: settlements after this time were not told yet */
  constructor(after: number, deps: FundingFillDeps) {
    this.#deps = deps
    this.#heardAt = after
  }

  /** A mark was told at `at`. */
  heard(at: number): void {
    const before = this.#heardAt
    this.#heardAt = Math.max(before, at)
    if (at - before > MARKS_MISSED_MS && hourOf(at) > hourOf(before)) this.#owedFrom ??= before
    if (this.#owedFrom === null || this.#isAsking || this.#deps.clock.now() < this.#askAgainAt) return
    void this.#ask(this.#owedFrom)
  }

  async #ask(from: number): Promise<void> {
    this.#isAsking = true
    try {
      await this.#tellFrom(from)
      this.#owedFrom = null
    } catch (fault) {
      this.#deps.problem(`missed funding could not be fetched: ${faultOf(fault).message}`)
      this.#askAgainAt = this.#deps.clock.now() + MINUTE_MS
    } finally {
      this.#isAsking = false
    }
  }

  /** Oldest first; what a page has of the time at which it ends is told by the next one too. */
  async #tellFrom(from: number): Promise<void> {
    for (let startTime = from + 1; ;) {
      const answer = await this.#deps.rest.call({
        api: 'fapiPublic',
        method: 'GET',
        path: 'fundingRate',
        params: { startTime, limit: PAGE },
        weight: 0,
      })
      const rows = FundingRateRow.array().parse(answer)
      for (const row of rows) this.#tell(row)
      const last = rows.at(-1)?.fundingTime ?? 0
      if (rows.length < PAGE || last <= startTime) return
      startTime = last
    }
  }

  /** Their time is some ms after the hour that the streams name. */
  #tell({ symbol, fundingTime, fundingRate: rate, markPrice }: FundingRateRow): void {
    const track = this.#deps.tracks.get(symbol)
    const at = Math.floor(fundingTime / MINUTE_MS) * MINUTE_MS
    if (track === undefined || at <= track.fundedAt) return
    track.fundedAt = at
    const mark = markPrice !== undefined && markPrice > 0 ? markPrice : null
    this.#deps.tell({ symbol, at, rate, intervalHours: track.fundingHours, mark })
  }
}

const hourOf = (at: number): number => Math.floor(at / HOUR_MS)
