/** Names of things. Ids that a replay must repeat are pure functions of their inputs, made by `stableId`. */

type Branded<Brand extends string> = string & { readonly __brand: Brand }

/** Ties everything together that follows from one cause, from candle to profit and loss. */
export type TraceId = Branded<'TraceId'>
export type SignalId = Branded<'SignalId'>
/** hash(strategy, symbol, side, bar): used once, ever. */
export type IntentId = Branded<'IntentId'>
/** What the venue knows our order by; at most 36 of [.A-Z:/a-z0-9_-]. */
export type ClientOrderId = Branded<'ClientOrderId'>
export type FillId = Branded<'FillId'>
export type TradeId = Branded<'TradeId'>

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz'

/** One 53-bit lane of cyrb53, a public-domain string hash; two lanes give 106 bits. */
function lane(text: string, seed: number): number {
  let high = 0xdeadbeef ^ seed
  let low = 0x41c6ce57 ^ seed
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0)
}

function base36(value: number): string {
  let text = ''
  for (let rest = value; text.length < 10; rest = Math.floor(rest / 36)) text = (ALPHABET[rest % 36] ?? '0') + text
  return text
}

/** A 20-character id that depends on nothing but `parts`. */
export function stableId(...parts: readonly (string | number)[]): string {
  const text = parts.join('\u001f')
  return base36(lane(text, 0)) + base36(lane(text, 0x9e3779b9))
}

export const traceIdOf = (...parts: readonly (string | number)[]): TraceId => stableId('trace', ...parts) as TraceId
export const signalIdOf = (...parts: readonly (string | number)[]): SignalId => stableId('signal', ...parts) as SignalId
export const intentIdOf = (strategyId: string, symbol: string, side: string, bar: number): IntentId =>
  stableId('intent', strategyId, symbol, side, bar) as IntentId
/** `role` tells the orders of one intent apart, e.g. `entry`, `ioc`, `stop-2`, `target-1`. */
export const clientOrderIdOf = (intentId: IntentId, role: string): ClientOrderId =>
  `sb-${stableId('order', intentId, role)}` as ClientOrderId
