/** Lets trading go on, by a word that nobody types by accident. */
import { useState, type SyntheticEvent, type JSX } from 'react'

import { RELEASE_WORD, releaseStop } from '../commands/stop-commands.ts'
import { actorText } from '../limits/actor-text.ts'
import { useLive } from '../state/live.ts'
import { Button } from '../widgets/button.tsx'
import { Time } from '../widgets/figures.tsx'
import { KeyCap } from '../widgets/key-cap.tsx'
import { ModeMark } from '../widgets/mode-mark.tsx'
import { Sheet } from '../widgets/sheet.tsx'
import { TextField } from '../widgets/text-field.tsx'

export function ReleaseSheet({ onClose }: { readonly onClose: () => void }): JSX.Element | null {
  const policy = useLive((replica) => replica.policy)
  const [word, setWord] = useState('')
  const emergency = policy?.emergency ?? null
  if (policy === null || emergency === null) return null
  const isTyped = word === RELEASE_WORD
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault()
    if (!isTyped) return
    const outcome = await releaseStop(emergency.id, word)
    if (outcome.ok) onClose()
  }
  return (
    <Sheet label="Release the stop" className="confirm" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <div className="title">
          <h1>Release the stop</h1>
        </div>
        <div className="body">
          <dl className="facts">
            <dt>Stopped</dt>
            <dd className="span">
              by {actorText(emergency.by)}, <Time at={emergency.engaged_at} withDate />
            </dd>
            <dt>Because</dt>
            <dd className="span">{emergency.reason}</dd>
            <dt>After it</dt>
            <dd className="span">
              <ModeMark mode={policy.risk_mode} /> is in force and new positions may be opened again
            </dd>
          </dl>
          <TextField label={`Type ${RELEASE_WORD}`} data-autofocus value={word} spellCheck={false} onChange={setWord} />
        </div>
        <div className="foot">
          <span className="push" />
          <Button isBig onClick={onClose}>
            Stay stopped <KeyCap keys="Escape" />
          </Button>
          <Button isBig type="submit" look="primary" disabled={!isTyped}>
            Release <KeyCap keys="Enter" />
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
