/** The one source of truth on risk: one writer function, many authors, nobody holds a mutable policy (SPEC §1). */
import { stableId } from '../core/model/ids.ts'
import { badField } from '../core/policy/bad-fields.ts'
import { changeRules, type RulesPatch } from '../core/policy/change-rules.ts'
import { changePolicy } from '../core/policy/change.ts'
import { diffPolicies } from '../core/policy/diff.ts'
import { effectiveLimits } from '../core/policy/effective.ts'
import { isPerson } from '../core/policy/holds.ts'
import { nextVersion, sourceKey, type PolicyEdit } from '../core/policy/next-version.ts'
import type { NumberField } from '../core/policy/numbers.ts'
import { SETTABLE_FIELDS, type PolicyPatch } from '../core/policy/patch.ts'
import type { Actor, EffectiveLimits, GlobalPolicy, GovernorState, RiskMode } from '../core/policy/policy.ts'
import { consequences, type Consequences, type PreviewInputs } from '../core/policy/preview.ts'
import { readPolicy } from '../core/policy/schema.ts'
import { resetEdit, rollbackEdit, undoEdit } from '../core/policy/write-back.ts'
import { JournalUnwritable } from '../core/ports/journal.ts'
import type { FieldChange, PolicyShelf, PolicyVersion } from '../core/ports/policy-shelf.ts'
import { openPolicy, type OpeningDeps, type PolicyOrigin } from './policy-opening.ts'
import { PolicySnapshots, type PolicyListener } from './policy-snapshots.ts'
import type { Accepted, Conflict, Invalid, PolicyResult, PolicyWrite, Refused } from './policy-write.ts'

export type { PolicyOrigin, PolicyPatch, RulesPatch }
export type { PolicyResult, PolicyWrite } from './policy-write.ts'

export interface PolicyStoreDeps extends OpeningDeps {
  /** told what a listener threw; the others were told all the same */
  readonly listenerFailed?: (problem: unknown) => void
}

export interface PolicyPreview extends Consequences {
  readonly outcome: 'preview'
  /** the policy as it would be */
  readonly policy: GlobalPolicy
  readonly changes: readonly FieldChange[]
  readonly notes: readonly string[]
}

/** Nothing but this word releases the emergency. */
const RELEASE_WORD = 'RELEASE'
const MS_PER_DAY = 86_400_000
/** SPEC §1.5: ranking-only versions are thinned after this long */
const RANKINGS_KEPT_MS = 7 * MS_PER_DAY

const refused = (reason: string): Refused => ({ outcome: 'refused', reason })

export class PolicyStore {
  /** where the policy of this start came from */
  readonly origin: PolicyOrigin
  readonly #shelf: PolicyShelf
  readonly #now: () => number
  readonly #snapshots: PolicySnapshots

  /** @throws what the shelf throws when a new database cannot take the first policy */
  constructor(deps: PolicyStoreDeps) {
    const { policy, origin, unstored } = openPolicy(deps)
    const listenerFailed = deps.listenerFailed ?? (() => undefined)
    this.origin = origin
    this.#shelf = deps.shelf
    this.#now = deps.now
    this.#snapshots = new PolicySnapshots({ shelf: deps.shelf, current: policy, unstored, listenerFailed })
  }

  /** The policy in force; frozen. */
  get current(): GlobalPolicy {
    return this.#snapshots.current
  }

  /** Told of each version in order, after it is readable and before the write returns. Returns its undo. */
  onUpdated(listener: PolicyListener): () => void {
    return this.#snapshots.onUpdated(listener)
  }

  /** Every write below throws what the shelf throws when it cannot be stored; then nothing has changed. */
  change(patch: PolicyPatch, write: PolicyWrite): PolicyResult {
    const change = changePolicy(this.current, patch, { actor: write.actor, now: this.#now() })
    if (change.outcome !== 'changed') return change
    return this.#conflict(change.named, write) ?? this.#accept(change.edit, write, change.notes)
  }

  /** A mode and, if `pinUntil` is given, its pin in one version (null: until released). */
  switchMode(mode: RiskMode, write: PolicyWrite & { readonly pinUntil?: number | null | undefined }): PolicyResult {
    const { pinUntil } = write
    const bad = pinUntil === undefined ? null : this.#badPin(pinUntil, write.actor)
    const change = changePolicy(this.current, { riskMode: mode }, { actor: write.actor, now: this.#now() })
    if (bad !== null) return bad
    if (change.outcome !== 'changed') return change
    const pin = pinUntil === undefined ? {} : { pin: this.#pinOf(pinUntil, write) }
    const edit = { ...change.edit, fields: { ...change.edit.fields, ...pin } }
    return this.#conflict(change.named, write) ?? this.#accept(edit, write, change.notes)
  }

  /** Holds the mode against MSC and rules until `until` (epoch ms; null: until released). */
  pin(until: number | null, write: PolicyWrite): PolicyResult {
    const edit = (): PolicyEdit => ({ fields: { pin: this.#pinOf(until, write) } })
    return this.#badPin(until, write.actor) ?? this.#conflict(['pin'], write) ?? this.#accept(edit(), write)
  }

  releasePin(write: PolicyWrite): PolicyResult {
    if (!isPerson(write.actor)) return refused(`a pin is released by a person, not by ${write.actor}`)
    if (this.current.pin === null) return refused('no pin is set')
    return this.#conflict(['pin'], write) ?? this.#accept({ fields: { pin: null } }, write)
  }

  /** Lets a number go that a person had set: automatic writers may loosen it again. */
  releaseHold(field: NumberField, write: PolicyWrite): PolicyResult {
    if (!isPerson(write.actor)) return refused(`a hold is released by a person, not by ${write.actor}`)
    return this.#conflict([field], write) ?? this.#accept({ fields: {}, holds: { [field]: null } }, write)
  }

  changeRules(patch: RulesPatch, write: PolicyWrite): PolicyResult {
    if (!isPerson(write.actor)) return refused(`the rules are changed by a person, not by ${write.actor}`)
    const change = changeRules(this.current, patch)
    if (change.outcome === 'invalid') return change
    return this.#conflict(change.named, write) ?? this.#accept({ fields: { rules: change.rules } }, write)
  }

  /** NORMAL with its targets; pin, emergency, rules, rankings and models stay. */
  reset(write: PolicyWrite): PolicyResult {
    return this.#writeBack(resetEdit(this.current), write)
  }

  /** The mode, numbers and lists of an earlier version, as a new version. */
  rollback(version: number, write: PolicyWrite): PolicyResult {
    const earlier = readPolicy(this.#shelf.version(version)?.policy)
    if (earlier === null) return refused(`there is no readable version ${version}`)
    return this.#writeBack(rollbackEdit(earlier), write)
  }

  /** Writes back only what that version wrote; a conflict when one of these fields has changed since. */
  undo(version: number, write: PolicyWrite): PolicyResult {
    if (!isPerson(write.actor)) return refused(`a change is undone by a person, not by ${write.actor}`)
    const undone = this.#shelf.version(version)
    if (undone === null) return refused(`there is no version ${version}`)
    const { fields, holds, rulesPatch, paths } = undoEdit(undone.changes)
    if (paths.length === 0) return refused(`version ${version} changed nothing that can be undone`)
    const conflict = this.#conflict([...new Set(paths.map(sourceKey))], { expectedVersion: version })
    if (conflict !== null) return conflict
    const rules = rulesPatch === null ? null : changeRules(this.current, rulesPatch)
    if (rules?.outcome === 'invalid') return rules
    const edit = { fields: { ...fields, ...(rules === null ? {} : { rules: rules.rules }) }, ...(holds && { holds }) }
    return this.#accept(edit, write)
  }

  /** The ranker's write: replaces all rankings. */
  setRankings(rankings: Readonly<Record<string, number>>, write: Partial<PolicyWrite> = {}): PolicyResult {
    return this.change({ oppRankings: rankings }, { reason: 'rankings', ...write, actor: 'ranker' })
  }

  /**
   * The kill switch: at once, whatever version the caller looked at, and in force even when it cannot be stored (it is
   * then stored before the next write, and the answer says so). Engaged already: the first one stays.
   */
  engageEmergency(write: Omit<PolicyWrite, 'expectedVersion'>): Accepted | Refused {
    const { actor, reason = '' } = write
    if (!isPerson(actor) && actor !== 'governor') return refused(`${actor} may not engage the emergency`)
    const { current } = this
    if (current.emergency !== null) return { outcome: 'accepted', policy: current, changes: [], notes: [] }
    const at = this.#now()
    const emergency = { id: stableId('emergency', current.version + 1, at), engagedAt: at, by: actor, reason }
    const stamp = { actor, reason, at, traceId: write.traceId }
    const { version, stored } = this.#snapshots.writeAnyway({ fields: { emergency } }, stamp)
    const notes = stored ? [] : ['the emergency is in force but could not be stored']
    return { outcome: 'accepted', policy: version.policy, changes: version.changes, notes }
  }

  /** Only a person, only with the id of the emergency in force and the typed word. */
  releaseEmergency(
    release: Omit<PolicyWrite, 'expectedVersion'> & { readonly id: string; readonly word: string },
  ): PolicyResult {
    const { actor, id, word } = release
    const { emergency } = this.current
    if (!isPerson(actor)) return refused(`the emergency is released by a person, not by ${actor}`)
    if (emergency === null) return refused('no emergency is engaged')
    if (emergency.id !== id) return refused(`emergency ${emergency.id} is engaged, not ${id}`)
    if (word !== RELEASE_WORD) return refused(`the word is ${RELEASE_WORD}`)
    return this.#accept({ fields: { emergency: null } }, { reason: 'released', ...release })
  }

  /** An emergency that could not be stored is stored now, if it can be; without it that waits for the next write. */
  storeWaiting(): boolean {
    return this.#snapshots.storeWaiting()
  }

  /** Limits in force; `drawdown` is the account's of the UTC day, a fraction. */
  effective(governor: GovernorState, drawdown = 0): EffectiveLimits {
    return effectiveLimits(this.current, governor, drawdown)
  }

  /** What a change would do; nothing is written. */
  preview(patch: PolicyPatch, inputs: PreviewInputs, actor: Actor = 'user'): PolicyPreview | Invalid | Refused {
    const at = this.#now()
    const change = changePolicy(this.current, patch, { actor, now: at })
    if (change.outcome !== 'changed') return change
    const { policy, changes } = nextVersion(this.current, change.edit, { actor, at, reason: 'preview' })
    return { outcome: 'preview', policy, changes, notes: change.notes, ...consequences(this.current, policy, inputs) }
  }

  /** What a change of the rules would do; nothing is written. */
  previewRules(patch: RulesPatch, inputs: PreviewInputs, actor: Actor = 'user'): PolicyPreview | Invalid | Refused {
    if (!isPerson(actor)) return refused(`the rules are changed by a person, not by ${actor}`)
    const change = changeRules(this.current, patch)
    if (change.outcome === 'invalid') return change
    const edit = { fields: { rules: change.rules } }
    const { policy, changes } = nextVersion(this.current, edit, { actor, at: this.#now(), reason: 'preview' })
    return { outcome: 'preview', policy, changes, notes: [], ...consequences(this.current, policy, inputs) }
  }

  history(query: Parameters<PolicyShelf['history']>[0]): readonly PolicyVersion[] {
    return this.#shelf.history(query)
  }

  version(version: number): PolicyVersion | null {
    return this.#shelf.version(version)
  }

  /** Null when one of the versions is not there. */
  diff(from: number, to: number): readonly FieldChange[] | null {
    const [before, after] = [this.#shelf.version(from), this.#shelf.version(to)]
    return before === null || after === null ? null : diffPolicies(before.policy, after.policy)
  }

  /** Thins ranking-only versions older than 7 days; how many went. For the station's daily timer: what fails is done tomorrow. */
  thinHistory(): number {
    try {
      return this.#shelf.thin(this.#now() - RANKINGS_KEPT_MS)
    } catch (problem) {
      if (problem instanceof JournalUnwritable) return 0
      throw problem
    }
  }

  #writeBack(edit: PolicyEdit, write: PolicyWrite): PolicyResult {
    if (!isPerson(write.actor)) return refused(`earlier values are written back by a person, not by ${write.actor}`)
    return this.#conflict(SETTABLE_FIELDS, write) ?? this.#accept(edit, write)
  }

  #accept(edit: PolicyEdit, write: PolicyWrite, notes: readonly string[] = []): Accepted {
    const { actor, reason = '', traceId } = write
    const version = this.#snapshots.write(edit, { actor, reason, at: this.#now(), traceId })
    return { outcome: 'accepted', policy: version.policy, changes: version.changes, notes }
  }

  /** Named fields that changed after the version the writer looked at. */
  #conflict(named: readonly string[], write: { readonly expectedVersion?: number | undefined }): Conflict | null {
    const { expectedVersion } = write
    const { version, sources } = this.current
    if (expectedVersion === undefined) return null
    const changed = (field: string): boolean => (sources[field]?.version ?? 0) > expectedVersion
    const fields = expectedVersion > version ? named : named.filter(changed)
    return fields.length === 0 ? null : { outcome: 'conflict', fields, currentVersion: version }
  }

  #badPin(until: number | null, actor: Actor): Invalid | Refused | null {
    if (!isPerson(actor)) return refused(`a mode is pinned by a person, not by ${actor}`)
    const now = this.#now()
    if (until === null || (Number.isSafeInteger(until) && until > now)) return null
    return { outcome: 'invalid', fields: [badField('until', `must be null or a time after ${now}, was ${until}`)] }
  }

  #pinOf(until: number | null, { actor, reason = '' }: PolicyWrite): NonNullable<GlobalPolicy['pin']> {
    return { by: actor, at: this.#now(), until, reason }
  }
}
