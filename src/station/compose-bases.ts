/** Addresses of the configuration that stand for those of the exchange. */
import { type Endpoints, isOnThisMachine } from '../adapters/binance/endpoints.ts'
import type { Settings } from './compose-sections.ts'

/** Those that are empty are left to the environment of the account. */
export function basesOf({ rest, stream, permissions }: Settings['exchange']): Partial<Endpoints> {
  return {
    ...(rest === '' ? {} : { rest }),
    ...(stream === '' ? {} : { stream }),
    ...(permissions === '' ? {} : { account: permissions }),
  }
}

/** Paper money takes its prices from a venue of this machine, where one is named; else from the exchange's public ones. */
export const publicPlace = ({ rest }: Settings['exchange']): 'simulated' | 'live' =>
  isOnThisMachine(rest) ? 'simulated' : 'live'
