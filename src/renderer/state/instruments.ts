/** The rules of each contract, loaded once per connection: how many decimals its prices and sizes have. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

import type { Instrument } from '../../contract/market.ts'
import { station } from '../link/client.ts'
import { live } from './live.ts'

const instruments = createStore<ReadonlyMap<string, Instrument>>(() => new Map())

/** Keeps the list current: asked anew after every snapshot. */
export function followInstruments(): void {
  live.subscribe((now, before) => {
    if (now.snapshots === before.snapshots) return
    station.market
      .instruments()
      .then(({ items }) => instruments.setState(new Map(items.map((item) => [item.symbol, item])), true))
      .catch(() => {
        // the next snapshot asks again; until then figures keep the decimals they came with
      })
  })
}

export const useInstrument = (symbol: string): Instrument | undefined => useStore(instruments, (all) => all.get(symbol))
export const useInstruments = (): ReadonlyMap<string, Instrument> => useStore(instruments)

/** Decimals of a step like "0.0100": 2. */
export function decimalsOf(step: string | undefined): number | null {
  if (step === undefined) return null
  const fraction = step.split('.')[1] ?? ''
  return fraction.replace(/0+$/, '').length
}

export const usePriceDecimals = (symbol: string): number | null => decimalsOf(useInstrument(symbol)?.tick_size)
export const useSizeDecimals = (symbol: string): number | null => decimalsOf(useInstrument(symbol)?.step_size)
