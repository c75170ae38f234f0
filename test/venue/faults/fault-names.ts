/** Every fault there is (BINANCE.md §10): where it strikes and what its fields mean. */

/** request: a request comes in · occasion: something happens inside · deed: done at once */
export type FaultKind = 'request' | 'occasion' | 'deed'

export const FAULTS = {
  'response-lost': ['request', 'executed, but the answer is: mode reset (socket cut), 1007, 503 or hang'],
  'not-executed': [
    'request',
    'not executed; code, default -1008; mode html: a 503 page; mode reset: socket cut; mode hang',
  ],
  'rate-limited': ['request', '429 with Retry-After of `seconds`'],
  banned: ['request', '418 for `seconds`'],
  slow: ['request', 'handled `ms` of venue time later, or anything up to `upToMs`'],
  'replication-lag': ['request', 'questions about orders younger than `ms` are answered -2013'],
  'cancel-race': ['request', 'the order to be cancelled fills `share` of its rest just before (default all)'],
  'permissions-unreadable': ['request', 'apiRestrictions is answered -2015'],
  'stuck-triggering': ['occasion', 'a conditional order stays in TRIGGERING for `ms`, or until released'],
  'child-refused': ['occasion', 'the child of a conditional order is refused with `code`, default -2019'],
  'partial-take': ['occasion', 'an order that takes has only `share` of what it wants'],
  'duplicate-event': ['occasion', 'a user event (`event`: its name) is told twice'],
  'swap-events': ['occasion', 'a user event is overtaken by the next'],
  'lose-event': ['occasion', 'a user event is never told'],
  'delay-event': ['occasion', 'a user event is told `ms` later'],
  'depth-break': ['occasion', 'a depth update does not follow the one before'],
  skew: ['deed', "the venue's clock is `ms` ahead"],
  'ws-silent': ['deed', 'sockets (of `category`) stay open and tell nothing for `ms`, default for ever'],
  'ws-drop': ['deed', 'sockets (of `category`) are cut'],
  'listen-key-expired': ['deed', 'the listen key ends and is told so'],
  outage: ['deed', 'for `ms` no trade, no socket message, 503 to all requests; bars of volume 0'],
  'symbol-status': ['deed', '`symbol` becomes `status`'],
  'filter-change': ['deed', '`symbol` gets other tickSize, stepSize, minNotional, minQuantity'],
  'funding-interval': ['deed', '`symbol` settles every `hours`'],
  'funding-rate': ['deed', 'the next rate of `symbol` is `rate`, as far as its cap lets it'],
  settle: ['deed', 'funding of `symbol` is settled now, at `rate` if given'],
  gap: ['deed', 'the price of `symbol` jumps by `share` (-0.1: down 10 %) and stays there'],
  adl: ['deed', '`share` of the position in `symbol` is deleveraged'],
  delivery: ['deed', '`symbol` is settled and delisted: orders end, the position is closed at the mark'],
  'ack-shape': ['deed', 'acknowledgements are `slim` or not'],
  'event-order': ['deed', 'ACCOUNT_UPDATE comes first, or not (`accountFirst`)'],
  'coin-margined': ['deed', 'coin-margined symbols in all-market arrays: `on`'],
  wallet: ['deed', '`amount` USDT come in, or go out'],
  'foreign-trade': ['deed', 'somebody else trades on the account: `symbol`, `side`, `quantity`'],
  'release-trigger': ['deed', 'conditional orders stuck in TRIGGERING go on'],
} as const satisfies Readonly<Record<string, readonly [FaultKind, string]>>

export type FaultName = keyof typeof FAULTS
export type FaultFields = Readonly<Record<string, string | number | boolean>>

/** One fault to come. */
export interface FaultRule {
  readonly name: FaultName
  /** part of `METHOD /path`; empty: every request. For occasions: part of the symbol or the event's name */
  readonly on?: string
  /** of each occasion; default 1 */
  readonly probability?: number
  /** how often it strikes; default once, with a probability for ever */
  readonly times?: number
  /** occasions it lets pass before */
  readonly after?: number
  /** ms after the venue's start at which it begins */
  readonly atMs?: number
  /** deeds: again every so many ms, each time with `probability` */
  readonly everyMs?: number
  readonly fields?: FaultFields
}

export const kindOf = (name: FaultName): FaultKind => FAULTS[name][0]

const RULE_KEYS = new Set(['name', 'on', 'probability', 'times', 'after', 'atMs', 'everyMs', 'fields'])

/** Reads rules as they come from a file or the control path; throws a sentence naming what is wrong. */
export function readRules(value: unknown): FaultRule[] {
  const rules: unknown[] = Array.isArray(value) ? value : [value]
  return rules.map((rule, index) => {
    if (typeof rule !== 'object' || rule === null) throw new TypeError(`fault ${index} is not an object`)
    const unknown = Object.keys(rule).filter((key) => !RULE_KEYS.has(key))
    if (unknown.length > 0) throw new TypeError(`fault ${index} has unknown fields ${unknown.join(', ')}`)
    const { name } = rule as { name?: unknown }
    if (typeof name !== 'string' || !Object.hasOwn(FAULTS, name)) {
      throw new TypeError(
        `fault ${index} has no such name ${String(name)}; there are ${Object.keys(FAULTS).join(', ')}`,
      )
    }
    return rule as FaultRule
  })
}
