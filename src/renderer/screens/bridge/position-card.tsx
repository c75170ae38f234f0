/** One position whole: its money, what guards it at the exchange and since when, and the verbs that it has. */
import type { JSX, ReactNode } from 'react'

import type { Position } from '../../../contract/trading-shapes.ts'
import { hrefOf } from '../../frame/route.ts'
import { useLive } from '../../state/live.ts'
import { Button } from '../../widgets/button.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { Money, Percent, Profit, Time } from '../../widgets/figures.tsx'
import { formatTimes } from '../../widgets/format-number.ts'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { Sheet } from '../../widgets/sheet.tsx'
import { OpenFor, PriceCell, SizeCell, Track } from './position-cells.tsx'
import { ProtectionLegs } from './protection-legs.tsx'

interface PositionCardProps {
  readonly symbol: string
  readonly onEnd: (position: Position) => void
  readonly onAdopt: (position: Position) => void
  readonly onClose: () => void
}

export function PositionCard({ symbol, onEnd, onAdopt, onClose }: PositionCardProps): JSX.Element {
  const position = useLive(({ positions }) => positions.get(symbol))
  return (
    <Sheet label={`Position ${symbol}`} className="change-sheet position-card" onClose={onClose}>
      <div className="title">
        <h1>
          {symbol} {position === undefined ? '' : position.side === 'LONG' ? 'long' : 'short'}
        </h1>
        {position?.is_foreign === true ? <span className="tag">not ours</span> : null}
        {position !== undefined && position.frozen !== null ? <span className="tag">takes no entries</span> : null}
      </div>
      <div className="body">
        {position === undefined ? (
          <EmptyState title="It is closed.">Its trade is in the journal.</EmptyState>
        ) : (
          <Shown position={position} />
        )}
      </div>
      <div className="foot">
        {position === undefined ? null : (
          <>
            <a href={hrefOf('journal', ['trace', position.trace_id])} onClick={onClose}>
              Its life in the journal
            </a>
            <a href={hrefOf('market', [symbol])} onClick={onClose}>
              Its chart
            </a>
          </>
        )}
        <span className="push" />
        <Button isBig onClick={onClose} data-autofocus>
          Leave it <KeyCap keys="Escape" />
        </Button>
        {position === undefined ? null : (
          <>
            {position.is_foreign ? (
              <Button isBig look="primary" onClick={() => onAdopt(position)}>
                Adopt it…
              </Button>
            ) : null}
            <Button isBig look="danger" onClick={() => onEnd(position)}>
              Close it…
            </Button>
          </>
        )}
      </div>
    </Sheet>
  )
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }): JSX.Element => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

function Shown({ position }: { readonly position: Position }): JSX.Element {
  const { symbol } = position
  return (
    <>
      {position.is_foreign ? (
        <p className="note-line place-note">
          No order of ours opened it. It counts in exposure, and is left alone until you adopt it with a stop or close
          it.
        </p>
      ) : null}
      {position.frozen === null ? null : (
        <p className="note-line place-note">
          <b>{symbol} takes no entries:</b> {position.frozen}
        </p>
      )}
      <dl className="grid2">
        <Fact name="Size">
          <SizeCell symbol={symbol} value={position.quantity} />, {formatTimes(position.leverage)}
        </Fact>
        <Fact name="P&L">
          <Profit value={position.unrealised} /> USDT
        </Fact>
        <Fact name="Entry">
          <PriceCell symbol={symbol} value={position.entry_price} padTo={0} />
        </Fact>
        <Fact name="Fees and funding">
          <Profit value={-Number(position.fees)} /> <Profit value={position.funding} />
        </Fact>
        <Fact name="Mark">
          <PriceCell symbol={symbol} value={position.mark_price} padTo={0} />
        </Fact>
        <Fact name="Lost at the stop">
          <Money value={position.is_foreign ? null : position.loss_at_stop} />
        </Fact>
        <Fact name="Liquidation">
          <PriceCell symbol={symbol} value={position.liquidation_price} padTo={0} />
        </Fact>
        <Fact name="To the stop">
          {position.is_foreign ? <span className="dim">–</span> : <Percent fraction={position.stop_distance} />}
        </Fact>
        <Fact name="Open for">
          <OpenFor since={position.opened_at} />
        </Fact>
        <Fact name="Stop to target">
          <Track position={position} />
        </Fact>
        <Fact name="Opened by">{position.is_foreign ? 'somebody else' : position.strategy_id}</Fact>
        <Fact name="Stop last seen there">
          {position.protection_verified_at === null ? 'not yet' : <Time at={position.protection_verified_at} />}
        </Fact>
      </dl>
      <ProtectionLegs position={position} />
    </>
  )
}
