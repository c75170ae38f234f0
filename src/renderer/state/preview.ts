/** What a switch of the mode would do, asked again while its sheet is open: prices and positions move on. */
import { station } from '../link/client.ts'
import type { RiskMode } from '../widgets/mode-mark.tsx'
import { useLive } from './live.ts'
import { useAgain } from './use-again.ts'
import { useAnswer, type Answer } from './use-answer.ts'

const AGAIN_MS = 3000

/** `askedAt`: epoch ms of this machine */
export type ModePreview = Awaited<ReturnType<typeof station.policy.preview>> & { readonly askedAt: number }

export function useModePreview(mode: RiskMode): Answer<ModePreview> {
  const version = useLive(({ policy }) => policy?.version ?? 0)
  const answer = useAnswer(
    `preview of ${mode}`,
    async (signal) => ({
      ...(await station.policy.preview({ risk_mode: mode }, { signal })),
      askedAt: Date.now(),
    }),
    version,
  )
  useAgain(answer.reload, AGAIN_MS)
  return answer
}
