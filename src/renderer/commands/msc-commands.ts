/** Let MSC run now; begin its evidence anew. */
import type { Evaluation } from '../../contract/msc.ts'
import { station } from '../link/client.ts'
import { showToast } from '../widgets/toasts.tsx'
import { run, type Outcome } from './run.ts'

export async function evaluateNow(): Promise<Outcome<{ evaluation: Evaluation }>> {
  const outcome = await run('MSC did not run', () => station.msc.evaluate({}))
  if (outcome.ok) showToast({ text: `MSC has run: ${outcome.value.evaluation.sentence}` })
  return outcome
}

/** True: windows begin now. */
export async function rebaseEvidence(reason: string): Promise<boolean> {
  const outcome = await run('The evidence was not begun anew', () => station.msc.rebase({ reason }))
  if (outcome.ok) showToast({ text: 'The evidence begins anew: voters without enough trades abstain' })
  return outcome.ok
}
