/** A part of the page that breaks says so in its place; the rest stays, and the next snapshot shows it again. */
import { Component, type JSX, type ReactNode } from 'react'

import { connection, useLive } from '../state/live.ts'
import { Button } from '../widgets/button.tsx'

interface Props {
  readonly name: string
  readonly children: ReactNode
  /** one line among others, not a whole screen */
  readonly isLine?: boolean
  /** counts up when everything is told anew: the part is then tried again */
  readonly round: number
  readonly onAgain: () => void
}

interface State {
  readonly problem: string | null
  readonly round: number
}

class Guard extends Component<Props, State> {
  override state: State = { problem: null, round: this.props.round }

  static getDerivedStateFromError(problem: unknown): Partial<State> {
    return { problem: problem instanceof Error ? problem.message : String(problem) }
  }

  static getDerivedStateFromProps({ round }: Props, before: State): State | null {
    return round === before.round ? null : { problem: null, round }
  }

  override render(): ReactNode {
    const { problem } = this.state
    const { name, children, isLine = false } = this.props
    if (problem === null) return children
    const rest = isLine ? ' Trading goes on.' : ' Trading goes on; the other screens work.'
    return (
      <div className={isLine ? 'broken' : 'empty'} role="alert">
        <p>
          <b>{name} cannot be shown:</b> {problem}.{rest}{' '}
          <Button
            onClick={() => {
              this.setState({ problem: null })
              this.props.onAgain()
            }}
          >
            Show it again
          </Button>
        </p>
      </div>
    )
  }
}

/** Shown again by a person, it is shown with everything asked for anew. */
export function ScreenGuard(props: Omit<Props, 'round' | 'onAgain'>): JSX.Element {
  const round = useLive(({ snapshots }) => snapshots)
  return <Guard {...props} round={round} onAgain={() => connection.startOver()} />
}
