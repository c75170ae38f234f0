/** Rank now. */
import type { Ranking } from '../../contract/opportunities.ts'
import { station } from '../link/client.ts'
import { formatNumber } from '../widgets/format-number.ts'
import { showToast } from '../widgets/toasts.tsx'
import { run, type Outcome } from './run.ts'

export async function rankNow(): Promise<Outcome<{ ranking: Ranking }>> {
  const outcome = await run('Nothing was ranked', () => station.opportunities.rank({}))
  if (outcome.ok) {
    const { columns, took_ms: took } = outcome.value.ranking
    showToast({ text: `${columns.symbol.length} symbols ranked in ${formatNumber(took, { decimals: 0 })}\u202Fms` })
  }
  return outcome
}
