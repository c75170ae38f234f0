/** Keys of a headless station: out of the environment, else in a file that only its owner can read. */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

import { z } from 'zod'

import type { ExchangeKeys, KeyPlace, KeyTrace, Vault } from '../../core/ports/vault.ts'

const Keys = z.strictObject({ apiKey: z.string().min(1), secret: z.string().min(1) })
const Kept = z.strictObject({ simulated: Keys.optional(), demo: Keys.optional(), live: Keys.optional() })
type Kept = z.infer<typeof Kept>

type Environment = Readonly<Record<string, string | undefined>>

const PLACES: readonly KeyPlace[] = ['simulated', 'demo', 'live']
const OWNER_ONLY = 0o600
const OTHERS_MAY = 0o077
const ENDING = 4

/** `BINANCE_LIVE_API_KEY`, `BINANCE_LIVE_API_SECRET`, and the same for DEMO and SIMULATED. */
const namesOf = (place: KeyPlace): readonly [key: string, secret: string] => {
  const prefix = `BINANCE_${place.toUpperCase()}_API`
  return [`${prefix}_KEY`, `${prefix}_SECRET`]
}

export class FileVault implements Vault {
  readonly #file: string
  readonly #environment: Environment

  constructor(file: string, environment: Environment) {
    this.#file = file
    this.#environment = environment
  }

  /** @throws when the file can be read by others, or one of a pair in the environment is missing */
  async read(place: KeyPlace): Promise<ExchangeKeys | null> {
    return this.#ofEnvironment(place) ?? this.#kept()[place] ?? null
  }

  async write(place: KeyPlace, keys: ExchangeKeys): Promise<void> {
    this.#save({ ...this.#kept(), [place]: Keys.parse(keys) })
  }

  async remove(place: KeyPlace): Promise<boolean> {
    const { [place]: gone, ...rest } = this.#kept()
    if (gone !== undefined) this.#save(rest)
    return gone !== undefined
  }

  async list(): Promise<readonly KeyTrace[]> {
    const kept = this.#kept()
    return PLACES.flatMap((place): readonly KeyTrace[] => {
      const environment = this.#ofEnvironment(place)
      const keys = environment ?? kept[place]
      if (keys === undefined) return []
      const keptIn = environment === null ? this.#file : `the environment (${namesOf(place)[0]})`
      return [{ place, ending: keys.apiKey.slice(-ENDING), keptIn, canRemove: environment === null }]
    })
  }

  #ofEnvironment(place: KeyPlace): ExchangeKeys | null {
    const [keyName, secretName] = namesOf(place)
    const apiKey = this.#environment[keyName] ?? ''
    const secret = this.#environment[secretName] ?? ''
    if (apiKey === '' && secret === '') return null
    if (apiKey === '' || secret === '') throw new Error(`${keyName} and ${secretName} must be set together`)
    return { apiKey, secret }
  }

  #kept(): Kept {
    const text = this.#text()
    if (text === null) return {}
    const kept = Kept.safeParse(jsonOf(text))
    if (!kept.success) throw new Error(`${this.#file} holds no keys that can be read; remove it and add them again`)
    return kept.data
  }

  #text(): string | null {
    try {
      if (process.platform !== 'win32' && (statSync(this.#file).mode & OTHERS_MAY) !== 0)
        throw new Error(`${this.#file} can be read by others; chmod 600 it, and make new keys if that was so for long`)
      return readFileSync(this.#file, 'utf8')
    } catch (problem) {
      if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return null
      throw problem
    }
  }

  /** Whole or not at all; never readable by others, not even for a moment. */
  #save(kept: Kept): void {
    if (Object.keys(kept).length === 0) {
      rmSync(this.#file, { force: true })
      return
    }
    const draft = `${this.#file}.${process.pid}.new`
    mkdirSync(dirname(this.#file), { recursive: true })
    writeFileSync(draft, JSON.stringify(kept), { mode: OWNER_ONLY })
    chmodSync(draft, OWNER_ONLY)
    renameSync(draft, this.#file)
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
