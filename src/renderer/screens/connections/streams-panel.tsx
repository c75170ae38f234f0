/** The streams of the market: up or down, how old their last word is, how often they came back. */
import type { JSX } from 'react'

import { EmptyState } from '../../widgets/empty-state.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { Icon } from '../../widgets/icon.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { ageText, spaced, type StreamLine } from './connection-words.ts'
import type { Lines } from './use-connections.ts'

export const StreamsPanel = ({ lines }: { readonly lines: Lines }): JSX.Element => (
  <Panel
    title="Streams of the market"
    note={
      <span className="meta">
        {lines.feed}
        {lines.back_filled === 0
          ? ''
          : `, ${formatNumber(lines.back_filled)} missed candle${lines.back_filled === 1 ? '' : 's'} fetched`}
      </span>
    }
  >
    {lines.streams.length === 0 ? (
      <EmptyState title="No streams.">Prices do not come over a network: {lines.feed} makes them here.</EmptyState>
    ) : (
      <div className="scroll">
        <table aria-label="Streams of the market">
          <thead>
            <tr>
              <th scope="col">Stream</th>
              <th scope="col">State</th>
              <th scope="col" className="num">
                Last word
              </th>
              <th scope="col" className="num">
                Symbols
              </th>
              <th scope="col" className="num wide">
                Messages
              </th>
              <th scope="col" className="num">
                Reconnects
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.streams.map((stream) => (
              <StreamRow key={stream.name} stream={stream} at={lines.at} />
            ))}
          </tbody>
        </table>
      </div>
    )}
  </Panel>
)

const StreamRow = ({ stream, at }: { readonly stream: StreamLine; readonly at: string }): JSX.Element => (
  <tr data-down={!stream.is_up || undefined}>
    <th scope="row">{spaced(stream.name)}</th>
    <td className="status">
      <Icon name={stream.is_up ? 'ok' : 'cross'} /> {stream.is_up ? 'Up' : 'Down'}
      {stream.up_since === null ? null : (
        <span className="dim wide"> {ageText(stream.up_since, at).replace(' ago', '')}</span>
      )}
    </td>
    <td className="num">{ageText(stream.last_at, at)}</td>
    <td className="num">{stream.symbols === 0 ? <span className="dim">all</span> : formatNumber(stream.symbols)}</td>
    <td className="num wide">{formatNumber(stream.messages)}</td>
    <td className="num">{formatNumber(stream.reconnects)}</td>
  </tr>
)
