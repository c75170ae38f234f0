/** Cells that several tabs of the journal share. */
import type { JSX } from 'react'

import type { Instrument } from '../../../../contract/market.ts'
import { hrefOf } from '../../../frame/route.ts'
import { decimalsOf, useInstrument, useInstruments } from '../../../state/instruments.ts'
import { Figure, Price } from '../../../widgets/figures.tsx'
import { Icon } from '../../../widgets/icon.tsx'

/** `PARTIALLY_FILLED` → `Partially filled` */
export const sentenceCase = (name: string): string => {
  const words = name.replaceAll('_', ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const MOST_DECIMALS = 6
const finest = new WeakMap<ReadonlyMap<string, Instrument>, number>()

/** Decimals of the finest tick there is: points of a column stand under each other. */
function finestTick(instruments: ReadonlyMap<string, Instrument>): number {
  const known = finest.get(instruments)
  if (known !== undefined) return known
  const decimals = [...instruments.values()].map(({ tick_size }) => decimalsOf(tick_size) ?? 0)
  const most = Math.min(MOST_DECIMALS, Math.max(0, ...decimals))
  finest.set(instruments, most)
  return most
}

interface SymbolFigureProps {
  readonly symbol: string
  readonly value: number | string | null
}

/** A price with the decimals of its symbol's tick. */
export function SymbolPrice({ symbol, value }: SymbolFigureProps): JSX.Element {
  const tick = useInstrument(symbol)?.tick_size
  const padTo = useInstruments()
  return <Price value={value} decimals={decimalsOf(tick)} padTo={finestTick(padTo)} />
}

/** A size in the symbol's own asset, with the decimals of its step. */
export function SymbolSize({ symbol, value }: SymbolFigureProps): JSX.Element {
  const step = useInstrument(symbol)?.step_size
  return <Figure value={value} decimals={decimalsOf(step)} />
}

const VERDICTS = { approved: 'ok', dropped: 'drop', denied: 'deny' } as const

export const Verdict = ({ outcome }: { readonly outcome: keyof typeof VERDICTS }): JSX.Element => (
  <span className="res">
    <Icon name={VERDICTS[outcome]} /> {sentenceCase(outcome)}
  </span>
)

/** Opens everything that belongs to one trace. */
export const TraceLink = ({ trace }: { readonly trace: string | null }): JSX.Element =>
  trace === null ? (
    <span className="dim">–</span>
  ) : (
    <a
      className="trace"
      href={hrefOf('journal', ['trace', trace])}
      tabIndex={-1}
      title={`Everything of trace ${trace}`}
      onClick={(event) => event.stopPropagation()}
    >
      {trace.slice(0, 8)}
    </a>
  )
