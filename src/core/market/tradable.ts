/** Whether the exchange trades this contract as what the station trades: a USDT-margined perpetual (SPEC §3.2, §7). */
import type { Instrument } from '../model/market.ts'

export const isTradable = ({ status, contractType, quoteAsset, marginAsset }: Instrument): boolean =>
  status === 'TRADING' && contractType === 'PERPETUAL' && quoteAsset === 'USDT' && marginAsset === 'USDT'
