/** One version: what it changed, how it differs from any other, and the ways back. */
import { useId, useState, type JSX } from 'react'

import { station } from '../../link/client.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { Button } from '../../widgets/button.tsx'
import { ConfirmSheet } from '../../widgets/confirm-sheet.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Time } from '../../widgets/figures.tsx'
import { Icon } from '../../widgets/icon.tsx'
import { ModeMark } from '../../widgets/mode-mark.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { actorWords } from './change-words.ts'
import { ChangesTable } from './changes-table.tsx'
import { writeAtOnce } from './write-policy.ts'

interface VersionPanelProps {
  readonly version: number
  readonly current: number
}

export function VersionPanel({ version, current }: VersionPanelProps): JSX.Element {
  const { value, fault } = useAnswer(`version ${version}`, () => station.policy.version({ version }))
  const [asking, setAsking] = useState<'rollback' | 'undo' | null>(null)
  const verbs =
    value === null ? undefined : (
      <>
        {value.changes.length === 0 ? null : <Button onClick={() => setAsking('undo')}>Undo {version}</Button>}
        {version === current ? null : <Button onClick={() => setAsking('rollback')}>Roll back to {version}</Button>}
      </>
    )
  return (
    <Panel
      title={`Policy ${version}`}
      note={version === current ? <span className="tag">in force</span> : null}
      verbs={verbs}
    >
      {value === null ? (
        fault === null ? (
          <Skeleton lines={4} label="Reading the version" />
        ) : (
          <EmptyState title={`Policy ${version} is not shown:`}>{fault}.</EmptyState>
        )
      ) : (
        <div className="scroll">
          <p className="note-line">
            <ModeMark mode={value.risk_mode} /> by {actorWords(value.actor)}, <Time at={value.at} withDate />
            {value.reason === '' ? '' : `: ${value.reason}`}
          </p>
          <p className="note-line meta">trace {value.trace_id}</p>
          <h3>What it changed</h3>
          <ChangesTable label={`Changes of policy ${version}`} changes={value.changes} none="It changed no field." />
          <Comparison version={version} current={current} />
        </div>
      )}
      {asking === null ? null : (
        <WayBack kind={asking} version={version} current={current} onClose={() => setAsking(null)} />
      )}
    </Panel>
  )
}

function Comparison({ version, current }: VersionPanelProps): JSX.Element {
  const [text, setText] = useState(String(version === current ? Math.max(1, version - 1) : current))
  const id = useId()
  const other = /^\d+$/.test(text) ? Number(text) : null
  const { value, fault } = useAnswer(`diff ${version} ${text}`, () =>
    other === null
      ? Promise.resolve(null)
      : station.policy.diff({ from: Math.min(version, other), to: Math.max(version, other) }),
  )
  return (
    <section aria-labelledby={`${id}-head`}>
      <div className="compare">
        <h3 id={`${id}-head`}>Compared with</h3>
        <label htmlFor={id} className="sr">
          Version to compare with
        </label>
        <span className="input number">
          <input
            id={id}
            inputMode="numeric"
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value.trim())}
          />
        </span>
        <Button onClick={() => setText(String(current))} disabled={text === String(current)}>
          In force
        </Button>
      </div>
      {fault === null ? null : (
        <p className="field-fault" role="alert">
          {fault}.
        </p>
      )}
      {other === null ? (
        <p className="field-fault" role="alert">
          A version is a whole number from 1 to {current}.
        </p>
      ) : null}
      {value === null ? null : (
        <ChangesTable
          label={`From policy ${value.from} to ${value.to}`}
          changes={value.changes}
          fromHead={`Policy ${value.from}`}
          toHead={`Policy ${value.to}`}
          none={`Policy ${value.from} and ${value.to} say the same.`}
        />
      )}
    </section>
  )
}

interface WayBackProps extends VersionPanelProps {
  readonly kind: 'rollback' | 'undo'
  readonly onClose: () => void
}

function WayBack({ kind, version, current, onClose }: WayBackProps): JSX.Element {
  const isRollback = kind === 'rollback'
  const { value } = useAnswer(`way back ${kind} ${version} ${current}`, async () =>
    isRollback
      ? (await station.policy.diff({ from: current, to: version })).changes
      : (await station.policy.version({ version })).changes.map(({ path, from, to }) => ({ path, from: to, to: from })),
  )
  const shown = (value ?? []).filter(
    ({ path }) => !isRollback || !/^(rules|pin|emergency|evaluation|model_versions|opp_rankings)\b/.test(path),
  )
  const write = (reason: string): Promise<boolean> =>
    writeAtOnce(
      isRollback
        ? { done: `Rolled back to ${version}`, notDone: `Not rolled back to policy ${version}` }
        : { done: `Policy ${version} taken back`, notDone: `Policy ${version} was not taken back` },
      () => {
        const why = reason === '' ? {} : { reason }
        return isRollback
          ? station.policy.rollback({ version, ...why, expected_version: current })
          : station.policy.undo({ version, ...why })
      },
    )
  const title = isRollback ? `Roll back to policy ${version}` : `Undo policy ${version}`
  return (
    <ConfirmSheet
      title={title}
      verb={isRollback ? `Roll back to ${version}` : `Undo ${version}`}
      isWide
      reasonFor="for the history"
      onClose={onClose}
      onConfirm={write}
    >
      <p className="note-line">
        <Icon name="undo" />{' '}
        {isRollback
          ? 'Mode, numbers and lists as they were, as a new version. Pin, profiles and limits stay.'
          : 'Writes back only what this version changed, as a new version.'}
      </p>
      <ChangesTable
        label="What would change"
        changes={shown}
        fromHead="In force"
        toHead="After it"
        none="Nothing would change."
      />
    </ConfirmSheet>
  )
}
