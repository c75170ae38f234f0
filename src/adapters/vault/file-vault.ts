/** Keys of a headless station: out of the environment, else in a file that only its owner can read. */
import { z } from 'zod'

import type { ExchangeKeys, KeyPlace, KeyTrace, Vault } from '../../core/ports/vault.ts'
import { type Environment, keysIn, variablesOf } from './environment-keys.ts'
import { endingOf, KEY_PLACES, KeptByPlace } from './kept-by-place.ts'

const Keys = z.strictObject({ apiKey: z.string().min(1), secret: z.string().min(1) })

export class FileVault implements Vault {
  readonly #kept: KeptByPlace<ExchangeKeys>
  readonly #environment: Environment

  constructor(file: string, environment: Environment) {
    this.#kept = new KeptByPlace(file, Keys)
    this.#environment = environment
  }

  /** @throws when the file can be read by others, or one of a pair in the environment is missing */
  async read(place: KeyPlace): Promise<ExchangeKeys | null> {
    return keysIn(this.#environment, place) ?? this.#kept.all()[place] ?? null
  }

  async write(place: KeyPlace, keys: ExchangeKeys): Promise<void> {
    this.#kept.put(place, Keys.parse(keys))
  }

  async remove(place: KeyPlace): Promise<boolean> {
    return this.#kept.remove(place)
  }

  async list(): Promise<readonly KeyTrace[]> {
    const kept = this.#kept.all()
    return KEY_PLACES.flatMap((place): readonly KeyTrace[] => {
      const given = keysIn(this.#environment, place)
      const keys = given ?? kept[place]
      if (keys === undefined) return []
      const keptIn = given === null ? this.#kept.file : `the environment (${variablesOf(place)[0]})`
      return [{ place, ending: endingOf(keys.apiKey), keptIn, canRemove: given === null }]
    })
  }
}
