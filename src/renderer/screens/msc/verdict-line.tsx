/** The line above the votes: what MSC asks for, what became of it, when it looks again, and its verbs. */
import { useState, type JSX } from 'react'

import { evaluateNow } from '../../commands/msc-commands.ts'
import { useActions } from '../../frame/actions.ts'
import { pinOrRelease } from '../../frame/armed-mode.ts'
import { useLive } from '../../state/live.ts'
import { useStationClock } from '../../state/station-clock.ts'
import { Button } from '../../widgets/button.tsx'
import { localClock } from '../../widgets/format-time.ts'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { ModeMark } from '../../widgets/mode-mark.tsx'
import { countdown, STATUS_WORDS, verdictOf } from './msc-words.ts'
import { sentenceText } from './plain-words.ts'
import type { MscState } from './use-msc.ts'

interface VerdictLineProps {
  readonly state: MscState
  readonly onRun: () => void
}

export function VerdictLine({ state, onRun }: VerdictLineProps): JSX.Element {
  const now = useStationClock()
  const { mode, isPinned, isStopped } = useLive(({ policy }) => ({
    mode: policy?.risk_mode ?? null,
    isPinned: policy?.pin != null,
    isStopped: policy?.emergency != null,
  }))
  const [isAsked, setIsAsked] = useState(false)
  const runNow = async (): Promise<void> => {
    setIsAsked(true)
    await evaluateNow()
    setIsAsked(false)
    onRun()
  }
  const isRunning = state.running || isAsked
  const isOff = state.status === 'disabled'
  useActions([
    { id: 'msc.run', label: 'Run MSC now', group: 'MSC', keys: ['R'], isKeyOnly: true, run: () => void runNow() },
  ])
  const verdict = verdictOf(state.status, state.evaluation, mode)
  return (
    <header className="verdictline">
      <div>
        <h1>
          {verdict.text} {verdict.mode === null ? '–' : <ModeMark mode={verdict.mode} />}
        </h1>
        <p>
          {mode !== null && mode !== verdict.mode ? (
            <>
              <ModeMark mode={mode} /> is in force.{' '}
            </>
          ) : null}
          {state.evaluation === null
            ? 'It runs once at the start and then on its interval'
            : sentenceText(state.evaluation.sentence)}
          .
        </p>
        <p className="meta">
          MSC {STATUS_WORDS[state.status]}
          {state.last_at === null ? '' : `, last run ${localClock(Date.parse(state.last_at))}`}
          {isOff ? '' : `, next ${countdown(state.next_at, now, isRunning)}, every ${state.interval_minutes} min`}
        </p>
      </div>
      <span className="push">
        <Button onClick={() => void runNow()} disabled={isRunning || isOff} aria-keyshortcuts="R">
          {isRunning ? 'Running…' : 'Run now'} <KeyCap keys="R" />
        </Button>
        <Button aria-keyshortcuts="P" onClick={pinOrRelease} disabled={isStopped}>
          {isPinned ? 'Release pin' : 'Pin mode'} <KeyCap keys="P" />
        </Button>
      </span>
    </header>
  )
}
