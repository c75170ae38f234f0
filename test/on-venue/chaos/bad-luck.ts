/** What goes wrong in a scenario, and when: some kinds of faults, drawn from its seed. */
import type { FaultRule } from '../../venue/faults/fault-names.ts'

export type Random = () => number

const ORDERS = 'POST /fapi/v1'
const ANY = '/fapi/v1/'

export const between = (random: Random, least: number, most: number): number => least + random() * (most - least)
export const oneOf = <Item>(random: Random, items: readonly [Item, ...Item[]]): Item =>
  items[Math.floor(random() * items.length)] ?? items[0]

/** Every so many ms on average, `times` times within `lastsMs`. */
type Kind = (random: Random, world: { readonly lastsMs: number; readonly symbols: readonly string[] }) => FaultRule[]

const at = (random: Random, lastsMs: number): number => Math.floor(random() * lastsMs)

function deeds(random: Random, lastsMs: number, most: number, rule: () => FaultRule): FaultRule[] {
  const count = 1 + Math.floor(random() * most)
  return Array.from({ length: count }, () => ({ ...rule(), atMs: at(random, lastsMs) }))
}

const symbolOf = (random: Random, symbols: readonly string[]): string =>
  symbols[Math.floor(random() * symbols.length)] ?? ''

const KINDS: Readonly<Record<string, Kind>> = {
  'answers to orders are lost': (random) => [
    {
      name: 'response-lost',
      on: ORDERS,
      probability: between(random, 0.02, 0.25),
      fields: { mode: oneOf(random, ['reset', '1007', '503', 'hang']) },
    },
  ],
  'answers to anything are lost': (random) => [
    {
      name: 'response-lost',
      on: ANY,
      probability: between(random, 0.01, 0.06),
      fields: { mode: oneOf(random, ['reset', '1007', '503']) },
    },
  ],
  'requests are refused': (random) => [
    {
      name: 'not-executed',
      on: oneOf(random, [ORDERS, ANY, 'POST /fapi/v1/algoOrder', 'DELETE /fapi/v1']),
      probability: between(random, 0.02, 0.2),
      fields: oneOf(random, [{ code: -1008 }, { code: -1001 }, { mode: 'html' }, { mode: 'reset' }]),
    },
  ],
  'cancels race fills': (random) => [
    {
      name: 'cancel-race',
      on: 'DELETE',
      probability: between(random, 0.1, 0.5),
      fields: { share: between(random, 0.2, 1) },
    },
  ],
  'answers lag behind': (random) => [
    {
      name: 'replication-lag',
      probability: between(random, 0.1, 0.6),
      fields: { ms: Math.floor(between(random, 50, 1500)) },
    },
  ],
  'requests are slow': (random) => [
    {
      name: 'slow',
      on: ANY,
      probability: between(random, 0.05, 0.5),
      fields: { ms: 20, upToMs: Math.floor(between(random, 100, 2500)) },
    },
  ],
  'fills come in parts': (random) => [
    { name: 'partial-take', probability: between(random, 0.1, 0.8), fields: { share: between(random, 0.1, 0.9) } },
  ],
  'events are doubled': (random) => [{ name: 'duplicate-event', probability: between(random, 0.05, 0.5) }],
  'events overtake': (random) => [{ name: 'swap-events', probability: between(random, 0.05, 0.5) }],
  'events are lost': (random) => [
    {
      name: 'lose-event',
      on: oneOf(random, ['ORDER_TRADE_UPDATE', 'ALGO_UPDATE', 'ACCOUNT_UPDATE', '']),
      probability: between(random, 0.02, 0.2),
    },
  ],
  'events are late': (random) => [
    {
      name: 'delay-event',
      probability: between(random, 0.05, 0.4),
      fields: { ms: Math.floor(between(random, 50, 4000)) },
    },
  ],
  'sockets drop': (random, { lastsMs }) =>
    deeds(random, lastsMs, 4, () => ({
      name: 'ws-drop',
      fields: { category: oneOf(random, ['', 'private', 'market', 'public']) },
    })),
  'sockets are silent': (random, { lastsMs }) =>
    deeds(random, lastsMs, 2, () => ({
      name: 'ws-silent',
      fields: { category: oneOf(random, ['', 'private', 'market']), ms: Math.floor(between(random, 2_000, 60_000)) },
    })),
  'the listen key ends': (random, { lastsMs }) => deeds(random, lastsMs, 2, () => ({ name: 'listen-key-expired' })),
  'the clock is wrong': (random, { lastsMs }) =>
    deeds(random, lastsMs, 2, () => ({ name: 'skew', fields: { ms: Math.floor(between(random, -8_000, 8_000)) } })),
  'too many requests': (random, { lastsMs }) =>
    deeds(random, lastsMs, 3, () => ({ name: 'rate-limited', fields: { seconds: Math.ceil(between(random, 0, 5)) } })),
  'a ban': (random, { lastsMs }) =>
    deeds(random, lastsMs, 1, () => ({ name: 'banned', fields: { seconds: Math.ceil(between(random, 2, 15)) } })),
  'triggers are stuck': (random) => [
    {
      name: 'stuck-triggering',
      probability: between(random, 0.1, 0.6),
      fields: { ms: Math.floor(between(random, 500, 30_000)) },
    },
  ],
  'children are refused': (random) => [
    {
      name: 'child-refused',
      probability: between(random, 0.1, 0.6),
      fields: { code: oneOf(random, [-2019, -2022, -4131]) },
    },
  ],
  'prices jump': (random, { lastsMs, symbols }) =>
    deeds(random, lastsMs, 4, () => ({
      name: 'gap',
      fields: { symbol: symbolOf(random, symbols), share: between(random, -0.05, 0.05) },
    })),
  'an outage': (random, { lastsMs }) =>
    deeds(random, lastsMs, 1, () => ({ name: 'outage', fields: { ms: Math.floor(between(random, 1_000, 40_000)) } })),
  'funding is settled': (random, { lastsMs, symbols }) =>
    deeds(random, lastsMs, 4, () => ({
      name: 'settle',
      fields: { symbol: symbolOf(random, symbols), rate: between(random, -0.002, 0.002) },
    })),
  'money comes and goes': (random, { lastsMs }) =>
    deeds(random, lastsMs, 2, () => ({ name: 'wallet', fields: { amount: Math.round(between(random, -500, 1500)) } })),
}

const MOST_KINDS = 6

/** Names of the kinds, and the rules they make. */
export function badLuck(
  random: Random,
  world: Parameters<Kind>[1],
): { readonly kinds: string[]; readonly rules: FaultRule[] } {
  const names = Object.keys(KINDS)
  const count = Math.floor(random() * (MOST_KINDS + 1))
  const kinds = Array.from({ length: count }, () => names.splice(Math.floor(random() * names.length), 1)[0] ?? '')
  return { kinds, rules: kinds.flatMap((kind) => KINDS[kind]?.(random, world) ?? []) }
}
