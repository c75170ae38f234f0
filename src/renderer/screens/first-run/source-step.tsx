/** Step one: where prices come from. A station decides it at its start, so the others are a command to copy. */
import { useState, type JSX } from 'react'

import { station } from '../../link/client.ts'
import { useLive } from '../../state/live.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { Button } from '../../widgets/button.tsx'
import { showFault, showToast } from '../../widgets/toasts.tsx'
import { SOURCES, commandFor, fileLinesFor, sourceOf, type SourceId } from './sources.ts'
import { StepSheet } from './step-sheet.tsx'

interface SourceStepProps {
  readonly onNext: () => void
  readonly onSkip: () => void
}

export function SourceStep({ onNext, onSkip }: SourceStepProps): JSX.Element {
  const status = useLive((replica) => replica.status)
  const { value } = useAnswer('configuration', () => station.station.configuration())
  const running = status === null ? null : sourceOf(status.environment)
  const [looked, setLooked] = useState<SourceId | null>(null)
  const chosen = looked ?? running
  const folder = value?.items.find(({ key }) => key === 'station.data_folder')?.value ?? ''
  return (
    <StepSheet
      step={1}
      title="Where do prices come from?"
      nextVerb={running === null ? 'Go on' : `Go on with the ${SOURCES[running].short}`}
      onNext={onNext}
      onSkip={onSkip}
    >
      <div className="choices" role="radiogroup" aria-label="Source of prices">
        {(Object.keys(SOURCES) as SourceId[]).map((id) => {
          const { name, text, missing } = SOURCES[id]
          return (
            <label key={id} className="choice" data-off={missing !== undefined || undefined}>
              <input
                type="radio"
                name="source"
                value={id}
                checked={chosen === id}
                disabled={missing !== undefined}
                onChange={() => setLooked(id)}
              />
              <span>
                <b>{name}</b>
                {id === running ? <span className="tag solid">running now</span> : null}
                {missing === undefined ? null : <span className="tag">{missing}</span>}
                <span className="text">{text}</span>
              </span>
            </label>
          )
        })}
      </div>
      <div className="note-line source-note">
        {chosen === running ? (
          <p>This station runs on it: {status?.feed}. Money is paper; nothing leaves this machine.</p>
        ) : chosen === null ? null : (
          <OtherSource source={chosen} folder={folder} />
        )}
      </div>
    </StepSheet>
  )
}

function OtherSource({ source, folder }: { readonly source: SourceId; readonly folder: string }): JSX.Element {
  const command = commandFor(source, folder)
  const copy = (): void => {
    navigator.clipboard.writeText(command).then(
      () => showToast({ text: 'Command copied' }),
      () =>
        showFault(
          'The command was not copied: the browser does not let this page use the clipboard. Mark it and copy it by hand.',
        ),
    )
  }
  return (
    <>
      <p>A station chooses its source when it starts, and keeps it for its data folder. Stop this one and start:</p>
      <p className="command">
        <code>{command}</code>
        <Button onClick={copy}>Copy command</Button>
      </p>
      <p className="meta">
        The desktop application reads the same from signalbox.toml in its data folder: {fileLinesFor(source)}
      </p>
    </>
  )
}
