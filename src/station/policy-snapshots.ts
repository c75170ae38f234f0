/** The snapshot in force: each new one is stored first, then readable, then announced. */
import { traceIdOf } from '../core/model/ids.ts'
import { frozen } from '../core/policy/merge.ts'
import { nextVersion, type PolicyEdit } from '../core/policy/next-version.ts'
import type { Actor, GlobalPolicy } from '../core/policy/policy.ts'
import type { PolicyShelf, PolicyVersion } from '../core/ports/policy-shelf.ts'

export type PolicyListener = (version: PolicyVersion) => void

export interface SnapshotStamp {
  readonly actor: Actor
  readonly reason: string
  readonly at: number
  readonly traceId: string | undefined
}

export function versionOf(policy: GlobalPolicy, edit: PolicyEdit, stamp: SnapshotStamp): PolicyVersion {
  const next = nextVersion(policy, edit, stamp)
  const traceId = stamp.traceId ?? traceIdOf('policy', next.policy.version, stamp.at)
  // the ranker may write nothing but rankings
  return { ...next, traceId, rankingOnly: stamp.actor === 'ranker' }
}

export class PolicySnapshots {
  readonly #shelf: PolicyShelf
  readonly #listenerFailed: (problem: unknown) => void
  #current: GlobalPolicy
  /** in force but not yet stored: they go to the shelf before anything newer */
  #unstored: PolicyVersion[]
  #listeners: readonly PolicyListener[] = []
  readonly #toTell: PolicyVersion[] = []
  #telling = false

  constructor(deps: {
    readonly shelf: PolicyShelf
    readonly current: GlobalPolicy
    readonly unstored: readonly PolicyVersion[]
    readonly listenerFailed: (problem: unknown) => void
  }) {
    this.#shelf = deps.shelf
    this.#current = frozen(deps.current)
    this.#unstored = [...deps.unstored]
    this.#listenerFailed = deps.listenerFailed
  }

  get current(): GlobalPolicy {
    return this.#current
  }

  /** Stores, then publishes. Throws what the shelf throws, and then nothing has changed. */
  write(edit: PolicyEdit, stamp: SnapshotStamp): PolicyVersion {
    const version = versionOf(this.#current, edit, stamp)
    this.#store(version)
    this.#publish(version)
    return version
  }

  /** For the kill switch: publishes even when it cannot be stored; it is stored before the next write. */
  writeAnyway(edit: PolicyEdit, stamp: SnapshotStamp): { readonly version: PolicyVersion; readonly stored: boolean } {
    const version = versionOf(this.#current, edit, stamp)
    let stored = true
    try {
      this.#store(version)
    } catch {
      stored = false
      this.#unstored.push(version)
    }
    this.#publish(version)
    return { version, stored }
  }

  /** Stores what is in force and could not be stored; false: it still cannot be. */
  storeWaiting(): boolean {
    try {
      this.#storeWaiting()
      return true
    } catch {
      return false
    }
  }

  onUpdated(listener: PolicyListener): () => void {
    const own: PolicyListener = (version) => listener(version)
    this.#listeners = [...this.#listeners, own]
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== own)
    }
  }

  #store(version: PolicyVersion): void {
    this.#storeWaiting()
    this.#shelf.commit(version)
  }

  #storeWaiting(): void {
    for (let [waiting] = this.#unstored; waiting !== undefined; [waiting] = this.#unstored) {
      this.#shelf.commit(waiting)
      this.#unstored = this.#unstored.slice(1)
    }
  }

  /** A version written by a listener is in force at once and told after the one being told: everybody sees one order. */
  #publish(version: PolicyVersion): void {
    this.#current = version.policy
    this.#toTell.push(version)
    if (this.#telling) return
    this.#telling = true
    for (let next = this.#toTell.shift(); next !== undefined; next = this.#toTell.shift()) this.#tell(next)
    this.#telling = false
  }

  #tell(version: PolicyVersion): void {
    for (const listener of this.#listeners) {
      try {
        listener(version)
      } catch (problem) {
        this.#listenerFailed(problem)
      }
    }
  }
}
