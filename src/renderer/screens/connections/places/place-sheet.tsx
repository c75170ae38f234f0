/**
 * Going to another place: what each is, what it still needs, what becomes of open positions. It stays with the answer
 * it was opened with; the station holds the wish against what is so by then.
 */
import { useId, useState, type JSX, type SyntheticEvent } from 'react'

import type { Place } from '../../../../contract/places.ts'
import { goToPlace } from '../../../commands/place-commands.ts'
import { Button } from '../../../widgets/button.tsx'
import { KeyCap } from '../../../widgets/key-cap.tsx'
import { Sheet } from '../../../widgets/sheet.tsx'
import type { Places } from '../use-connections.ts'
import { EnvironmentMark } from './environment-mark.tsx'
import { firstDraft, wishOf, type PlaceDraft } from './place-draft.ts'
import { PlaceFields } from './place-fields.tsx'
import { PlaceNeeds } from './place-needs.tsx'

interface PlaceSheetProps {
  readonly told: Places
  /** the place to begin with, if that is known already */
  readonly first: string
  readonly onAddKey: (place: string) => void
  readonly onClose: () => void
}

const KEYS_OF: Readonly<Partial<Record<Place['place'], string>>> = { venue: 'simulated', demo: 'demo', live: 'live' }

export function PlaceSheet({ told: newest, first, onAddKey, onClose }: PlaceSheetProps): JSX.Element {
  const [told] = useState(newest)
  const offered = told.items.filter(({ is_offered: isOffered, is_here: isHere }) => isOffered || isHere)
  const [chosen, setChosen] = useState<string>(
    () =>
      offered.find(({ place }) => place === first)?.place ?? offered.find(({ is_here: is }) => !is)?.place ?? told.here,
  )
  const [draft, setDraft] = useState<PlaceDraft>(() => firstDraft(told))
  const [fault, setFault] = useState<string | null>(null)
  const [isSending, setIsSending] = useState(false)
  const faultId = useId()
  const place = offered.find((each) => each.place === chosen) ?? offered[0]
  const wish = place === undefined ? null : wishOf(place, draft, told)
  const set = (changes: Partial<PlaceDraft>): void => {
    setDraft((now) => ({ ...now, ...changes }))
    setFault(null)
  }
  const go = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault()
    if (wish === null || place === undefined || isSending) return
    setIsSending(true)
    const outcome = await goToPlace(wish, { title: place.title, lastMoveAt: told.last_move?.at ?? null })
    setIsSending(false)
    if (outcome.ok) onClose()
    else setFault(`Not gone there: ${outcome.sentence}`)
  }
  const isLive = place?.environment === 'LIVE'
  return (
    <Sheet label="Change the place" className="change-sheet placesheet" onClose={onClose}>
      <form noValidate onSubmit={(event) => void go(event)}>
        <div className="title">
          <h1>Change the place</h1>
        </div>
        <div className="body">
          {told.cannot_move === null ? null : (
            <p className="note-line" role="note">
              <b>This station cannot be moved:</b> {told.cannot_move}
            </p>
          )}
          <div className="choices" role="radiogroup" aria-label="Places">
            {offered.map((each) => (
              <PlaceChoice
                key={each.place}
                place={each}
                isChosen={each.place === place?.place}
                onChoose={() => {
                  setChosen(each.place)
                  setFault(null)
                }}
              />
            ))}
          </div>
          {place === undefined || place.is_here ? null : (
            <>
              <PlaceNeeds
                place={place}
                draft={draft}
                words={told.words}
                onAddKey={() => onAddKey(KEYS_OF[place.place] ?? '')}
              />
              <PlaceFields place={place} draft={draft} told={told} onChange={set} />
              <p className="note-line dim">
                {place.has_journal ? 'Its journal and policy are there from before.' : 'It begins with a new journal.'}{' '}
                The station stops here in order and starts there; this page comes back by itself.
              </p>
            </>
          )}
          <p className="field-fault" id={faultId} role="alert">
            {fault}
          </p>
        </div>
        <div className="foot">
          <span className="push" />
          <Button isBig onClick={onClose}>
            Stay here <KeyCap keys="Escape" />
          </Button>
          <Button
            isBig
            type="submit"
            look={isLive ? 'danger' : 'primary'}
            disabled={wish === null || isSending}
            aria-describedby={faultId}
          >
            {isSending ? 'Going…' : isLive ? 'Trade real money' : `Go to ${place?.title ?? ''}`} <KeyCap keys="Enter" />
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

interface PlaceChoiceProps {
  readonly place: Place
  readonly isChosen: boolean
  readonly onChoose: () => void
}

const PlaceChoice = ({ place, isChosen, onChoose }: PlaceChoiceProps): JSX.Element => (
  <label className="choice">
    <input
      type="radio"
      name="place"
      value={place.place}
      checked={isChosen}
      data-autofocus={isChosen || undefined}
      onChange={onChoose}
    />
    <span>
      <EnvironmentMark environment={place.environment} /> <b>{place.title}</b>
      {place.is_here ? <span className="tag solid">here now</span> : null}
      <span className="text">{place.sentence}</span>
    </span>
  </label>
)
