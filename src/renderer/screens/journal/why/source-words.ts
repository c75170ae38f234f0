/** Who set a limit, from the journal's `profile NORMAL v3` to words: `NORMAL profile`. Pure. */
const ACTORS: Readonly<Record<string, string>> = { msc: 'MSC', clm: 'CLM', env: 'environment', user: 'you' }

export interface SourceWords {
  readonly words: string
  /** version of the policy that says so; null: none does */
  readonly policyVersion: number | null
}

export function sourceWords(source: string | null): SourceWords {
  if (source === null || source === '') return { words: '', policyVersion: null }
  const [, kind, actor = '', version] = /^(\S+) (.+) v(\d+)$/.exec(source) ?? []
  const policyVersion = version === undefined || version === '0' ? null : Number(version)
  if (kind === 'profile') return { words: `${actor} profile`, policyVersion }
  if (kind === 'policy') return { words: `${ACTORS[actor] ?? actor}, policy ${version ?? '?'}`, policyVersion }
  if (kind === 'config') return { words: 'rules', policyVersion }
  if (kind === 'governor') return { words: 'safety governor', policyVersion: null }
  return { words: kind ?? source, policyVersion: null }
}
