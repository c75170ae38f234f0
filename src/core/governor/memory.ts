/** What the governor remembers from one look to the next, and what of it a restart must find again. */
import { z } from 'zod'

import { LEVELS, type GovernorLevel } from './levels.ts'
import type { Sample } from './samples.ts'
import type { TriggeredStreak } from './streak.ts'

/** A cause that stood when a person released the emergency. */
export interface Muted {
  readonly key: string
  /** as it was at the release */
  readonly measure: number
  /** when it was last seen standing */
  readonly lastAt: number
}

export interface Release {
  readonly at: number
  /** its cause stood */
  readonly underCause: boolean
}

/** Kept over a restart. */
export interface KeptMemory {
  readonly level: GovernorLevel
  readonly since: number
  /** what brought the level */
  readonly cause: string | null
  readonly release: Release | null
  readonly muted: readonly Muted[]
  readonly streak: TriggeredStreak | null
  /** when a person last acknowledged the losing streak; 0: never */
  readonly acknowledgedAt: number
}

export interface GovernorMemory extends KeptMemory {
  /** when something last held the level */
  readonly heldAt: number
  readonly samples: readonly Sample[]
  /** of the kill switch at the last look */
  readonly emergencyId: string | null
  /** causes for which everything was closed */
  readonly flattened: readonly string[]
}

const time = z.number()

const keptSchema = z.object({
  level: z.enum(LEVELS),
  since: time,
  cause: z.string().nullable(),
  release: z.object({ at: time, underCause: z.boolean() }).nullable(),
  muted: z.array(z.object({ key: z.string(), measure: z.number(), lastAt: time })),
  streak: z.object({ at: time, until: time }).nullable(),
  acknowledgedAt: time,
}) satisfies z.ZodType<KeptMemory>

const CALM: KeptMemory = {
  level: 'NORMAL',
  since: 0,
  cause: null,
  release: null,
  muted: [],
  streak: null,
  acknowledgedAt: 0,
}

/** A governor that knows nothing yet, or, after a restart, what it knew; `now`: nothing before it counts as calm. */
export function rememberedFrom(stored: unknown, now: number, emergencyId: string | null): GovernorMemory {
  const read = keptSchema.safeParse(stored)
  const kept: KeptMemory = read.success ? read.data : { ...CALM, since: now }
  return { ...kept, heldAt: now, samples: [], emergencyId, flattened: [] }
}

export function keptOf(memory: GovernorMemory): KeptMemory {
  const { level, since, cause, release, muted, streak, acknowledgedAt } = memory
  return { level, since, cause, release, muted, streak, acknowledgedAt }
}
