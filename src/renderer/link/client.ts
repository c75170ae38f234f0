/** The one client of the contract. It outlives every wire: calls go over the one that is open now, or fail at once. */
import { createORPCClient, type ClientContext, type ClientLink } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'

import type { Contract } from '../../contract/index.ts'

export type StationClient = ContractRouterClient<Contract>

/** Nothing can be asked now: there is no wire to the station. */
export class LinkDown extends Error {
  override readonly name = 'LinkDown'
}

/** The answer is none that the contract knows. */
export class Nonsense extends Error {
  override readonly name = 'Nonsense'
}

/** A call that is not answered by then has failed; a dead port never says so itself. */
const CALL_TIMEOUT_MS = 15_000
/** proving that everything is closed takes as long as the exchange takes */
const FLATTEN_TIMEOUT_MS = 120_000

let current: ClientLink<ClientContext> | null = null

/** Which wire calls take from now on; null: none. */
export function takeLink(link: ClientLink<ClientContext> | null): void {
  current = link
}

/** Everything that the contract answers is an object. */
function sensible(answer: unknown): unknown {
  if (typeof answer === 'object' && answer !== null) return answer
  throw new Nonsense(`the station answered ${String(answer)}, which means nothing here`)
}

const switching: ClientLink<ClientContext> = {
  call(path, input, options) {
    if (current === null) return Promise.reject(new LinkDown('the station is not connected'))
    const signal = limited(path, options.signal)
    return current.call(path, input, signal === undefined ? options : { ...options, signal }).then(sensible)
  },
}

function limited(path: readonly string[], signal: AbortSignal | undefined): AbortSignal | undefined {
  const last = path.at(-1)
  if (last === 'watch') return signal
  const timeout = AbortSignal.timeout(last === 'flatten' ? FLATTEN_TIMEOUT_MS : CALL_TIMEOUT_MS)
  return signal === undefined ? timeout : AbortSignal.any([timeout, signal])
}

export const station: StationClient = createORPCClient(switching)
