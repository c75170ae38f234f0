/** Minds the keys of accounts: tries them at the exchange, keeps what may trade and cannot withdraw, forgets on request. */
import type { Actor } from '../core/policy/policy.ts'
import type { ExchangeKeys, KeyPlace, Vault } from '../core/ports/vault.ts'
import type { KeyFacade, KeptKey, KeyReport } from './key-facade.ts'

type Setup = KeyReport['setup']

/** Asks the exchange itself; nothing is ordered. Both throw where it cannot be asked. */
export interface KeyTrials {
  readonly key: (place: KeyPlace, keys: ExchangeKeys) => Promise<Pick<KeyReport, 'verdict' | 'findings'>>
  /** `fix`: what can be set is set first */
  readonly account: (place: KeyPlace, keys: ExchangeKeys, fix: boolean) => Promise<Setup>
}

export interface KeyChange {
  readonly what: 'added' | 'removed' | 'fixed'
  readonly place: KeyPlace
  readonly by: Actor
}

export interface KeyDeskDeps {
  readonly vault: Vault
  /** the account that is traded now; null: money is paper */
  readonly inUse: KeyPlace | null
  /** loads the exchange's client, which is large, when it is asked */
  readonly trials: () => Promise<KeyTrials>
  readonly changed: (change: KeyChange) => void
}

const NEXT_START = 'The station goes on with the key before this one until it comes to this account anew.'

export class KeyDesk implements KeyFacade {
  readonly #deps: KeyDeskDeps

  constructor(deps: KeyDeskDeps) {
    this.#deps = deps
  }

  async list(): Promise<readonly KeptKey[]> {
    const { vault, inUse } = this.#deps
    return (await vault.list()).map((trace) => ({ ...trace, inUse: trace.place === inUse }))
  }

  async cannotKeep(): Promise<string | null> {
    return (await this.#deps.vault.cannotKeep?.()) ?? null
  }

  async add(place: KeyPlace, keys: ExchangeKeys, actor: Actor): ReturnType<KeyFacade['add']> {
    const { vault, inUse, changed } = this.#deps
    const cannot = await this.cannotKeep()
    if (cannot !== null) return refused(cannot)
    const trace = (await vault.list()).find((each) => each.place === place)
    if (trace?.canRemove === false)
      return refused(`the keys of ${place} come from ${trace.keptIn}: they go before any that are kept`)
    const report = await this.#report(place, keys, false)
    if (typeof report === 'string') return refused(`${report} Nothing was kept.`)
    if (report.verdict === 'refused') return { outcome: 'told', report, isSaved: false }
    await vault.write(place, keys)
    changed({ what: 'added', place, by: actor })
    const findings = inUse === place ? [...report.findings, NEXT_START] : report.findings
    return { outcome: 'told', report: { ...report, findings }, isSaved: true }
  }

  check(place: KeyPlace): ReturnType<KeyFacade['check']> {
    return this.#kept(place, false)
  }

  async fix(place: KeyPlace, actor: Actor): ReturnType<KeyFacade['fix']> {
    const result = await this.#kept(place, true)
    if (result.outcome === 'told') this.#deps.changed({ what: 'fixed', place, by: actor })
    return result
  }

  async remove(place: KeyPlace, actor: Actor): ReturnType<KeyFacade['remove']> {
    const { vault, inUse, changed } = this.#deps
    const trace = (await vault.list()).find((each) => each.place === place)
    if (trace === undefined) return { outcome: 'missing' }
    if (!trace.canRemove) return refused(`the keys of ${place} come from ${trace.keptIn}, and go with it`)
    if (inUse === place)
      return refused(`the station trades with the keys of ${place} now: go to another place first, then remove them`)
    await vault.remove(place)
    changed({ what: 'removed', place, by: actor })
    return { outcome: 'removed' }
  }

  async #kept(place: KeyPlace, fix: boolean): ReturnType<KeyFacade['check']> {
    const keys = await this.#deps.vault.read(place).catch((problem: unknown) => sentenceOf(problem))
    if (typeof keys === 'string') return refused(keys)
    if (keys === null) return { outcome: 'missing' }
    const report = await this.#report(place, keys, fix)
    return typeof report === 'string' ? refused(report) : { outcome: 'told', report }
  }

  /** A sentence: the exchange could not be asked. */
  async #report(place: KeyPlace, keys: ExchangeKeys, fix: boolean): Promise<KeyReport | string> {
    const ending = keys.apiKey.slice(-4)
    try {
      const trials = await this.#deps.trials()
      const { verdict, findings } = await trials.key(place, keys)
      const told = findings.map((finding) => without(finding, keys))
      if (verdict === 'refused') return { place, ending, verdict, findings: told, setup: [] }
      const setup = await trials.account(place, keys, fix).catch((problem: unknown) => without(problem, keys))
      if (typeof setup !== 'string') return { place, ending, verdict, findings: told, setup }
      const unread = `The account could not be read with this key: ${setup}`
      return { place, ending, verdict: 'refused', findings: [unread, ...told], setup: [] }
    } catch (problem) {
      return `The exchange could not be asked about this key: ${without(problem, keys)}.`
    }
  }
}

const refused = (reason: string) => ({ outcome: 'refused' as const, reason })

const sentenceOf = (problem: unknown): string => (problem instanceof Error ? problem.message : String(problem))

/** What went wrong, without a word of the keys. */
const without = (problem: unknown, { apiKey, secret }: ExchangeKeys): string =>
  [secret, apiKey].reduce((text, word) => text.replaceAll(word, '…'), sentenceOf(problem))
