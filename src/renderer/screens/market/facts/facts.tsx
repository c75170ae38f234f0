/** What is known of one symbol: its prices now, its funding, the rules of its contract. */
import type { JSX, ReactNode } from 'react'

import { decimalsOf } from '../../../state/instruments.ts'
import { useQuote } from '../../../state/live.ts'
import { Figure, Percent, Price, Time } from '../../../widgets/figures.tsx'
import { formatTimes } from '../../../widgets/format-number.ts'
import { Panel } from '../../../widgets/panel.tsx'
import type { SymbolRow } from '../list/symbol-row.ts'

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }): JSX.Element => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

export function Facts({ row }: { readonly row: SymbolRow }): JSX.Element {
  const { instrument, funding_rate, next_funding_at } = row
  return (
    <Panel
      title="Contract"
      note={<span className="meta">{instrument.status === 'TRADING' ? '' : instrument.status}</span>}
    >
      <dl className="market-facts">
        <Prices row={row} />
        <Fact name="Funding">
          {funding_rate === null ? (
            <span className="dim">not told yet</span>
          ) : (
            <>
              <Percent fraction={funding_rate} decimals={4} isSigned />{' '}
              <span className="u">{funding_rate > 0 ? 'longs pay' : funding_rate < 0 ? 'shorts pay' : ''}</span>
            </>
          )}
        </Fact>
        <Fact name="Next funding">
          {next_funding_at === null ? (
            <span>every {instrument.funding_interval_hours} h</span>
          ) : (
            <Time at={next_funding_at} withDate />
          )}
        </Fact>
        <Fact name="Fees, maker / taker">
          <Percent fraction={instrument.maker_fee} decimals={3} /> /{' '}
          <Percent fraction={instrument.taker_fee} decimals={3} />
        </Fact>
        <Fact name="Price step">
          <Figure value={instrument.tick_size} />
        </Fact>
        <Fact name="Size step">
          <Figure value={instrument.step_size} unit={instrument.base_asset} />
        </Fact>
        <Fact name="Smallest order">
          <Figure value={instrument.min_quantity} unit={instrument.base_asset} />,{' '}
          <Figure value={instrument.min_notional} unit="USDT" />
        </Fact>
        <Fact name="Largest order">
          <Figure value={instrument.max_quantity} unit={instrument.base_asset} />
        </Fact>
        <Fact name="Leverage at most">{formatTimes(instrument.max_leverage)}</Fact>
      </dl>
    </Panel>
  )
}

function Prices({ row }: { readonly row: SymbolRow }): JSX.Element {
  const quote = useQuote(row.symbol)
  const decimals = decimalsOf(row.instrument.tick_size)
  return (
    <>
      <Fact name="Bid / ask">
        {quote === null || Number.isNaN(quote.bid) ? (
          <span className="dim">no book in this data</span>
        ) : (
          <>
            <Price value={quote.bid} decimals={decimals} /> / <Price value={quote.ask} decimals={decimals} />
          </>
        )}
      </Fact>
      <Fact name="Mark">
        <Price value={quote?.mark ?? null} decimals={decimals} />
      </Fact>
    </>
  )
}
