/** What MSC says, asked again when it has run, when the policy has moved, and every few seconds. */
import { station } from '../../link/client.ts'
import { useLive } from '../../state/live.ts'
import { useAgain } from '../../state/use-again.ts'
import { useAnswer, type Answer } from '../../state/use-answer.ts'

export type MscState = Awaited<ReturnType<typeof station.msc.status>>
export type MscHealth = Awaited<ReturnType<typeof station.msc.health>>
export type Strategies = Awaited<ReturnType<typeof station.msc.strategies>>
export type Strategy = Strategies['rankings'][number]
export type Runs = Awaited<ReturnType<typeof station.msc.history>>['items']

const AGAIN_MS = 5000
export const MOST_RUNS = 100

function useMscAnswer<Value>(key: string, ask: (signal: AbortSignal) => Promise<Value>): Answer<Value> {
  const moved = useLive(({ policy, msc }) => `${policy?.version ?? 0} ${msc?.last_at ?? ''}`)
  const answer = useAnswer(key, ask, moved)
  useAgain(answer.reload, AGAIN_MS)
  return answer
}

export const useMscState = (): Answer<MscState> =>
  useMscAnswer('msc status', (signal) => station.msc.status(undefined, { signal }))
export const useMscHealth = (): Answer<MscHealth> =>
  useMscAnswer('msc health', (signal) => station.msc.health(undefined, { signal }))
export const useStrategies = (): Answer<Strategies> =>
  useMscAnswer('msc strategies', (signal) => station.msc.strategies(undefined, { signal }))
export const useRuns = (): Answer<Runs> =>
  useMscAnswer('msc history', async (signal) => (await station.msc.history({ limit: MOST_RUNS }, { signal })).items)

/** What the parts of a score weigh, as the policy has it; null before it is told. */
export function useScoring(): Awaited<ReturnType<typeof station.policy.rules>>['rules']['msc']['scoring'] | null {
  const version = useLive(({ policy }) => policy?.version ?? 0)
  const { value } = useAnswer('scoring', (signal) => station.policy.rules(undefined, { signal }), version)
  return value?.rules.msc.scoring ?? null
}
