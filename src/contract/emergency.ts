/** The kill switch: engage at once, release by the typed word. */
import { z } from 'zod'

import { NOT_FOUND, REFUSED } from './errors.ts'
import { control } from './procedure.ts'
import { Id, Reason } from './values.ts'

const tags = ['emergency']

export const emergency = {
  engage: control
    .route({ method: 'POST', path: '/api/emergency/engage', tags, summary: 'Stop opening risk; close all if asked' })
    .input(
      z.strictObject({
        reason: Reason,
        flatten: z.boolean().default(false),
        include_foreign: z.boolean().default(false),
      }),
    )
    .output(z.object({ id: z.string() })),
  release: control
    .errors({ ...NOT_FOUND, ...REFUSED })
    .route({ method: 'POST', path: '/api/emergency/release', tags, summary: 'Release by id and the word RELEASE' })
    .input(z.strictObject({ id: Id, confirm: z.string().max(20) }))
    .output(z.object({ released: z.literal(true) })),
}
