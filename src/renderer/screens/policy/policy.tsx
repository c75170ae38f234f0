/** Policy: the document in force, the profiles and limits behind it, and its whole history. */
import type { JSX } from 'react'

import { go, hrefOf, type Route } from '../../frame/route.ts'
import { useLive } from '../../state/live.ts'
import { Button } from '../../widgets/button.tsx'
import { Time } from '../../widgets/figures.tsx'
import { Icon } from '../../widgets/icon.tsx'
import { ModeMark } from '../../widgets/mode-mark.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { showFault, showToast } from '../../widgets/toasts.tsx'
import { actorWords } from './change-words.ts'
import { DocumentPart } from './document-part.tsx'
import { HistoryPart } from './history-part.tsx'
import { LimitsPart } from './limits-part.tsx'
import { MscPart } from './msc-part.tsx'

import './policy.css'
import { ProfilesPart } from './profiles-part.tsx'
import { RulesPart } from './rules-part.tsx'

const PARTS = [
  { id: 'document', name: 'In force' },
  { id: 'profiles', name: 'Profiles' },
  { id: 'limits', name: 'Limits' },
  { id: 'msc', name: 'MSC' },
  { id: 'rules', name: 'Rules' },
  { id: 'history', name: 'History' },
] as const

export default function Policy({ route }: { readonly route: Route }): JSX.Element {
  const policy = useLive((replica) => replica.policy)
  const effective = useLive((replica) => replica.effective)
  const part = PARTS.find(({ id }) => id === route.path[0]) ?? PARTS[0]
  if (policy === null || effective === null) return <Skeleton lines={8} label="Waiting for the policy" />
  const copy = (): void => {
    navigator.clipboard.writeText(JSON.stringify({ ...policy, effective }, null, 2)).then(
      () => showToast({ text: `Policy ${policy.version} copied as JSON` }),
      () => showFault('The policy was not copied: the browser does not let this page use the clipboard.'),
    )
  }
  return (
    <div className="policy">
      <header className="policy-head">
        <div>
          <h1>
            Policy {policy.version} <ModeMark mode={policy.risk_mode} />
          </h1>
          <p className="meta">
            written by {actorWords(policy.updated_by)}, <Time at={policy.last_updated} withDate />
            {policy.reason === '' ? '' : `: ${policy.reason}`}
          </p>
        </div>
        <nav className="parts" aria-label="Parts of the policy">
          {PARTS.map(({ id, name }) => (
            <a
              key={id}
              href={hrefOf('policy', id === 'document' ? [] : [id])}
              aria-current={id === part.id ? 'page' : undefined}
            >
              {name}
            </a>
          ))}
        </nav>
        <Button onClick={copy}>
          <Icon name="download" /> Copy as JSON
        </Button>
      </header>
      {part.id === 'document' ? <DocumentPart policy={policy} effective={effective} /> : null}
      {part.id === 'profiles' ? <ProfilesPart mode={policy.risk_mode} /> : null}
      {part.id === 'limits' ? <LimitsPart /> : null}
      {part.id === 'msc' ? <MscPart /> : null}
      {part.id === 'rules' ? <RulesPart asked={route.query.get('new')} /> : null}
      {part.id === 'history' ? (
        <HistoryPart
          chosen={Number(route.path[1] ?? policy.version)}
          current={policy.version}
          onChoose={(version) => go('policy', ['history', String(version)])}
        />
      ) : null}
    </div>
  )
}
