/** The station's sentences about MSC as a person reads them: names for ids, local times for instants. Pure. */
import { actorText } from '../../limits/actor-text.ts'
import { localDateTime } from '../../widgets/format-time.ts'

const MARKET: Readonly<Record<string, string>> = {
  BULL_TRENDING: 'Bull, trending',
  BEAR_TRENDING: 'Bear, trending',
  RANGING: 'Ranging',
  CHOPPY: 'Choppy',
  LOW_LIQUIDITY: 'Low liquidity',
  LOW: 'Low',
  NORMAL: 'Normal',
  HIGH: 'High',
  EXTREME: 'Extreme',
}

/** A regime or a volatility, as a reading says it. */
export const marketWord = (word: string): string => MARKET[word] ?? word

/** In this order: the longer ones first. */
const WORDS: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/\bBULL_TRENDING or BEAR_TRENDING\b/g, 'trending'],
  [/\bBULL_TRENDING\b/g, 'bull, trending'],
  [/\bBEAR_TRENDING\b/g, 'bear, trending'],
  [/\bLOW_LIQUIDITY\b/g, 'low liquidity'],
  [/\bRANGING\b/g, 'ranging'],
  [/\bCHOPPY\b/g, 'choppy'],
  [/\bEXTREME\b/g, 'extreme'],
  [/\bHIGH\b/g, 'high'],
  [/\bwin_rate\b/g, 'win rate'],
  [/\bequity_slope\b/g, 'equity slope'],
  [/\blosing_streak\b/g, 'losses in a row'],
  [/\bdays_since_profit\b/g, 'days since profit'],
  [/\bHEALTHY\b/g, 'healthy'],
  [/\bDEGRADED\b/g, 'degraded'],
  [/\bCRITICAL\b/g, 'critical'],
]

/** NORMAL and LOW of the volatility; elsewhere NORMAL is a mode and stays as it is. */
const CALM: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/\bLOW or NORMAL\b/g, 'low, normal'],
  [/\blow liquidity\b/g, 'thin'],
  [/\bNORMAL\b/g, 'normal'],
  [/\bLOW\b/g, 'low'],
]

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g

const PINNED = /\bpinned by (\S+)/g

/** `isLabel`: of a voter's cell, where NORMAL is a volatility. */
export function sentenceText(sentence: string, isLabel = false): string {
  const timed = sentence
    .replaceAll(INSTANT, (instant) => localDateTime(Date.parse(instant)))
    .replaceAll(PINNED, (_, actor: string) => `pinned by ${actorText(actor)}`)
  const pairs = isLabel ? [...WORDS, ...CALM] : WORDS
  return pairs.reduce((text, [pattern, words]) => text.replaceAll(pattern, words), timed)
}
