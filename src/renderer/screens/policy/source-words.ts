/** Who set a limit in force, in words. Pure. */
import type { EffectiveLimits, PolicyDocument } from '../../../contract/policy-shapes.ts'
import { actorWords } from './change-words.ts'

type Source = EffectiveLimits['max_positions']['source']

export function sourceWords({ kind, actor, version }: Source, mode: PolicyDocument['risk_mode']): string {
  if (kind === 'profile') return `${mode} profile`
  if (kind === 'policy') return `${actorWords(actor)}, policy ${version}`
  return { governor: 'safety governor', config: 'configuration', exchange: 'exchange' }[kind]
}
