/** A screen that breaks says so in its place; frame, mode and the way out stay. */
import { Component, type ReactNode } from 'react'

import { Button } from '../widgets/button.tsx'

interface Props {
  readonly name: string
  readonly children: ReactNode
}

interface State {
  readonly problem: string | null
}

export class ScreenGuard extends Component<Props, State> {
  override state: State = { problem: null }

  static getDerivedStateFromError(problem: unknown): State {
    return { problem: problem instanceof Error ? problem.message : String(problem) }
  }

  override render(): ReactNode {
    const { problem } = this.state
    if (problem === null) return this.props.children
    return (
      <div className="empty" role="alert">
        <p>
          <b>{this.props.name} cannot be shown:</b> {problem}. Trading goes on; the other screens work.
        </p>
        <p>
          <Button onClick={() => this.setState({ problem: null })}>Show it again</Button>
        </p>
      </div>
    )
  }
}
