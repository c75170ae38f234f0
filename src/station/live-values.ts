/** The values behind live topics, read through the facade at the moment they are told. */
import type { LiveChange, LiveState, LiveTopic } from '../contract/live.ts'
import type { Order } from '../core/model/order.ts'
import type { Trade } from '../core/model/position.ts'
import type { AlertRow, DecisionRow } from '../core/ports/journal.ts'
import { healthWire } from './answers/health-wire.ts'
import { mscGlanceWire } from './answers/msc-wire.ts'
import { effectiveWire, governorWire, policyWire } from './answers/policy-wire.ts'
import { alertWire, statusWire } from './answers/station-wire.ts'
import { accountWire, decisionWire, orderWire, positionWire, tradeWire } from './answers/trading-wire.ts'
import { usageWire } from './answers/usage-wire.ts'
import { isNews } from './decision-row.ts'
import type { StationFacade } from './facade.ts'
import type { LivePending } from './live-pending.ts'
import type { JournalRow, LivePosition } from './station-values.ts'

const accountNow = (facade: StationFacade): ReturnType<typeof accountWire> | null => {
  const account = facade.account()
  return account && accountWire(account)
}

const usageNow = (facade: StationFacade): ReturnType<typeof usageWire> | null => {
  const usage = facade.usage()
  return usage && usageWire(usage)
}

/** Everything a new watcher needs of the topics it asked for, but the tables of many symbols. */
export function stateOf(facade: StationFacade, topics: ReadonlySet<LiveTopic>, recent: number): LiveState {
  const state: LiveState = {}
  if (topics.has('policy')) state.policy = policyWire(facade.policy.current)
  if (topics.has('effective')) state.effective = effectiveWire(facade.effective())
  if (topics.has('status')) state.status = statusWire(facade.status())
  if (topics.has('account')) state.account = accountNow(facade)
  if (topics.has('usage')) state.usage = usageNow(facade)
  if (topics.has('governor')) state.governor = governorWire(facade.governor())
  if (topics.has('health')) state.health = healthWire(facade.health.now())
  if (topics.has('msc')) state.msc = mscGlanceWire(facade.msc.view())
  if (topics.has('positions')) state.positions = facade.positions().map(positionWire)
  if (topics.has('orders')) state.orders = facade.openOrders().map(orderWire)
  if (topics.has('decisions')) state.decisions = newsOf(facade, recent).map(decisionWire)
  if (topics.has('trades')) state.trades = facade.records.trades({ limit: recent }).items.map(tradeWire)
  if (topics.has('alerts')) state.alerts = facade.records.alerts({ limit: recent }).items.map(alertWire)
  return state
}

type Keys = ReadonlyMap<string, JournalRow | null>
type Tell<Value> = (key: string, value: Value) => LiveChange

/** The items of now under the pending keys; what is no longer there is told as null. */
function keyed<Item>(
  keys: Keys,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  tell: Tell<Item | null>,
): LiveChange[] {
  const byKey = new Map(items.map((item) => [keyOf(item), item]))
  return [...keys.keys()].map((key) => tell(key, byKey.get(key) ?? null))
}

/** Rows as they were announced; one announced without its row is looked up in the journal. */
function rows<Row>(keys: Keys, look: (key: string) => Row | null | undefined, tell: Tell<Row>): LiveChange[] {
  return [...keys].flatMap(([key, given]) => {
    const row = (given as Row | null) ?? look(key)
    return row === null || row === undefined ? [] : [tell(key, row)]
  })
}

const LOOK_BACK = 200

function singleValue(facade: StationFacade, topic: SingleTopic): LiveChange {
  const key = ''
  switch (topic) {
    case 'policy':
      return { topic, key, value: policyWire(facade.policy.current) }
    case 'effective':
      return { topic, key, value: effectiveWire(facade.effective()) }
    case 'status':
      return { topic, key, value: statusWire(facade.status()) }
    case 'account':
      return { topic, key, value: accountNow(facade) }
    case 'usage':
      return { topic, key, value: usageNow(facade) }
    case 'governor':
      return { topic, key, value: governorWire(facade.governor()) }
    case 'health':
      return { topic, key, value: healthWire(facade.health.now()) }
    case 'msc':
      return { topic, key, value: mscGlanceWire(facade.msc.view()) }
  }
}

type SingleTopic = 'policy' | 'effective' | 'status' | 'account' | 'usage' | 'governor' | 'health' | 'msc'

const orderChange: Tell<Order | null> = (key, order) => ({ topic: 'orders', key, value: order && orderWire(order) })
const positionChange: Tell<LivePosition | null> = (key, position) => ({
  topic: 'positions',
  key,
  value: position && positionWire(position),
})
/** The newest decisions that are news; those that are not are many more. */
function newsOf({ records }: StationFacade, recent: number): readonly DecisionRow[] {
  return records
    .decisions({ limit: recent * LOOKED_THROUGH })
    .items.filter(isNews)
    .slice(0, recent)
}

const LOOKED_THROUGH = 10

const decisionChange: Tell<DecisionRow> = (key, row) => ({ topic: 'decisions', key, value: decisionWire(row) })
const tradeChange: Tell<Trade> = (key, row) => ({ topic: 'trades', key, value: tradeWire(row) })
const alertChange: Tell<AlertRow> = (key, row) => ({ topic: 'alerts', key, value: alertWire(row) })

function topicChanges(facade: StationFacade, topic: LiveChange['topic'], keys: Keys): LiveChange[] {
  const { records } = facade
  const lately = { limit: LOOK_BACK }
  switch (topic) {
    case 'positions':
      return keyed(keys, facade.positions(), (position) => position.symbol, positionChange)
    case 'orders':
      return keyed(keys, facade.openOrders(), (order) => order.clientOrderId, orderChange)
    case 'decisions':
      return rows(keys, (id) => records.decision(id), decisionChange)
    case 'trades':
      return rows(keys, (id) => records.trades(lately).items.find((trade) => trade.id === id), tradeChange)
    case 'alerts':
      return rows(keys, (id) => records.alerts(lately).items.find((alert) => alert.id === id), alertChange)
    case 'policy':
    case 'effective':
    case 'status':
    case 'account':
    case 'usage':
    case 'governor':
    case 'health':
    case 'msc':
      return [singleValue(facade, topic)]
  }
}

/** Every pending key with its value now, in the order of topics as they changed. */
export const changesOf = (facade: StationFacade, pending: LivePending): LiveChange[] =>
  [...pending.keys].flatMap(([topic, keys]) => topicChanges(facade, topic, keys))
