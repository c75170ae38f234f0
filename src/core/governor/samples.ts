/**
 * A level from mark prices needs two samples at least `markGapMs` apart: what counts is the least that was seen from the
 * last sample of so long ago until now, so that one wrong price changes nothing.
 */
import type { GovernorInputs } from './inputs.ts'

/** Fractions; 0 where nothing is lost or held. */
export interface Figures {
  readonly day: number
  readonly rolling: number
  readonly total: number
  readonly margin: number
}

export interface Sample extends Figures {
  readonly at: number
}

const NOTHING: Figures = { day: 0, rolling: 0, total: 0, margin: 0 }

const fallFrom = (high: number, nav: number): number => (high > 0 ? Math.max(0, 1 - nav / high) : 0)

/** As they are at this instant; null when the account is not known. */
export function figuresOf({ account, margin }: GovernorInputs): Figures | null {
  if (account === null) return null
  const { nav, highToday, high24h, highEver } = account
  return {
    day: fallFrom(highToday, nav),
    rolling: fallFrom(high24h, nav),
    total: fallFrom(highEver, nav),
    margin: margin?.ratio ?? 0,
  }
}

/** `samples` and this one; of those older than the gap only the newest is kept. */
export function withSample(samples: readonly Sample[], sample: Sample, gapMs: number): readonly Sample[] {
  const all = [...samples, sample]
  const firstKept = all.findLastIndex(({ at }) => at <= sample.at - gapMs)
  return firstKept <= 0 ? all : all.slice(firstKept)
}

/** What two samples the gap apart agree on; nothing while there is only one. */
export function confirmed(samples: readonly Sample[], gapMs: number): Figures {
  const last = samples.at(-1)
  const first = samples[0]
  if (last === undefined || first === undefined || last.at - first.at < gapMs) return NOTHING
  const least = (pick: (sample: Sample) => number): number => Math.min(...samples.map(pick))
  return {
    day: least((each) => each.day),
    rolling: least((each) => each.rolling),
    total: least((each) => each.total),
    margin: least((each) => each.margin),
  }
}
