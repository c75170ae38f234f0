/** An order before it is sent: what it comes to, how large each limit would let it be, and the fifteen checks. */
import type { JSX, ReactNode } from 'react'

import type { EntryFigures, EntryPreview } from '../../../../contract/orders.ts'
import { usePriceDecimals, useSizeDecimals } from '../../../state/instruments.ts'
import { Figure, Money, Percent, Price } from '../../../widgets/figures.tsx'
import { formatTimes } from '../../../widgets/format-number.ts'
import { Icon } from '../../../widgets/icon.tsx'
import { guardChecks, type CheckLine } from '../../journal/why/staircase.ts'

interface GuardPreviewProps {
  readonly preview: EntryPreview
  readonly symbol: string
  readonly asset: string
}

export const GuardPreview = ({ preview, symbol, asset }: GuardPreviewProps): JSX.Element => (
  <div className="market-preview">
    {preview.figures === null ? null : <Figures figures={preview.figures} symbol={symbol} asset={asset} />}
    <Checks checks={guardChecks(preview.steps)} />
  </div>
)

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }): JSX.Element => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const LIMIT_NAMES: Readonly<Record<EntryFigures['most'][number]['limit'], string>> = {
  risk: 'Risk per trade',
  size_cap: 'Position size',
  order_notional: 'Largest order',
  free_margin: 'Free margin',
  exchange: 'Exchange',
}

interface FiguresProps {
  readonly figures: EntryFigures
  readonly symbol: string
  readonly asset: string
}

function Figures({ figures, symbol, asset }: FiguresProps): JSX.Element {
  const [decimals, sizeDecimals] = [usePriceDecimals(symbol), useSizeDecimals(symbol)]
  const size = (quantity: string): JSX.Element => <Figure value={quantity} decimals={sizeDecimals} unit={asset} />
  return (
    <>
      <h3>What it comes to</h3>
      <dl className="market-facts" aria-label="What it comes to">
        <Fact name="Asked for">
          <Figure value={Number(Number(figures.asked_quantity).toPrecision(6))} unit={asset} />
        </Fact>
        <Fact name="On the exchange’s step">{size(figures.quantity)}</Fact>
        <Fact name="Price at worst">
          <Price value={figures.price} decimals={decimals} />
        </Fact>
        <Fact name="Worth">
          <Money value={figures.notional} /> <span className="u">USDT</span>
        </Fact>
        <Fact name={figures.leverage > 0 ? `Margin at ${formatTimes(figures.leverage)}` : 'Margin'}>
          <Money value={figures.margin} /> <span className="u">USDT</span>
        </Fact>
        <Fact name="Fee to enter">
          <Money value={figures.entry_fee} /> <span className="u">USDT</span>
        </Fact>
        <Fact name="Lost at the stop">
          <Money value={figures.loss_at_stop === null ? null : -figures.loss_at_stop} /> <span className="u">USDT</span>
        </Fact>
        <Fact name="Of the equity, costs included">
          {figures.risk_fraction === null ? (
            <span className="dim">–</span>
          ) : (
            <Percent fraction={figures.risk_fraction} />
          )}
        </Fact>
      </dl>
      <h3>The most that each limit allows</h3>
      <dl className="market-facts" aria-label="The most that each limit allows">
        {figures.most.map(({ limit, quantity }, place) => (
          <Fact key={limit} name={LIMIT_NAMES[limit]}>
            {place === 0 ? <b>{size(quantity)}</b> : size(quantity)}
          </Fact>
        ))}
      </dl>
    </>
  )
}

const SIGNS = { passed: 'ok', failed: 'deny', 'not reached': 'more' } as const

const Checks = ({ checks }: { readonly checks: readonly CheckLine[] }): JSX.Element => {
  const passed = checks.filter(({ state }) => state === 'passed').length
  return (
    <>
      <h3>
        Guard <span className="meta">{passed} of 15 checks passed</span>
      </h3>
      <ol className="market-checks" aria-label="Checks of the guard">
        {checks.map(({ key, number, label, actual, limit, source, state }) => (
          <li key={key} data-state={state}>
            <span className="no">{number}</span>
            <Icon name={SIGNS[state]} />
            <span className="name" title={source.words === '' ? label : `${label}, set by ${source.words}`}>
              {label}
              <span className="sr">: {state}</span>
            </span>
            <span className="fig">
              {state === 'not reached' ? (
                <span className="dim">not reached</span>
              ) : (
                <>
                  <b>{actual}</b> <span className="u">{limit}</span>
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}
