/** The part of the contract canary that looks at limits, contracts and their filters. */
import type { z } from 'zod'

import type { Rest } from './rest.ts'
import type { BinanceSettings } from './settings.ts'
import { RELIED_FILTERS, ReliedContract, ReliedInfo } from './wire/relied-on.ts'

const ORDER_TYPES = ['LIMIT', 'MARKET', 'STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET']
const TIMES_IN_FORCE = ['GTC', 'IOC', 'FOK', 'GTX']
/** contracts named in a sentence; the others are counted */
const MOST_NAMED = 3

type Info = z.infer<typeof ReliedInfo>

export interface RuleFindings {
  readonly sentences: readonly string[]
  /** trading contracts that are as they must be */
  readonly sound: readonly ReliedContract[]
}

export async function checkRules(
  rest: Rest,
  settings: BinanceSettings,
  symbols: readonly string[],
): Promise<RuleFindings> {
  const answer = await rest.call({ api: 'fapiPublic', method: 'GET', path: 'exchangeInfo', weight: 1 })
  const info = ReliedInfo.parse(answer)
  const wanted = new Set(symbols)
  const odd: string[] = []
  const sound: ReliedContract[] = []
  for (const row of info.symbols) {
    if (row.status !== 'TRADING' || !wanted.has(row.symbol)) continue
    const read = ReliedContract.safeParse(row)
    const faults = read.success ? contractFaults(read.data) : issuesOf(read.error)
    if (faults.length > 0) odd.push(`${row.symbol} (${faults.join(', ')})`)
    else if (read.success) sound.push(read.data)
  }
  return { sentences: [...limitFaults(info, settings), ...contractSentence(odd)], sound }
}

function contractSentence(odd: readonly string[]): readonly string[] {
  if (odd.length === 0) return []
  const more = odd.length > MOST_NAMED ? ` and ${odd.length - MOST_NAMED} more` : ''
  return [`the rules of contracts are otherwise: ${odd.slice(0, MOST_NAMED).join('; ')}${more}`]
}

const issuesOf = ({ issues }: z.ZodError): readonly string[] => [
  ...new Set(issues.slice(0, MOST_NAMED).map(({ path, message }) => `${path.join('.')} ${message}`)),
]

function contractFaults({ orderTypes, timeInForce, filters }: ReliedContract): readonly string[] {
  return [
    ...ORDER_TYPES.filter((type) => !orderTypes.includes(type)).map((type) => `no ${type} orders`),
    ...TIMES_IN_FORCE.filter((time) => !timeInForce.includes(time)).map((time) => `no ${time}`),
    ...Object.entries(RELIED_FILTERS).flatMap(([type, shape]) => {
      const filter = filters.find(({ filterType }) => filterType === type)
      if (filter === undefined) return [`no filter ${type}`]
      const read = shape.safeParse(filter)
      return read.success ? [] : issuesOf(read.error).map((issue) => `${type} ${issue}`)
    }),
  ]
}

/** Ours are kept below the exchange's: it may only have raised them. */
function limitFaults({ rateLimits }: Info, settings: BinanceSettings): readonly string[] {
  const ours = [
    ['REQUEST_WEIGHT', 'MINUTE', 1, settings.weightPerMinute],
    ['ORDERS', 'MINUTE', 1, settings.ordersPerMinute],
    ['ORDERS', 'SECOND', 10, settings.ordersPer10s],
  ] as const
  return ours.flatMap(([type, interval, count, our]) => {
    const found = rateLimits.find(
      (limit) => limit.rateLimitType === type && limit.interval === interval && limit.intervalNum === count,
    )
    const of = `${type} per ${count} ${interval.toLowerCase()}`
    if (found === undefined) return [`the exchange names no limit of ${of}`]
    return found.limit < our ? [`the limit of ${of} is ${found.limit}, we go up to ${our}`] : []
  })
}
