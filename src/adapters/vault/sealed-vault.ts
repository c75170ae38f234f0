/** Keys of the desktop: sealed by the system's key store, the sealed texts in a file that only its owner can read. */
import { z } from 'zod'

import type { ExchangeKeys, KeyPlace, KeyTrace, Vault } from '../../core/ports/vault.ts'
import { type Environment, keysIn, variablesOf } from './environment-keys.ts'
import { endingOf, KEY_PLACES, KeptByPlace } from './kept-by-place.ts'

/** The system's key store; null: it cannot seal, or this was not sealed by it for us. */
export interface Seal {
  readonly seal: (text: string) => Promise<string | null>
  readonly unseal: (sealed: string) => Promise<string | null>
}

const Keys = z.strictObject({ apiKey: z.string().min(1), secret: z.string().min(1) })
const Sealed = z.strictObject({ ending: z.string().max(4), sealed: z.string().min(1) })
type Sealed = z.infer<typeof Sealed>

const NO_STORE =
  'This computer has no key store that can keep a secret, so no key is kept here. Set one up (a key ring on Linux), or give the keys in the environment.'

export class SealedVault implements Vault {
  readonly #kept: KeptByPlace<Sealed>
  readonly #seal: Seal
  readonly #environment: Environment

  constructor(file: string, seal: Seal, environment: Environment) {
    this.#kept = new KeptByPlace(file, Sealed)
    this.#seal = seal
    this.#environment = environment
  }

  /** @throws when what is kept was sealed by somebody else, or on another computer */
  async read(place: KeyPlace): Promise<ExchangeKeys | null> {
    const given = keysIn(this.#environment, place)
    if (given !== null) return given
    const kept = this.#kept.all()[place]
    if (kept === undefined) return null
    const keys = Keys.safeParse(jsonOf(await this.#seal.unseal(kept.sealed)))
    if (!keys.success)
      throw new Error(`the keys of the ${place} account cannot be unsealed on this computer: remove and add them again`)
    return keys.data
  }

  async write(place: KeyPlace, keys: ExchangeKeys): Promise<void> {
    const sealed = await this.#seal.seal(JSON.stringify(Keys.parse(keys)))
    if (sealed === null) throw new Error(NO_STORE)
    this.#kept.put(place, { ending: endingOf(keys.apiKey), sealed })
  }

  async remove(place: KeyPlace): Promise<boolean> {
    return this.#kept.remove(place)
  }

  async list(): Promise<readonly KeyTrace[]> {
    const kept = this.#kept.all()
    return KEY_PLACES.flatMap((place): readonly KeyTrace[] => {
      const given = keysIn(this.#environment, place)
      const sealed = kept[place]
      if (given !== null) {
        const keptIn = `the environment (${variablesOf(place)[0]})`
        return [{ place, ending: endingOf(given.apiKey), keptIn, canRemove: false }]
      }
      return sealed === undefined
        ? []
        : [{ place, ending: sealed.ending, keptIn: "this computer's key store", canRemove: true }]
    })
  }

  async cannotKeep(): Promise<string | null> {
    return (await this.#seal.seal('')) === null ? NO_STORE : null
  }
}

function jsonOf(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}
