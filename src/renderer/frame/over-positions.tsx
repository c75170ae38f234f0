/** Positions that would be over the new limits; each may be closed along with the switch. */
import type { JSX } from 'react'

import { codeFigure, codeName } from '../limits/limit-names.ts'
import { useLive } from '../state/live.ts'
import type { ModePreview } from '../state/preview.ts'
import { Profit } from '../widgets/figures.tsx'

interface Props {
  readonly over: ModePreview['positions_over']
  readonly ticked: ReadonlySet<string>
  readonly onToggle: (symbol: string) => void
}

export const OverPositions = ({ over, ticked, onToggle }: Props): JSX.Element => (
  <>
    <h3>Positions over the new limits</h3>
    <table>
      <thead>
        <tr>
          <th scope="col">Also</th>
          <th scope="col">Symbol</th>
          <th scope="col">Over by</th>
          <th scope="col" className="num">
            Now
          </th>
          <th scope="col" className="num">
            New limit
          </th>
          <th scope="col" className="num">
            P&amp;L if closed
          </th>
        </tr>
      </thead>
      <tbody>
        {over.map(({ symbol, exceeded }) => (
          <tr key={symbol}>
            <td>
              <label>
                <input
                  className="check"
                  type="checkbox"
                  checked={ticked.has(symbol)}
                  onChange={() => onToggle(symbol)}
                  aria-label={`Close ${symbol}`}
                />{' '}
                Close
              </label>
            </td>
            <th scope="row">
              <Held symbol={symbol} />
            </th>
            <td>{exceeded.map(({ code }) => codeName(code)).join(', ')}</td>
            <td className="num">
              <b>{exceeded.map(({ code, actual }) => codeFigure(code, actual)).join(', ')}</b>
            </td>
            <td className="num dim">{exceeded.map(({ code, limit }) => codeFigure(code, limit)).join(', ')}</td>
            <td className="num">
              <Unrealised symbol={symbol} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </>
)

function Held({ symbol }: { readonly symbol: string }): JSX.Element {
  const side = useLive(({ positions }) => positions.get(symbol)?.side)
  return (
    <>
      {symbol} <span className="side">{side === 'SHORT' ? 'short' : 'long'}</span>
    </>
  )
}

function Unrealised({ symbol }: { readonly symbol: string }): JSX.Element {
  const unrealised = useLive(({ positions }) => positions.get(symbol)?.unrealised)
  return unrealised === undefined ? <span className="dim">–</span> : <Profit value={unrealised} />
}
