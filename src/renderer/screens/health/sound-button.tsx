/** Mutes the sound of alerts, and says so. */
import type { JSX } from 'react'

import { setMuted, useIsMuted } from '../../frame/alert-sound.ts'
import { Button } from '../../widgets/button.tsx'
import { Icon } from '../../widgets/icon.tsx'

export function SoundButton(): JSX.Element {
  const isMuted = useIsMuted()
  return (
    <Button
      aria-pressed={!isMuted}
      title={isMuted ? 'Alerts make no sound on this page' : 'A tone sounds with each alert, three with a critical one'}
      onClick={() => setMuted(!isMuted)}
    >
      <Icon name={isMuted ? 'soundOff' : 'sound'} /> {isMuted ? 'Sound off' : 'Sound on'}
    </Button>
  )
}
