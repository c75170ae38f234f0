/** What a flatten did: each position with its fill and its time, what is left, and the exchange's own word as proof. */
import type { JSX } from 'react'

import type { FlattenReport } from '../../../contract/positions.ts'
import { counted } from '../../frame/stop-plan.ts'
import { Span, Time } from '../../widgets/figures.tsx'
import { formatSpan } from '../../widgets/format-time.ts'
import { Icon } from '../../widgets/icon.tsx'
import { heldText } from './flatten-words.ts'
import { PriceCell, SizeCell } from './position-cells.tsx'

export function FlattenReportView({ report }: { readonly report: FlattenReport }): JSX.Element {
  const { closed, cancelled, remaining, untouched, retries } = report
  return (
    <>
      <p className="note-line proof" role="status" data-proven={report.proven}>
        <Icon name={report.proven ? 'ok' : 'warning'} /> <ProofText report={report} />
      </p>
      {closed.length === 0 ? null : (
        <table aria-label="Positions closed">
          <thead>
            <tr>
              <th scope="col">Closed</th>
              <th scope="col">Side</th>
              <th scope="col" className="num">
                Size
              </th>
              <th scope="col" className="num">
                Filled
              </th>
              <th scope="col" className="num">
                At
              </th>
              <th scope="col" className="num">
                After
              </th>
              <th scope="col" className="num">
                Orders
              </th>
            </tr>
          </thead>
          <tbody>
            {closed.map((line) => (
              <tr key={line.symbol}>
                <th scope="row">{line.symbol}</th>
                <td>{line.side === 'LONG' ? 'Long' : 'Short'}</td>
                <td className="num">
                  <SizeCell symbol={line.symbol} value={line.quantity} />
                </td>
                <td className="num">
                  <SizeCell symbol={line.symbol} value={line.filled_quantity} />
                </td>
                <td className="num">
                  <PriceCell symbol={line.symbol} value={line.fill_price} padTo={0} />
                </td>
                <td className="num">
                  {line.closed_after_ms === null ? <b>not yet</b> : <Span ms={line.closed_after_ms} />}
                </td>
                <td className="num">{line.client_order_ids.length}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="note-line">
        Began <Time at={report.started_at} withDate />
        {report.finished_at === null ? ', not ended' : null}: {counted(closed.length, 'position')} closed,{' '}
        {counted(cancelled.length, 'order')} cancelled
        {retries === 0 ? '' : `, ${counted(retries, 'close')} tried again`}.
        {remaining.length === 0 ? null : (
          <>
            {' '}
            <b>Still open: {heldText(remaining)}.</b>
          </>
        )}
        {untouched.length === 0 ? null : ` Not ours, left alone: ${heldText(untouched)}.`}
      </p>
    </>
  )
}

function ProofText({ report }: { readonly report: FlattenReport }): JSX.Element {
  const { proof, proven, flat_after_ms: after } = report
  if (proof === null) return <span>The exchange has not shown its books since it began.</span>
  return (
    <span>
      The exchange showed <b>{counted(proof.positions, 'position')}</b> and{' '}
      <b>{counted(proof.open_orders, 'open order')}</b> at <Time at={proof.at} />
      {proven && after !== null ? `, ${formatSpan(after)} after it began` : ''}.
    </span>
  )
}
