/** What a place needs before it can be gone to: each met or not, with what is typed. Open positions have their own box. */
import type { JSX } from 'react'

import type { Place } from '../../../../contract/places.ts'
import { Button } from '../../../widgets/button.tsx'
import { Icon } from '../../../widgets/icon.tsx'
import { isMet, type PlaceDraft } from './place-draft.ts'

interface PlaceNeedsProps {
  readonly place: Place
  readonly draft: PlaceDraft
  readonly words: string
  readonly onAddKey: () => void
}

export const PlaceNeeds = ({ place, draft, words, onAddKey }: PlaceNeedsProps): JSX.Element | null => {
  const needs = place.needs.filter(({ need }) => need !== 'leave_open')
  return needs.length === 0 ? null : (
    <ul className="needs" aria-label={`What ${place.title} needs`}>
      {needs.map((need) => {
        const met = isMet(need, draft, words)
        return (
          <li key={need.need} data-met={met || undefined}>
            <Icon name={met ? 'ok' : 'warning'} />
            <span>
              {need.sentence}
              <span className="sr">{met ? ' (met)' : ' (missing)'}</span>
            </span>
            {need.need === 'keys' && !met ? <Button onClick={onAddKey}>Add its key…</Button> : null}
          </li>
        )
      })}
    </ul>
  )
}
