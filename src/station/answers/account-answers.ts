/** The account answered. */
import { exact } from '../../core/model/decimal.ts'
import type { StationFacade } from '../facade.ts'
import { answering } from './call.ts'
import { refused } from './faults.ts'
import { recordQuery } from './record-query.ts'
import { accountWire, ledgerWire } from './trading-wire.ts'
import { usageWire } from './usage-wire.ts'
import { msOf } from './wire-values.ts'

export const accountAnswers = (facade: StationFacade) => ({
  get: answering.account.get.handler(() => ({ account: accountNow(facade) })),
  usage: answering.account.usage.handler(() => {
    const usage = facade.usage()
    return { usage: usage && usageWire(usage) }
  }),
  equity: answering.account.equity.handler(({ input }) => {
    const points = facade.records.equity({ from: msOf(input.from), to: msOf(input.to), points: input.points })
    return { items: points.map(accountWire), next: null }
  }),
  ledger: answering.account.ledger.handler(({ input }) => {
    const { items, next } = facade.records.ledger(recordQuery(input))
    return { items: items.map(ledgerWire), next }
  }),
  deposit: answering.account.deposit.handler(({ input, context }) => {
    const result = facade.deposit(exact(input.amount), context.actor)
    if (result.outcome === 'refused') throw refused(result.reason)
    return { booked: true as const, account: accountNow(facade) }
  }),
})

function accountNow(facade: StationFacade): ReturnType<typeof accountWire> | null {
  const account = facade.account()
  return account && accountWire(account)
}
