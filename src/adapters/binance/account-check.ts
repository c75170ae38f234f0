/** Whether the account is set up as the station trades it: one-way, one asset, allowed to trade (SPEC §10). */
import { faultOf } from './faults.ts'
import type { Rest } from './rest.ts'
import { AccountConfig } from './wire/trading.ts'

export interface AccountFinding {
  /** what is not as it must be, for people */
  readonly sentence: string
  /** the station can set it itself; null: only its owner can */
  readonly fix: 'one_way' | 'single_asset' | null
}

/** Empty: entries may go. @throws BinanceFault when the account cannot be read */
export async function checkAccount(rest: Rest): Promise<readonly AccountFinding[]> {
  const answer = await rest.call({ api: 'fapiPrivate', method: 'GET', path: 'accountConfig', weight: 5 })
  const { canTrade, dualSidePosition, multiAssetsMargin } = AccountConfig.parse(answer)
  return [
    ...(canTrade ? [] : [{ sentence: 'The exchange does not let this account trade.', fix: null }]),
    ...(dualSidePosition
      ? [
          {
            sentence: 'The account holds longs and shorts apart (hedge mode); it must be one-way.',
            fix: 'one_way' as const,
          },
        ]
      : []),
    ...(multiAssetsMargin
      ? [
          {
            sentence: 'The account shares margin between assets; it must be single-asset.',
            fix: 'single_asset' as const,
          },
        ]
      : []),
  ]
}

const CALLS = {
  one_way: { path: 'positionSide/dual', params: { dualSidePosition: 'false' } },
  single_asset: { path: 'multiAssetsMargin', params: { multiAssetsMargin: 'false' } },
} as const

/** @throws BinanceFault when the exchange refuses, e.g. while positions are open */
export async function fixAccount(rest: Rest, fix: NonNullable<AccountFinding['fix']>): Promise<void> {
  try {
    await rest.call({ ...CALLS[fix], api: 'fapiPrivate', method: 'POST', weight: 1, priority: 'safety' })
  } catch (problem) {
    const fault = faultOf(problem)
    if (fault.meaning.consequence !== 'done') throw fault
  }
}
