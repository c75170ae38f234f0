/** Forgets the key of an account, after saying what that means. */
import type { JSX } from 'react'

import type { KeyTrace } from '../../../../contract/keys.ts'
import { removeKey } from '../../../commands/key-commands.ts'
import { ConfirmSheet } from '../../../widgets/confirm-sheet.tsx'
import { KEY_PLACE_WORDS } from '../connection-words.ts'

interface RemoveKeySheetProps {
  readonly trace: KeyTrace
  readonly onRemoved: () => void
  readonly onClose: () => void
}

export function RemoveKeySheet({ trace, onRemoved, onClose }: RemoveKeySheetProps): JSX.Element {
  const { place, ending, kept_in: keptIn, in_use: inUse } = trace
  const confirm = async (): Promise<boolean> => {
    const isGone = await removeKey(place)
    if (isGone) onRemoved()
    return isGone
  }
  return (
    <ConfirmSheet
      title={`Remove the ${KEY_PLACE_WORDS[place]} key`}
      verb="Remove the key"
      keep="Keep it"
      isDangerous
      onClose={onClose}
      onConfirm={confirm}
    >
      <p className="note-line">
        Key <b>…{ending}</b> is wiped from {keptIn}. At the exchange it stays as it is: delete it there too if nobody is
        to use it any more.
      </p>
      {inUse ? (
        <p className="note-line" role="note">
          <b>The station trades with it now.</b> Go to another place first.
        </p>
      ) : null}
    </ConfirmSheet>
  )
}
