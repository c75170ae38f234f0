/** `signalbox watch`: what changes in a running station and what it decides, line by line, until it is stopped. */
import type { LiveChange, LiveMessage, LiveState } from '../../contract/live.ts'
import type { PolicyDocument } from '../../contract/policy-shapes.ts'
import type { Flags } from '../../station/config/from-flags.ts'
import { lineTo } from './line.ts'
import { homeOf } from './settings-of.ts'

const TOPICS = ['policy', 'governor', 'status', 'account', 'orders', 'decisions', 'trades', 'alerts'] as const
/** Money and clock change with every price: they are in the first line only. */
const QUIET: ReadonlySet<string> = new Set(['account', 'status'])

export async function watch({ json, ...flags }: Flags): Promise<void> {
  const line = await lineTo(homeOf(flags).folder)
  if (line === null) throw new Error('no station runs here: start one, or name its data folder with --data')
  process.once('SIGINT', () => line.close())
  const tell = json === true ? tellJson : new Teller((text) => console.log(text))
  try {
    for await (const message of await line.client.station.watch({ topics: [...TOPICS] })) tell.message(message)
  } finally {
    line.close()
  }
}

const tellJson = {
  message(message: LiveMessage): void {
    const changes = message.kind === 'changes' ? message.changes.filter(({ topic }) => !QUIET.has(topic)) : []
    for (const change of changes) console.log(JSON.stringify({ at: message.at, ...change }))
  },
}

/** Writes each change as one line for people; remembers the policy, to tell what of it has changed. */
export class Teller {
  readonly #write: (text: string) => void
  #policy: PolicyDocument | null = null

  constructor(write: (text: string) => void) {
    this.#write = write
  }

  message(message: LiveMessage): void {
    if (message.kind === 'snapshot') {
      this.#policy = message.state.policy ?? null
      this.#write(head(message.state))
      return
    }
    for (const change of message.changes) {
      const text = this.#textOf(change)
      if (text !== null) this.#write(`${message.at.slice(11, 19)}  ${change.topic.padEnd(9)}  ${text}`)
    }
  }

  #textOf(change: LiveChange): string | null {
    switch (change.topic) {
      case 'policy': {
        const text = policyText(this.#policy, change.value)
        this.#policy = change.value
        return text
      }
      case 'governor':
        return `${change.value.level}${change.value.cause === null ? '' : `: ${change.value.cause}`}`
      case 'orders':
        return change.value && orderText(change.value)
      case 'decisions':
        return change.value?.sentence ?? null
      case 'trades':
        return change.value && tradeText(change.value)
      case 'alerts':
        return change.value && `${change.value.severity}: ${change.value.message}`
      case 'msc':
        return change.value.sentence
      case 'account':
      case 'effective':
      case 'health':
      case 'positions':
      case 'status':
      case 'usage':
        return null
    }
  }
}

function head({ status, policy, governor, account }: LiveState): string {
  const equity = account ? `${Number(account.equity).toFixed(2)} USDT` : 'no account yet'
  return [
    status?.environment,
    policy && `policy v${policy.version} ${policy.risk_mode}`,
    governor && `governor ${governor.level}`,
    equity,
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}

/** What changes with every ranking and evaluation says nothing to who watches. */
const UNTOLD: ReadonlySet<string> = new Set([
  'version',
  'last_updated',
  'updated_by',
  'reason',
  'sources',
  'opp_rankings',
  'evaluation',
])

function policyText(before: PolicyDocument | null, after: PolicyDocument): string | null {
  const old = new Map(Object.entries(before ?? {}))
  const changed = Object.entries(after).filter(
    ([field, value]) => !UNTOLD.has(field) && JSON.stringify(old.get(field)) !== JSON.stringify(value),
  )
  if (changed.length === 0) return null
  const what = changed.map(([field, value]) => `${field} ${JSON.stringify(value)}`).join(', ')
  return `v${after.version} by ${after.updated_by}${after.reason === '' ? '' : ` (${after.reason})`}: ${what}`
}

type ValueOf<Topic extends LiveChange['topic']> = NonNullable<Extract<LiveChange, { topic: Topic }>['value']>

function orderText({
  purpose,
  symbol,
  side,
  quantity,
  filled_quantity,
  price,
  average_price,
  state,
  reason,
}: ValueOf<'orders'>) {
  const at = Number(average_price) > 0 ? `at ${average_price}` : price === null ? '' : `limit ${price}`
  const filled = filled_quantity === quantity || Number(filled_quantity) === 0 ? '' : ` (${filled_quantity} filled)`
  return `${purpose} ${side} ${quantity} ${symbol} ${at} ${state}${filled}${reason === null ? '' : `: ${reason}`}`
}

const tradeText = ({ symbol, side, profit, r_multiple, exit_reason, strategy_id }: ValueOf<'trades'>): string =>
  `${side} ${symbol} closed by ${exit_reason}: ${Number(profit).toFixed(2)} USDT, ${r_multiple.toFixed(2)} R (${strategy_id})`
