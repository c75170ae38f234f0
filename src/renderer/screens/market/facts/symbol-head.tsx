/** The chosen symbol, its price now, and what kind of market it is. */
import type { JSX } from 'react'

import { decimalsOf } from '../../../state/instruments.ts'
import { useQuote } from '../../../state/live.ts'
import { Figure, Percent, Price } from '../../../widgets/figures.tsx'
import { compactNumber } from '../compact-number.ts'
import { REGIME_WORDS, VOLATILITY_WORDS, type SymbolRow } from '../list/symbol-row.ts'

export function SymbolHead({ row }: { readonly row: SymbolRow }): JSX.Element {
  const { regime, volatility, atr_pct, quote_volume_24h } = row
  return (
    <header className="market-head">
      <h1>{row.symbol}</h1>
      <Quoted row={row} />
      <dl>
        <div>
          <dt>Regime</dt>
          <dd>{regime === null ? 'Not known yet' : REGIME_WORDS[regime]}</dd>
        </div>
        <div>
          <dt>Volatility</dt>
          <dd>{volatility === null ? 'Not known yet' : VOLATILITY_WORDS[volatility]}</dd>
        </div>
        <div className="wide">
          <dt>ATR of a day</dt>
          <dd>
            <Figure value={atr_pct} decimals={2} unit="%" />
          </dd>
        </div>
        <div className="wide">
          <dt>24 h volume</dt>
          <dd>
            {quote_volume_24h === null ? '–' : compactNumber(quote_volume_24h)} <span className="u">USDT</span>
          </dd>
        </div>
        <div>
          <dt>Spread{row.spread_is_estimate ? ', estimate' : ''}</dt>
          <dd>{row.spread === null ? '–' : <Percent fraction={row.spread} decimals={4} />}</dd>
        </div>
      </dl>
    </header>
  )
}

function Quoted({ row }: { readonly row: SymbolRow }): JSX.Element {
  const quote = useQuote(row.symbol)
  return (
    <span className="market-last" aria-label="Last price">
      <Price value={quote?.last ?? null} decimals={decimalsOf(row.instrument.tick_size)} />
    </span>
  )
}
