/** The latest versions of the policy, newest first; they stand while newer ones are read. */
import type { PolicyVersion } from '../../contract/policy-shapes.ts'
import { station } from '../link/client.ts'
import { useLive } from './live.ts'
import { useAnswer } from './use-answer.ts'

/** null: not told yet. Versions that changed nothing but the rankings are left out. */
export function usePolicyHistory(limit: number): readonly PolicyVersion[] | null {
  const version = useLive(({ policy }) => policy?.version ?? 0)
  const { value } = useAnswer(
    `policy history ${limit}`,
    (signal) => station.policy.history({ limit }, { signal }),
    version,
  )
  return value?.items ?? null
}
