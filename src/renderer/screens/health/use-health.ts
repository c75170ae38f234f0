/** How well the station is: the components as they are told, latencies and counters as they are asked. */
import { station } from '../../link/client.ts'
import { useLive } from '../../state/live.ts'
import { useAgain } from '../../state/use-again.ts'
import { useAnswer, type Answer } from '../../state/use-answer.ts'

export type HealthReport = Awaited<ReturnType<typeof station.health.report>>

const AGAIN_MS = 2000

/** The report with the newest components in it. */
export function useHealth(): Answer<HealthReport> {
  const answer = useAnswer('health', (signal) => station.health.report(undefined, { signal }))
  useAgain(answer.reload, AGAIN_MS)
  const told = useLive(({ health }) => health)
  const { value } = answer
  if (value === null || told === null || Date.parse(told.at) < Date.parse(value.at)) return answer
  return { ...answer, value: { ...value, ...told } }
}
