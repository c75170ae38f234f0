/** A part of a screen: a head with its name, what is said beside it, its verbs, and the content. */
import { useId, type JSX, type ReactNode } from 'react'

interface PanelProps {
  readonly title: ReactNode
  /** beside the name */
  readonly note?: ReactNode
  /** at the right end of the head */
  readonly verbs?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

export function Panel({ title, note, verbs, className = '', children }: PanelProps): JSX.Element {
  const id = useId()
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <div className="head">
        <h2 id={id}>{title}</h2>
        {note}
        {verbs === undefined ? null : <span className="push">{verbs}</span>}
      </div>
      {children}
    </section>
  )
}
