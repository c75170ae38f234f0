/** What guards a position, as the exchange has it: each stop and target with its state, and the time without a stop. */
import type { JSX } from 'react'

import type { Position, ProtectionLeg } from '../../../contract/trading-shapes.ts'
import { useStationClock } from '../../state/station-clock.ts'
import { Percent } from '../../widgets/figures.tsx'
import { formatSpan } from '../../widgets/format-time.ts'
import { Icon, type IconName } from '../../widgets/icon.tsx'
import { PriceCell } from './position-cells.tsx'
import { distanceTo, LEG_NAMES, LEG_STATES } from './protection-words.ts'

const ICONS: Readonly<Record<ProtectionLeg['state'], IconName>> = {
  live: 'shield',
  placing: 'shieldWait',
  moving: 'shieldWait',
  triggering: 'shieldWait',
  missing: 'shieldOff',
}
const LOOKS = { live: 'held', placing: 'wait', moving: 'wait', triggering: 'wait', missing: 'none' } as const

export function ProtectionLegs({ position }: { readonly position: Position }): JSX.Element {
  const { protection, naked_seconds: naked, unprotected_since: since } = position
  const now = useStationClock(500)
  return (
    <>
      <h3>Protection at the exchange</h3>
      <table aria-label="Protection">
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col" className="num">
              Price
            </th>
            <th scope="col" className="num">
              From the mark
            </th>
            <th scope="col">State</th>
            <th scope="col" className="num">
              For
            </th>
            <th scope="col" className="num">
              Orders
            </th>
          </tr>
        </thead>
        <tbody>
          {protection.map((leg) => (
            <tr key={leg.role}>
              <th scope="row">{LEG_NAMES[leg.role]}</th>
              <td className="num">
                <PriceCell symbol={position.symbol} value={leg.price} padTo={0} />
              </td>
              <td className="num">
                {leg.price === null ? (
                  <span className="dim">{leg.role === 'TRAILING' ? 'follows' : '–'}</span>
                ) : (
                  <Percent fraction={distanceTo(leg.price, position.mark_price)} isSigned />
                )}
              </td>
              <td>
                <span className="prot" data-p={LOOKS[leg.state]}>
                  <Icon name={ICONS[leg.state]} />
                  <span>{LEG_STATES[leg.state]}</span>
                </span>
              </td>
              <td className="num">
                {leg.since === null || now === null ? (
                  <span className="dim">–</span>
                ) : (
                  formatSpan(now - Date.parse(leg.since))
                )}
              </td>
              <td className="num">{leg.client_order_ids.length}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="note-line" role="status">
        {position.is_foreign ? (
          position.is_protected ? (
            'A stop of its full size stands there.'
          ) : (
            <b className="loss">No stop of its full size stands there.</b>
          )
        ) : since === null ? (
          <>
            Without a stop so far: <b>{formatSpan(naked * 1000)}</b>.
          </>
        ) : (
          <>
            <b className="loss">Without a stop now</b>
            {now === null ? '' : `, for ${formatSpan(now - Date.parse(since))}`}; {formatSpan(naked * 1000)} in all.
          </>
        )}
      </p>
    </>
  )
}
