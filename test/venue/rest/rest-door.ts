/** One request from its bytes to its answer: limits, faults before, key, signature, time, route, faults after. */
import { VenueError } from '../errors.ts'
import { isCode } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { numberIn, textIn } from '../faults/fault-fields.ts'
import type { FaultFields } from '../faults/fault-names.ts'
import { ACCOUNT_ROUTES } from './account-routes.ts'
import { ALGO_ROUTES } from './algo-routes.ts'
import { MARKET_ROUTES } from './market-routes.ts'
import { ORDER_ROUTES } from './order-routes.ts'
import type { VenueRequest } from './request.ts'
import type { Route } from './route.ts'
import { checkSignature, checkTime, keyHolder, type ApiKey } from './signing.ts'
import { STREAM_ROUTES } from './stream-routes.ts'

/** `cut`: the socket is reset; `hang`: nothing is ever answered */
export type Answer =
  | { readonly kind: 'body'; readonly status: number; readonly headers: Record<string, string>; readonly text: string }
  | { readonly kind: 'cut' }
  | { readonly kind: 'hang' }

const ALL = [...MARKET_ROUTES, ...ORDER_ROUTES, ...ALGO_ROUTES, ...ACCOUNT_ROUTES, ...STREAM_ROUTES]
const ROUTES = new Map(ALL.map((route) => [`${route.method} ${route.path}`, route]))
const HTML = '<html><head><title>503 Service Temporarily Unavailable</title></head><body></body></html>'

export class RestDoor {
  private readonly exchange: Exchange
  private readonly keys: readonly ApiKey[]

  constructor(exchange: Exchange, keys: readonly ApiKey[]) {
    this.exchange = exchange
    this.keys = keys
  }

  async answer(request: VenueRequest): Promise<Answer> {
    const { faults } = this.exchange
    const on = `${request.method} ${request.path}`
    if (this.exchange.isOut) return refusal(new VenueError(-1016, 'Service Unavailable.'), {})
    const slowMs = faults.slowness(on)
    if (slowMs > 0) await this.wait(slowMs)
    const route = ROUTES.get(on)
    if (route === undefined) {
      return refusal(new VenueError(-5000, `Path ${request.path}, Method ${request.method} is invalid`), {})
    }
    try {
      const early = this.refused(on)
      if (early !== null) return early
      const text = JSON.stringify(await this.executed(route, request))
      const lost = faults.strikes('response-lost', on)
      if (lost !== null) return lostAnswer(lost)
      return { kind: 'body', status: 200, headers: this.headers(route), text }
    } catch (error) {
      if (error instanceof VenueError) return refusal(error, this.headers(route))
      throw error
    }
  }

  private async executed(route: Route, request: VenueRequest): Promise<unknown> {
    const { exchange } = this
    const weight = typeof route.weight === 'number' ? route.weight : route.weight(request)
    exchange.limits.count(weight, route.isFunding ?? false)
    const holder = route.security === 'none' ? null : keyHolder(this.keys, request)
    if (holder !== null && route.security === 'signed') {
      checkSignature(holder, request)
      checkTime(exchange, request)
    }
    if (route.trades === true && holder?.mayTrade === false) throw new VenueError(-2015)
    if (route.orders !== undefined) exchange.limits.countOrders(route.orders(request))
    return route.answer({ exchange, request, holder })
  }

  /** Faults that answer before anything is done. */
  private refused(on: string): Answer | null {
    const { faults, limits } = this.exchange
    const limited = faults.strikes('rate-limited', on)
    if (limited !== null) throw limits.tooMany(numberIn(limited, 'seconds', 5))
    const banned = faults.strikes('banned', on)
    if (banned !== null) {
      limits.ban(numberIn(banned, 'seconds', 120) * 1000)
      throw limits.banned(this.exchange.now())
    }
    const failed = faults.strikes('not-executed', on)
    return failed === null ? null : failure(failed)
  }

  private headers(route: Route): Record<string, string> {
    const isSapi = route.path.startsWith('/sapi/')
    if (isSapi) return { 'X-SAPI-USED-IP-WEIGHT-1M': '1' }
    return this.exchange.limits.headers(route.orders !== undefined)
  }

  private wait(ms: number): Promise<void> {
    const { clock } = this.exchange
    return new Promise((resolve) => {
      clock.at(clock.now() + ms, resolve)
    })
  }
}

function refusal(error: VenueError, headers: Record<string, string>): Answer {
  const text = JSON.stringify({ code: error.code, msg: error.message })
  return { kind: 'body', status: error.status, headers: { ...headers, ...error.headers }, text }
}

function failure(fields: FaultFields): Answer {
  const mode = textIn(fields, 'mode')
  if (mode === 'html') return { kind: 'body', status: 503, headers: { 'Content-Type': 'text/html' }, text: HTML }
  if (mode === 'reset') return { kind: 'cut' }
  if (mode === 'hang') return { kind: 'hang' }
  const code = numberIn(fields, 'code', -1008)
  const message = textIn(fields, 'message')
  throw new VenueError(isCode(code) ? code : -1000, message === '' ? undefined : message)
}

const UNKNOWN = 'Unknown error, please check your request or try again later.'

function lostAnswer(fields: FaultFields): Answer {
  const mode = textIn(fields, 'mode', 'reset')
  if (mode === '1007') throw new VenueError(-1007)
  if (mode === '503') throw new VenueError(-1000, UNKNOWN, {}, 503)
  return mode === 'hang' ? { kind: 'hang' } : { kind: 'cut' }
}
