/** Where exchange keys are kept: sealed by the system, in a file only its owner reads, or in the environment. */

/** An account's environment at the exchange; simulated money never uses keys of the others. */
export type KeyPlace = 'simulated' | 'demo' | 'live'

export interface ExchangeKeys {
  readonly apiKey: string
  readonly secret: string
}

/** What may be shown of a key. */
export interface KeyTrace {
  readonly place: KeyPlace
  /** the last four characters of the key, nothing of the secret */
  readonly ending: string
  /** where it is kept, for people */
  readonly keptIn: string
  /** false: it comes from the environment, and goes with it */
  readonly canRemove: boolean
}

export interface Vault {
  /** null: there are none for this place */
  read(place: KeyPlace): Promise<ExchangeKeys | null>
  /** @throws with a sentence for people when this machine cannot keep a secret */
  write(place: KeyPlace, keys: ExchangeKeys): Promise<void>
  /** false: there were none */
  remove(place: KeyPlace): Promise<boolean>
  list(): Promise<readonly KeyTrace[]>
  /** why this machine cannot keep a key; null or absent: it can */
  readonly cannotKeep?: () => Promise<string | null>
}
