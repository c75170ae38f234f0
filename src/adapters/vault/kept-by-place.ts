/** What is kept for each account in one owner's file: the shape is the vault's, the file is whole or not at all. */
import { z } from 'zod'

import type { KeyPlace } from '../../core/ports/vault.ts'
import { readOwners, removeOwners, writeOwners } from './owners-file.ts'

export const KEY_PLACES: readonly KeyPlace[] = ['simulated', 'demo', 'live']
/** characters of a key that may be shown */
const ENDING = 4

export const endingOf = (apiKey: string): string => apiKey.slice(-ENDING)

type Kept<Entry> = Readonly<Partial<Record<KeyPlace, Entry | undefined>>>

export class KeptByPlace<Entry> {
  readonly file: string
  readonly #shape: z.ZodType<Kept<Entry>>

  constructor(file: string, entry: z.ZodType<Entry>) {
    this.file = file
    this.#shape = z.strictObject({ simulated: entry.optional(), demo: entry.optional(), live: entry.optional() })
  }

  /** @throws when the file can be read by others, or makes no sense */
  all(): Kept<Entry> {
    const text = readOwners(this.file)
    if (text === null) return {}
    const kept = this.#shape.safeParse(jsonOf(text))
    if (!kept.success) throw new Error(`${this.file} holds no keys that can be read; remove it and add them again`)
    return kept.data
  }

  put(place: KeyPlace, entry: Entry): void {
    writeOwners(this.file, JSON.stringify({ ...this.all(), [place]: entry }))
  }

  /** The last one takes the file along; false: there was none. */
  remove(place: KeyPlace): boolean {
    const { [place]: gone, ...rest } = this.all()
    if (gone === undefined) return false
    if (Object.keys(rest).length === 0) removeOwners(this.file)
    else writeOwners(this.file, JSON.stringify(rest))
    return true
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
