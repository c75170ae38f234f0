/** Why: one decision as a staircase in a sheet over the journal; j and k go to the next and the one before. */
import { type JSX, useEffect, useMemo, useRef } from 'react'

import { Button } from '../../../widgets/button.tsx'
import { FaultNote } from '../../../widgets/fault-note.tsx'
import { Time } from '../../../widgets/figures.tsx'
import { Sheet } from '../../../widgets/sheet.tsx'
import { Skeleton } from '../../../widgets/skeleton.tsx'
import { sentenceCase } from '../tables/cells.tsx'
import { StairTable } from './stair-table.tsx'
import { reduces, staircaseOf } from './staircase.ts'
import { useDecision, type DecisionStory } from './use-decision.ts'
import { WhyAside } from './why-aside.tsx'

interface WhySheetProps {
  readonly id: string
  readonly onClose: () => void
  /** null: there is none that way */
  readonly onNext: (() => void) | null
  readonly onBefore: (() => void) | null
}

const titleOf = ({ decision }: DecisionStory): string => {
  const { symbol, side, outcome } = decision
  return `${reduces(decision) ? `Close of ${symbol}` : symbol} ${side.toLowerCase()} was ${outcome}`
}

export function WhySheet({ id, onClose, onNext, onBefore }: WhySheetProps): JSX.Element {
  const { value, fault, reload } = useDecision(id)
  const title = value === null ? 'Why' : titleOf(value)
  const moves = useRef({ j: onNext, k: onBefore })
  useEffect(() => {
    moves.current = { j: onNext, k: onBefore }
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (event.key === 'j') moves.current.j?.()
      else if (event.key === 'k') moves.current.k?.()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <Sheet label={title} className="whysheet" onClose={onClose}>
      <div className="why">
        <div className="title">
          <h1>{title}</h1>
          {value === null ? null : <About story={value} />}
          <span className="push verbs">
            <Button aria-label="Previous decision" disabled={onBefore === null} onClick={() => onBefore?.()}>
              <kbd>k</kbd>
            </Button>
            <Button aria-label="Next decision" disabled={onNext === null} onClick={() => onNext?.()}>
              <kbd>j</kbd>
            </Button>
            <Button data-autofocus onClick={onClose}>
              Close <kbd>Esc</kbd>
            </Button>
          </span>
        </div>
        {fault !== null && value === null ? <FaultNote what="The decision" fault={fault} onRetry={reload} /> : null}
        {fault === null && value === null ? <Skeleton lines={12} label="Reading the decision" /> : null}
        {value === null ? null : <Story story={value} />}
      </div>
    </Sheet>
  )
}

const About = ({ story: { decision, signal } }: { readonly story: DecisionStory }): JSX.Element => (
  <span className="meta">
    <Time at={decision.at} withDate />, {decision.strategy_id}
    {signal === null ? null : (
      <>
        , {signal.interval} bar of <Time at={signal.bar_at} />
      </>
    )}
  </span>
)

function Story({ story }: { readonly story: DecisionStory }): JSX.Element {
  const { decision, signal } = story
  const staircase = useMemo(() => staircaseOf(decision, signal), [decision, signal])
  return (
    <>
      <p className="whysaid">
        <b>{sentenceCase(decision.outcome)}:</b> {decision.sentence}.{' '}
        <span className="dim">Judged under policy {decision.policy_version}.</span>
      </p>
      <div className="body whybody">
        <div className="whygrid">
          <div>
            <StairTable staircase={staircase} verdict={sentenceCase(decision.outcome)} />
          </div>
          <WhyAside story={story} />
        </div>
      </div>
    </>
  )
}
