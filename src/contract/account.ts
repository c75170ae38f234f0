/** The account: its state, what it uses of its limits, its curve, what moved it, and deposits on paper. */
import { z } from 'zod'

import { REFUSED } from './errors.ts'
import { control, read } from './procedure.ts'
import { Account, LedgerEntry } from './trading-shapes.ts'
import { Usage } from './usage.ts'
import { InstantInput, numberFrom, PageQuery, pageOf, SignedDecimal } from './values.ts'

const tags = ['account']

export const account = {
  get: read
    .route({ method: 'GET', path: '/api/account', tags, summary: 'The account now; null until the venue has told it' })
    .output(z.object({ account: Account.nullable() })),
  usage: read
    .route({
      method: 'GET',
      path: '/api/usage',
      tags,
      summary: 'How much of each limit is used; null as the account is',
    })
    .output(z.object({ usage: Usage.nullable() })),
  equity: read
    .route({ method: 'GET', path: '/api/equity', tags, summary: 'The equity curve, oldest first, thinned evenly' })
    .input(
      z.strictObject({
        from: InstantInput.optional(),
        to: InstantInput.optional(),
        points: numberFrom(z.number().int().min(1).max(5000)).default(500),
      }),
    )
    .output(pageOf(Account)),
  ledger: read
    .route({ method: 'GET', path: '/api/ledger', tags, summary: 'Every movement of the balance, newest first' })
    .input(PageQuery)
    .output(pageOf(LedgerEntry)),
  deposit: control
    .errors(REFUSED)
    .route({ method: 'POST', path: '/api/account/deposit', tags, summary: 'Paper money in; a negative amount out' })
    .input(z.strictObject({ amount: SignedDecimal }))
    .output(z.object({ booked: z.literal(true), account: Account.nullable() })),
}
