/** Somebody changed the same field meanwhile: who, what, when, and the two ways on. */
import type { JSX } from 'react'

import type { PolicyVersion } from '../../../contract/policy-shapes.ts'
import { station } from '../../link/client.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { Button } from '../../widgets/button.tsx'
import { Time } from '../../widgets/figures.tsx'
import { actorWords, changeWords } from './change-words.ts'

interface ConflictNoteProps {
  readonly paths: readonly string[]
  /** the version that the person looked at */
  readonly since: number
  readonly currentVersion: number
  readonly onOverwrite: () => void
  readonly onKeep: () => void
}

const MOST_VERSIONS = 500

export function ConflictNote({ paths, since, currentVersion, onOverwrite, onKeep }: ConflictNoteProps): JSX.Element {
  const limit = Math.min(MOST_VERSIONS, Math.max(1, currentVersion - since))
  const { value } = useAnswer(`conflict ${currentVersion} ${since}`, () =>
    station.policy.history({ limit, before: currentVersion + 1, rankings: false }),
  )
  const meanwhile = (value?.items ?? []).filter(({ version }) => version > since)
  return (
    <div className="conflict" role="alert">
      <p>
        <b>Not saved: changed meanwhile.</b> You looked at policy {since}, it is at {currentVersion} by now.
      </p>
      <ul>{meanwhile.flatMap((version) => linesOf(version, paths))}</ul>
      <p className="verbs">
        <Button onClick={onOverwrite}>Write mine over it</Button>
        <Button onClick={onKeep}>Keep what is in force</Button>
      </p>
    </div>
  )
}

const touches = (changed: string, path: string): boolean => changed === path || changed.startsWith(`${path}.`)

function linesOf(version: PolicyVersion, paths: readonly string[]): JSX.Element[] {
  return version.changes
    .filter((change) => paths.some((path) => touches(change.path, path)))
    .map((change) => {
      const { label, from, to } = changeWords(change)
      return (
        <li key={`${version.version} ${change.path}`}>
          <b>{label}</b> {from} → <b>{to}</b> by {actorWords(version.actor)} at <Time at={version.at} />, policy{' '}
          {version.version}
          {version.reason === '' ? null : `, “${version.reason}”`}
        </li>
      )
    })
}
