/** What a key may do, asked of the exchange itself: it must trade, it must not withdraw (SPEC §10). */
import { z } from 'zod'

import { checkAccount } from './account-check.ts'
import { type BinanceFault, faultOf } from './faults.ts'
import type { Rest } from './rest.ts'
import { yes } from './wire/parts.ts'

const Restrictions = z.object({
  enableReading: yes,
  enableFutures: yes,
  enableWithdrawals: yes,
  enableInternalTransfer: yes.optional(),
  permitsUniversalTransfer: yes.optional(),
  ipRestrict: yes,
})

export type KeyVerdict = 'good' | 'warned' | 'refused'

export interface KeyCheck {
  readonly verdict: KeyVerdict
  /** sentences for people, the gravest first */
  readonly findings: readonly string[]
}

/** `isReal`: with real money, what cannot be read is refused. */
export async function checkKey(rest: Rest, isReal: boolean): Promise<KeyCheck> {
  const path = 'account/apiRestrictions'
  const answer = await rest
    .call({ api: 'sapi', method: 'GET', path, weight: 1, priority: 'safety' })
    .then((told) => Restrictions.parse(told))
    .catch((problem: unknown) => faultOf(problem))
  return answer instanceof Error ? unreadable(rest, answer, isReal) : judged(answer)
}

/** A key that is told nothing here may still trade: the account decides whether it works at all. */
async function unreadable(rest: Rest, fault: BinanceFault, isReal: boolean): Promise<KeyCheck> {
  if (isRefusal(fault) && !(await opensAccount(rest)))
    return { verdict: 'refused', findings: [`The exchange does not accept this key: ${fault.message}`] }
  const found = `What this key may do could not be read: ${fault.message}`
  return { verdict: isReal ? 'refused' : 'warned', findings: [found] }
}

const isRefusal = ({ meaning }: BinanceFault): boolean => meaning.consequence === 'alert'

/** A line that is cut says nothing about the key. */
const opensAccount = (rest: Rest): Promise<boolean> =>
  checkAccount(rest).then(
    () => true,
    (problem: unknown) => !isRefusal(faultOf(problem)),
  )

function judged(may: z.infer<typeof Restrictions>): KeyCheck {
  const refusals = [
    ...(may.enableWithdrawals
      ? ['This key can withdraw. Make one that cannot: a thief of it could empty the account.']
      : []),
    ...(may.enableFutures ? [] : ['This key may not trade futures. Allow it at the exchange, or make one that may.']),
    ...(may.enableReading ? [] : ['This key may not read the account.']),
  ]
  const warnings = [
    ...(may.permitsUniversalTransfer === true || may.enableInternalTransfer === true
      ? ['This key can move money between accounts. It does not have to.']
      : []),
    ...(may.ipRestrict ? [] : ['This key works from any address. Bind it to yours at the exchange.']),
  ]
  const verdict = refusals.length > 0 ? 'refused' : warnings.length > 0 ? 'warned' : 'good'
  return { verdict, findings: [...refusals, ...warnings] }
}
