/** Step one: where prices come from. Another source is another place of the station, with a journal of its own. */
import { useState, type JSX } from 'react'

import { goToPlace } from '../../commands/place-commands.ts'
import { station } from '../../link/client.ts'
import { useLive } from '../../state/live.ts'
import { useAgain } from '../../state/use-again.ts'
import { useAnswer } from '../../state/use-answer.ts'
import { OtherSource } from './other-source.tsx'
import { sourceAt, SOURCES, type SourceId } from './sources.ts'
import { StepSheet } from './step-sheet.tsx'

interface SourceStepProps {
  readonly onNext: () => void
  readonly onSkip: () => void
}

const AGAIN_MS = 2000

export function SourceStep({ onNext, onSkip }: SourceStepProps): JSX.Element {
  const feed = useLive(({ status }) => status?.feed ?? '')
  const moving = useLive((replica) => replica.moving)
  const { value: places, reload } = useAnswer('places of sources', () => station.places.get())
  useAgain(reload, AGAIN_MS)
  const [looked, setLooked] = useState<SourceId | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const running = places === null ? null : sourceAt(places.here)
  const chosen = looked ?? running
  const other = places === null || chosen === null || chosen === running ? null : SOURCES[chosen]
  const place = other === null ? undefined : places?.items.find((each) => each.place === other.place)
  const canGo = place !== undefined && place.is_offered && places?.cannot_move === null
  const leaving = place?.needs.find(({ need, is_met: isMet }) => need === 'leave_open' && !isMet)
  const go = async (): Promise<void> => {
    if (place === undefined || !canGo) return onNext()
    setFault(null)
    const wish = { place: place.place, reason: 'chosen in the first steps', leave_open: leaving !== undefined }
    const outcome = await goToPlace(wish, { title: place.title, lastMoveAt: places.last_move?.at ?? null })
    if (!outcome.ok) setFault(`Not gone there: ${outcome.sentence}`)
  }
  return (
    <StepSheet
      step={1}
      title="Where do prices come from?"
      nextVerb={verbOf(canGo ? chosen : null, running)}
      isBusy={moving !== null}
      onNext={() => void go()}
      onSkip={onSkip}
    >
      <div className="choices" role="radiogroup" aria-label="Source of prices">
        {(Object.keys(SOURCES) as SourceId[]).map((id) => (
          <label key={id} className="choice">
            <input
              type="radio"
              name="source"
              value={id}
              checked={chosen === id}
              onChange={() => {
                setLooked(id)
                setFault(null)
              }}
            />
            <span>
              <b>{SOURCES[id].name}</b>
              {id === running ? <span className="tag solid">running now</span> : null}
              <span className="text">{SOURCES[id].text}</span>
            </span>
          </label>
        ))}
      </div>
      <div className="note-line source-note">
        {moving !== null ? (
          <p role="status">The station goes to {moving.title}; this page comes back by itself.</p>
        ) : chosen === null ? null : chosen === running ? (
          <RunningNow feed={feed} place={places?.here ?? 'simulated'} />
        ) : canGo ? (
          <p>
            {place.has_journal ? 'Its journal is there from before.' : 'It begins with a journal of its own.'} The
            station stops here in order and starts there. {leaving?.sentence}
          </p>
        ) : (
          <OtherSource source={chosen} cannotMove={places?.cannot_move ?? null} />
        )}
        <NotReached lastMove={places?.last_move ?? null} />
      </div>
      <p className="field-fault" role="alert">
        {fault}
      </p>
    </StepSheet>
  )
}

function verbOf(going: SourceId | null, running: SourceId | null): string {
  if (going !== null) return `Go to the ${SOURCES[going].short}`
  return running === null ? 'Go on' : `Go on with the ${SOURCES[running].short}`
}

const RunningNow = ({ feed, place }: { readonly feed: string; readonly place: string }): JSX.Element => (
  <p>
    This station runs on it: {feed}.{' '}
    {place === 'paper'
      ? 'Money is paper; prices are read, no order leaves this machine.'
      : 'Money is paper; nothing leaves this machine.'}
  </p>
)

type LastMove = Awaited<ReturnType<typeof station.places.get>>['last_move']

/** Live prices were wanted and could not be had: what runs in their place, and what the station does about it. */
const NotReached = ({ lastMove }: { readonly lastMove: LastMove }): JSX.Element | null =>
  lastMove?.outcome !== 'came_back' || lastMove.to !== 'paper' ? null : (
    <p role="status">
      <b>Live prices could not be had:</b> {lastMove.problem}. The station runs on the simulated market, marked as such;
      it looks again by itself and says when the exchange answers.
    </p>
  )
