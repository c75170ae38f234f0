/** From an empty station to trading on paper in three steps, then a look round; once, and again when asked for. */
import { useState, type JSX } from 'react'

import { useActions } from '../../frame/actions.ts'
import { showToast } from '../../widgets/toasts.tsx'
import { AccountStep } from './account-step.tsx'

import './first-run.css'
import { ModesStep } from './modes-step.tsx'
import { SourceStep } from './source-step.tsx'
import { Tour } from './tour.tsx'
import { keepSeen, useIsFirstRun } from './use-is-first-run.ts'

type Stage = 'source' | 'account' | 'modes' | 'tour'

export function FirstRun(): JSX.Element | null {
  const isFirst = useIsFirstRun()
  const [asked, setAsked] = useState<Stage | 'closed' | null>(null)
  useActions([
    {
      id: 'first-run',
      label: 'Show the first steps',
      group: 'Everywhere',
      words: 'first run account size source welcome',
      run: () => setAsked('source'),
    },
    {
      id: 'tour',
      label: 'Look round the control room',
      group: 'Everywhere',
      words: 'tour demo help',
      run: () => setAsked('tour'),
    },
  ])
  const stage = asked ?? (isFirst ? 'source' : 'closed')
  const close = (): void => {
    keepSeen()
    setAsked('closed')
  }
  const skip = (): void => {
    close()
    showToast({ text: 'Skipped. “Show the first steps” under Find or do anything brings them back.' })
  }
  if (stage === 'source') return <SourceStep onNext={() => setAsked('account')} onSkip={skip} />
  if (stage === 'account')
    return <AccountStep onBack={() => setAsked('source')} onNext={() => setAsked('modes')} onSkip={skip} />
  if (stage === 'modes')
    return <ModesStep onBack={() => setAsked('account')} onTour={() => setAsked('tour')} onDone={close} onSkip={skip} />
  return stage === 'tour' ? <Tour onDone={close} /> : null
}
