/** The station itself: how fresh its prices are, how fast it answers, its clock and the pace of it. */
import type { JSX, ReactNode } from 'react'

import { setPaused, setSpeed } from '../../commands/clock-commands.ts'
import { usePriceAge } from '../../state/ages.ts'
import { useLive } from '../../state/live.ts'
import { useStationClock } from '../../state/station-clock.ts'
import { Button } from '../../widgets/button.tsx'
import { Span } from '../../widgets/figures.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { formatSpan, localClock, localDay } from '../../widgets/format-time.ts'
import { Icon } from '../../widgets/icon.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { Segmented } from '../../widgets/segmented.tsx'

export function StationPanel(): JSX.Element | null {
  const now = useStationClock(1000)
  const status = useLive((replica) => replica.status)
  const answerMs = useLive((replica) => replica.answerMs)
  const unprotected = useLive(({ usage }) => usage?.unprotected_seconds ?? null)
  const age = usePriceAge()
  if (status === null || now === null) return null
  const since = (at: string | null): ReactNode =>
    at === null ? (
      'not yet'
    ) : (
      <>
        <Span ms={now - Date.parse(at)} /> ago
      </>
    )
  return (
    <Panel title="Station" verbs={<span className="meta">up {formatSpan(now - Date.parse(status.started_at))}</span>}>
      <dl className="grid2">
        <Fact name="Newest price" title="Age of the newest price on this page">
          {age === null ? '–' : <span className={age.isStale ? 'late' : ''}>{formatSpan(age.ms)}</span>}
        </Fact>
        <Fact name="Answers in" title="Round trip of the last question to the station">
          {answerMs === null ? '–' : `${formatNumber(answerMs, { decimals: 0 })}\u202Fms`}
        </Fact>
        <Fact name="Clock" title="The station’s clock in local time">
          {localDay(now)} {localClock(now)}
        </Fact>
        <Fact name="Reconciled" title="Books and exchange agreed the last time">
          {since(status.reconciled_at)}
        </Fact>
        <Fact name="Exchange" title={status.feed}>
          {status.venue_up ? status.venue : `${status.venue}, silent`}
        </Fact>
        <Fact name="Without a stop" title="All positions together since the station started">
          {unprotected === null
            ? '–'
            : `${formatNumber(unprotected, { decimals: unprotected > 0 && unprotected < 10 ? 1 : 0 })}\u202Fs`}
        </Fact>
      </dl>
      {status.speed === null ? null : <Pace speed={status.speed} isPaused={status.paused} />}
    </Panel>
  )
}

const Fact = ({
  name,
  title,
  children,
}: {
  readonly name: string
  readonly title: string
  readonly children: ReactNode
}): JSX.Element => (
  <div title={title}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const SPEEDS = ['1', '10', '60', '600', 'max'] as const

/** The pace of a made-up or recorded market; a real one has none. */
function Pace({ speed, isPaused }: { readonly speed: number | 'max'; readonly isPaused: boolean }): JSX.Element {
  const choices = SPEEDS.map((value) => ({ value: value as string, label: value === 'max' ? 'Max' : `×${value}` }))
  return (
    <div className="pace">
      <Button onClick={() => void setPaused(!isPaused)} aria-pressed={isPaused}>
        <Icon name={isPaused ? 'play' : 'pause'} />
        {isPaused ? 'Let the clock run' : 'Hold the clock'}
      </Button>
      <Segmented
        label="Speed of the clock"
        choices={choices}
        value={String(speed)}
        onChoose={(value) => void setSpeed(value === 'max' ? 'max' : Number(value))}
      />
    </div>
  )
}
