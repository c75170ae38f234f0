/** Keys of accounts at the exchange: tried before they are kept, shown by their last four characters, never told. */
import { z } from 'zod'

import { NOT_FOUND, REFUSED } from './errors.ts'
import { control } from './procedure.ts'

const tags = ['keys']

/** An account's environment at the exchange; `simulated`: a venue on this machine. */
export const KeyPlace = z.enum(['simulated', 'demo', 'live'])
export type KeyPlace = z.infer<typeof KeyPlace>

const KeyTrace = z.object({
  place: KeyPlace,
  /** the last four characters of the key, nothing of the secret */
  ending: z.string(),
  /** for people */
  kept_in: z.string(),
  /** false: it comes from the environment, and goes with it */
  can_remove: z.boolean(),
  /** the station trades with it now */
  in_use: z.boolean(),
})
export type KeyTrace = z.infer<typeof KeyTrace>

/** What the exchange says of a key and its account. */
const KeyReport = z.object({
  place: KeyPlace,
  ending: z.string(),
  /** `warned` may trade all the same */
  verdict: z.enum(['good', 'warned', 'refused']),
  /** sentences about the key, the gravest first */
  findings: z.array(z.string()),
  /** what of the account is not as the station trades it; `can_fix`: `keys.fix` sets it */
  setup: z.array(z.object({ sentence: z.string(), can_fix: z.boolean() })),
})
export type KeyReport = z.infer<typeof KeyReport>

const secretText = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{8,512}$/, 'must be 8…512 visible characters without spaces')

const place = z.strictObject({ place: KeyPlace })

export const keys = {
  list: control
    .route({ method: 'GET', path: '/api/keys', tags, summary: 'Accounts that have keys, and where these are kept' })
    .output(
      z.object({
        items: z.array(KeyTrace),
        next: z.null(),
        /** why no key can be kept on this machine; null: it can */
        cannot_keep: z.string().nullable(),
      }),
    ),
  add: control
    .errors(REFUSED)
    .route({
      method: 'POST',
      path: '/api/keys/{place}',
      tags,
      summary: 'Try a key at the exchange, and keep it if it may trade and cannot withdraw',
    })
    .input(z.strictObject({ place: KeyPlace, api_key: secretText, secret: secretText }))
    .output(KeyReport.extend({ saved: z.boolean() })),
  check: control
    .errors({ ...NOT_FOUND, ...REFUSED })
    .route({ method: 'POST', path: '/api/keys/{place}/check', tags, summary: 'What the exchange says of a kept key' })
    .input(place)
    .output(KeyReport),
  fix: control
    .errors({ ...NOT_FOUND, ...REFUSED })
    .route({
      method: 'POST',
      path: '/api/keys/{place}/fix',
      tags,
      summary: 'Set what of the account the station can set: one-way, single-asset',
    })
    .input(place)
    .output(KeyReport),
  remove: control
    .errors({ ...NOT_FOUND, ...REFUSED })
    .route({ method: 'POST', path: '/api/keys/{place}/remove', tags, summary: 'Forget the keys of an account' })
    .input(place)
    .output(z.object({ place: KeyPlace, removed: z.literal(true) })),
}
