/** What a flatten would do now: orders cancelled, positions closed, what it asks of the exchange and how long it takes. */
import type { JSX } from 'react'

import type { FlattenDrill } from '../../../contract/positions.ts'
import { counted } from '../../frame/stop-plan.ts'
import { Money } from '../../widgets/figures.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { formatSpan } from '../../widgets/format-time.ts'
import { heldText, PURPOSE_WORDS } from './flatten-words.ts'
import { SizeCell } from './position-cells.tsx'

export function FlattenDrillView({ drill }: { readonly drill: FlattenDrill }): JSX.Element {
  const { cancels, closes, untouched, obstacle } = drill
  const orders = closes.reduce((sum, close) => sum + close.orders.length, 0)
  return (
    <>
      <ul className="cons" aria-label="What it would do">
        <li>
          <span className="big">{closes.length}</span>
          <span>
            {closes.length === 1 ? 'position' : 'positions'} closed
            {orders === closes.length ? '' : `, in ${counted(orders, 'order')}`}
          </span>
        </li>
        <li>
          <span className="big">{cancels.length}</span>
          <span>{cancels.length === 1 ? 'order' : 'orders'} cancelled</span>
        </li>
        <li>
          <span className="big">{formatSpan(drill.expected_ms)}</span>
          <span>
            expected; {counted(drill.requests, 'request')}, weight {formatNumber(drill.weight)}
          </span>
        </li>
      </ul>
      {obstacle === null ? null : (
        <p className="note-line place-note" role="note">
          <b>It could not be carried out now:</b> {obstacle}.
        </p>
      )}
      {closes.length === 0 ? null : (
        <table aria-label="Positions it would close">
          <thead>
            <tr>
              <th scope="col">Close</th>
              <th scope="col">Side</th>
              <th scope="col" className="num">
                Size
              </th>
              <th scope="col" className="num">
                USDT
              </th>
              <th scope="col" className="num">
                Orders
              </th>
            </tr>
          </thead>
          <tbody>
            {closes.map((close) => (
              <tr key={close.symbol}>
                <th scope="row">{close.symbol}</th>
                <td>{close.side === 'LONG' ? 'Long' : 'Short'}</td>
                <td className="num">
                  <SizeCell symbol={close.symbol} value={close.quantity} />
                </td>
                <td className="num">
                  <Money value={close.notional} decimals={0} />
                </td>
                <td className="num">{close.orders.length}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {cancels.length === 0 ? null : (
        <table aria-label="Orders it would cancel">
          <thead>
            <tr>
              <th scope="col">Cancel</th>
              <th scope="col">Order</th>
              <th scope="col" className="num">
                Size
              </th>
            </tr>
          </thead>
          <tbody>
            {cancels.map((order) => (
              <tr key={order.client_order_id}>
                <th scope="row">{order.symbol}</th>
                <td>{PURPOSE_WORDS[order.purpose] ?? order.purpose}</td>
                <td className="num">
                  <SizeCell symbol={order.symbol} value={order.quantity} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {untouched.length === 0 ? null : (
        <p className="note-line">
          Not ours, left alone: <b>{heldText(untouched)}</b>.
        </p>
      )}
    </>
  )
}
