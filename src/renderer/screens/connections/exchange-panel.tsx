/** The signed line to the account: up or down, how fast, how much of its allowance is used. */
import type { JSX, ReactNode } from 'react'

import { EmptyState } from '../../widgets/empty-state.tsx'
import { Time } from '../../widgets/figures.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { Icon } from '../../widgets/icon.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { ageText, msText, weightOf, type ExchangeLine } from './connection-words.ts'
import type { Lines } from './use-connections.ts'

const Fact = ({
  name,
  level,
  children,
}: {
  readonly name: string
  readonly level?: 'caution' | 'warning'
  readonly children: ReactNode
}): JSX.Element => (
  <div data-level={level}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

export const ExchangePanel = ({ lines }: { readonly lines: Lines }): JSX.Element => (
  <Panel title="Line to the account" note={<span className="meta">{lines.venue}</span>}>
    {lines.exchange === null ? (
      <EmptyState title="Nothing is signed here.">
        Money is paper: no order leaves this machine, so there is no line to an account.
      </EmptyState>
    ) : (
      <Line line={lines.exchange} at={lines.at} />
    )}
  </Panel>
)

function Line({ line, at }: { readonly line: ExchangeLine; readonly at: string }): JSX.Element {
  const { share, level } = weightOf(line)
  const isHigh = level !== undefined
  return (
    <dl className="grid2 lines" aria-label="Line to the account">
      <Fact name="Line" {...(line.is_up ? {} : { level: 'warning' as const })}>
        <Icon name={line.is_up ? 'ok' : 'cross'} /> {line.is_up ? 'Up' : 'Down'}
      </Fact>
      <Fact name="Answers in">{msText(line.latency_ms)}</Fact>
      <Fact name="Clock offset">{msText(line.skew_ms, true)}</Fact>
      <Fact name="Reconnects">{formatNumber(line.reconnects)}</Fact>
      <Fact name="Request weight" {...(isHigh ? { level: 'caution' as const } : {})}>
        <span className="use" title="of the running minute">
          <span className="meter" data-level={level}>
            <i style={{ width: `${(share * 100).toFixed(1)}%` }} />
          </span>
          <span>
            <b>{formatNumber(line.weight_used)}</b> of {formatNumber(line.weight_limit)}
          </span>
        </span>
      </Fact>
      <Fact name="New orders">
        {formatNumber(line.orders_10s)} in 10{'\u202F'}s, {formatNumber(line.orders_1m)} in 1{'\u202F'}min
      </Fact>
      <Fact name="Key of the account’s stream">
        {line.listen_key_at === null ? 'none yet' : `renewed ${ageText(line.listen_key_at, at)}`}
      </Fact>
      <Fact name="Account last spoke">{ageText(line.user_event_at, at)}</Fact>
      {line.silent_until === null ? null : (
        <Fact name="The exchange wants silence" level="warning">
          until <Time at={line.silent_until} />
        </Fact>
      )}
    </dl>
  )
}
