/** A source that the station cannot be sent to from here: how one is started with it, as a command to copy. */
import type { JSX } from 'react'

import { station } from '../../link/client.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { Button } from '../../widgets/button.tsx'
import { showFault, showToast } from '../../widgets/toasts.tsx'
import { commandFor, FILE_LINES, type SourceId } from './sources.ts'

interface OtherSourceProps {
  readonly source: SourceId
  /** why the station cannot be moved at all; null: it can, but its settings name no recording */
  readonly cannotMove: string | null
}

export function OtherSource({ source, cannotMove }: OtherSourceProps): JSX.Element {
  const { value } = useAnswer('configuration', () => station.station.configuration())
  const folder = value?.items.find(({ key }) => key === 'station.data_folder')?.value ?? ''
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
      <p>
        {cannotMove === null
          ? 'It needs the folder of a recording, which is named when a station starts (market.replay).'
          : `This station cannot be moved: ${cannotMove}.`}{' '}
        Stop this one and start:
      </p>
      <p className="command">
        <code>{command}</code>
        <Button onClick={copy}>Copy command</Button>
      </p>
      <p className="meta">
        The desktop application reads the same from signalbox.toml in its data folder: {FILE_LINES[source]}
      </p>
    </>
  )
}
