/** The frame of one of the three steps: where one is, what is asked, and the ways on, back and out. */
import type { JSX, ReactNode } from 'react'

import { Button } from '../../widgets/button.tsx'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { Sheet } from '../../widgets/sheet.tsx'

interface StepSheetProps {
  readonly step: 1 | 2 | 3
  readonly title: string
  readonly nextVerb: string
  readonly isBusy?: boolean
  readonly onBack?: () => void
  readonly onNext: () => void
  readonly onSkip: () => void
  /** beside the way on */
  readonly alsoVerb?: ReactNode
  readonly children: ReactNode
}

export function StepSheet(props: StepSheetProps): JSX.Element {
  const { step, title, nextVerb, isBusy = false, onBack, onNext, onSkip, alsoVerb, children } = props
  return (
    <Sheet label={title} className="first-run" onClose={onSkip}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!isBusy) onNext()
        }}
      >
        <div className="title">
          <h1>{title}</h1>
          <ol className="steps" aria-label={`Step ${step} of 3`}>
            {[1, 2, 3].map((each) => (
              <li key={each} aria-current={each === step ? 'step' : undefined} />
            ))}
          </ol>
        </div>
        <div className="body">{children}</div>
        <div className="foot">
          <Button isBig look="quiet" onClick={onSkip}>
            Skip <KeyCap keys="Escape" />
          </Button>
          <span className="push" />
          {onBack === undefined ? null : (
            <Button isBig onClick={onBack}>
              Back
            </Button>
          )}
          {alsoVerb}
          <Button isBig look="primary" type="submit" data-autofocus disabled={isBusy}>
            {nextVerb} <KeyCap keys="Enter" />
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
