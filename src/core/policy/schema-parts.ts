/** The pieces policy schemas are made of, with errors that say what was expected and what was found. */
import { z } from 'zod'

import { boundsInWords, isWithin, shown, type Bounds } from './bounds.ts'
import { RISK_MODES, type RiskMode } from './policy.ts'
import { AGGRESSIVE_ALIAS, readRiskMode } from './risk-mode.ts'

type Found = { readonly input?: unknown }
const mustBe =
  (words: string) =>
  (issue: Found): string =>
    `must be ${words}, was ${shown(issue.input)}`

export function within(bounds: Bounds): z.ZodNumber {
  const error = mustBe(boundsInWords(bounds))
  return z.number({ error }).refine((value) => isWithin(value, bounds), { error })
}

export const flag = (): z.ZodBoolean => z.boolean({ error: mustBe('true or false') })

export const text = (longest: number): z.ZodString => {
  const error = mustBe(`text of 1…${longest} characters`)
  return z.string({ error }).min(1, { error }).max(longest, { error })
}

/** A mode by its name or alias; comes out as the name. */
export const riskMode = z.unknown().transform((value, context): RiskMode => {
  const mode = readRiskMode(value)
  if (mode !== null) return mode
  const names = [...RISK_MODES, AGGRESSIVE_ALIAS].join(', ')
  context.addIssue({ code: 'custom', message: `must be one of ${names}, was ${shown(value)}` })
  return z.NEVER
})

const LONGEST_NAME = 64
const MOST_NAMES = 2000
const nameError = mustBe(`a name of 1…${LONGEST_NAME} characters without spaces`)
const name = z.string({ error: nameError }).regex(/^\S{1,64}$/, { error: nameError })
const symbolError = mustBe('a symbol in upper case, like BTCUSDT')
export const symbol = z.string({ error: symbolError }).regex(/^[^\sa-z.]{2,40}$/, { error: symbolError })

function listOf<Item extends z.ZodType>(item: Item, words: string): z.ZodArray<Item> {
  const error = mustBe(words)
  return z.array(item, { error }).max(MOST_NAMES, { error: `must have at most ${MOST_NAMES} entries` })
}

export const nameList = listOf(name, 'a list of names')
export const nullableNameList = listOf(name, 'a list of names or null').nullable()
export const nullableSymbolList = listOf(symbol, 'a list of symbols or null').nullable()
