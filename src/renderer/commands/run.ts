/** Runs what a person asked for: what failed is said at the foot of the page, with the numbers of the refusal. */
import { faultSentence } from '../link/fault-sentence.ts'
import { showFault } from '../widgets/toasts.tsx'

export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly sentence: string }

/** `what`: the wish as a sentence says it that failed, e.g. `BTCUSDT was not closed`. */
export async function run<Value>(what: string, ask: () => Promise<Value>): Promise<Outcome<Value>> {
  const outcome = await attempt(ask)
  if (!outcome.ok) showFault(`${what}: ${outcome.sentence}.`)
  return outcome
}

/** The same for those who say themselves what failed, e.g. beside a field. */
export async function attempt<Value>(ask: () => Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { ok: true, value: await ask() }
  } catch (problem) {
    return { ok: false, sentence: faultSentence(problem) }
  }
}
