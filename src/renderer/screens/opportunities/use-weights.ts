/** Weights and filters while they are tried: the ranking as it would be, asked as they move, and the save. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

import type { Ranking } from '../../../contract/opportunities.ts'
import { attempt } from '../../commands/run.ts'
import { station } from '../../link/client.ts'
import { live } from '../../state/live.ts'
import { writeAtOnce } from '../policy/write-policy.ts'
import type { AnyComponent } from './component-words.ts'
import { draftOf, isSameWeights, weightsOf, withWeight, type WeightsDraft } from './weights-draft.ts'

export interface Tried {
  readonly weights: WeightsDraft
  readonly minScore: number
  /** USDT */
  readonly minVolume: number
}

export interface WeightsForm {
  readonly tried: Tried
  /** null: as in force, or not told yet */
  readonly preview: Ranking | null
  readonly fault: string | null
  readonly isAsking: boolean
  readonly isChanged: boolean
  readonly setWeight: (component: AnyComponent, thousandths: number) => void
  readonly setFilter: (filter: 'minScore' | 'minVolume', value: number) => void
  readonly take: (weights: Readonly<Record<string, number>>) => void
  readonly discard: () => void
  /** true: saved */
  readonly save: (reason: string) => Promise<boolean>
}

/** The ranking follows the hand at this distance. */
const SETTLED_MS = 120

const triedOf = (ranking: Ranking): Tried => ({
  weights: draftOf(ranking.weights),
  minScore: ranking.min_score,
  minVolume: ranking.min_quote_volume_24h,
})

/** `ranking`: the one in force. */
export function useWeights(ranking: Ranking): WeightsForm {
  const text = JSON.stringify(triedOf(ranking))
  const inForce = useMemo(() => JSON.parse(text) as Tried, [text])
  const [changed, setChanged] = useState<Tried | null>(null)
  /** the policy's version when the first weight was moved */
  const [base, setBase] = useState<number | null>(null)
  const [told, setTold] = useState<{ readonly of: Tried; readonly ranking: Ranking } | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const tried = changed ?? inForce
  const isChanged = changed !== null && !isSameTried(changed, inForce)
  const known = useRef(ranking.weights)
  useEffect(() => {
    known.current = ranking.weights
  })
  useEffect(() => {
    setFault(null)
    if (changed === null) return
    let isWanted = true
    const timer = setTimeout(async () => {
      const outcome = await attempt(() => station.opportunities.preview(changeOf(changed, known.current)))
      if (!isWanted) return
      if (outcome.ok) setTold({ of: changed, ranking: outcome.value.ranking })
      else setFault(outcome.sentence)
    }, SETTLED_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [changed, ranking.at])
  const moving = useRef<{ readonly component: AnyComponent; readonly from: WeightsDraft } | null>(null)
  const discard = useCallback(() => {
    moving.current = null
    setChanged(null)
    setBase(null)
  }, [])
  const change = (changes: Partial<Tried>): void => {
    setBase((now) => now ?? live.getState().policy?.version ?? null)
    setChanged((now) => ({ ...(now ?? inForce), ...changes }))
  }
  const setWeight = (component: AnyComponent, thousandths: number): void => {
    // while one weight is moved to and fro the others keep the proportions from before
    if (moving.current?.component !== component) moving.current = { component, from: tried.weights }
    const { from } = moving.current
    change({ weights: withWeight(from, component, thousandths) })
  }
  const take = (weights: Readonly<Record<string, number>>): void => {
    moving.current = null
    change({ weights: draftOf(weights) })
  }
  const save = async (reason: string): Promise<boolean> => {
    const { weights, min_score, min_quote_volume_24h } = changeOf(tried, ranking.weights)
    const isDone = await writeAtOnce({ done: 'Ranking saved', notDone: 'The ranking was not saved' }, () =>
      station.policy.changeRules({
        rules: { ranker: { weights, min_score, min_quote_volume_24h } },
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        ...(base === null ? {} : { expected_version: base }),
      }),
    )
    if (isDone) discard()
    return isDone
  }
  return {
    tried,
    preview: isChanged ? (told?.ranking ?? null) : null,
    fault,
    isAsking: isChanged && told?.of !== changed && fault === null,
    isChanged,
    setWeight,
    setFilter: (filter, value) => change({ [filter]: value }),
    take,
    discard,
    save,
  }
}

const changeOf = (
  { weights, minScore, minVolume }: Tried,
  known: Readonly<Record<string, number>>,
): { weights: Record<string, number>; min_score: number; min_quote_volume_24h: number } => ({
  weights: weightsOf(weights, known),
  min_score: minScore,
  min_quote_volume_24h: minVolume,
})

const isSameTried = (a: Tried, b: Tried): boolean =>
  isSameWeights(a.weights, b.weights) && a.minScore === b.minScore && a.minVolume === b.minVolume
