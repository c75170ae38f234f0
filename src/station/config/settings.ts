/** Settings of the station itself and of rooms that have no settings object of their own; each object is a section. */
import type { Interval } from '../../core/model/interval.ts'
import type { RiskMode } from '../../core/policy/policy.ts'

export interface StationSettings {
  readonly dataFolder: string
  readonly seed: number
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
  readonly equitySampleSeconds: number
}

export const STATION: StationSettings = { dataFolder: '', seed: 1, logLevel: 'info', equitySampleSeconds: 60 }

export interface HttpSettings {
  readonly host: string
  readonly port: number
  readonly rateLimitPerSecond: number
  readonly burst: number
  readonly maxBodyKb: number
  readonly allowRemote: boolean
}

export const HTTP: HttpSettings = {
  host: '127.0.0.1',
  port: 8787,
  rateLimitPerSecond: 100,
  burst: 200,
  maxBodyKb: 256,
  allowRemote: false,
}

export interface MarketSourceSettings {
  readonly source: 'simulator' | 'replay' | 'binance'
  readonly replay: string
  readonly symbols: readonly string[]
  readonly interval: Interval
  readonly speed: number | 'max'
  readonly exitAtEnd: boolean
}

export const MARKET_SOURCE: MarketSourceSettings = {
  source: 'simulator',
  replay: '',
  symbols: [],
  interval: '1m',
  speed: 60,
  exitAtEnd: false,
}

/** Whose money is traded, and where that is not the exchange's own address. */
export interface ExchangeSettings {
  readonly account: 'paper' | 'simulated' | 'demo' | 'live'
  readonly rest: string
  readonly stream: string
  readonly permissions: string
}

export const EXCHANGE: ExchangeSettings = { account: 'paper', rest: '', stream: '', permissions: '' }

/** Used once, when the database is new; a number of null is the mode's target. */
export interface FirstPolicySettings {
  readonly riskMode: RiskMode
  readonly maxRiskPerTrade: number | null
  readonly maxPositions: number | null
  readonly maxDailyTrades: number | null
  readonly globalMinConfidence: number | null
  readonly allowedStrategies: readonly string[] | null
  readonly blockedStrategies: readonly string[]
  readonly allowedSymbols: readonly string[] | null
}

export const FIRST_POLICY: FirstPolicySettings = {
  riskMode: 'NORMAL',
  maxRiskPerTrade: null,
  maxPositions: null,
  maxDailyTrades: null,
  globalMinConfidence: null,
  allowedStrategies: null,
  blockedStrategies: [],
  allowedSymbols: null,
}

/** Used once, when the database is new; afterwards they are rules of the policy. */
export interface FirstGuardSettings {
  readonly maxOrderNotionalUsd: number | null
  readonly maxDailyLossUsd: number | null
}

export const FIRST_GUARD: FirstGuardSettings = { maxOrderNotionalUsd: null, maxDailyLossUsd: null }

export const MSC = { enabled: true, intervalMinutes: 30, autoAdjust: true }
export const CLM = { enabled: true, retrainSchedule: '0 2 * * 0' }
export const GENERATOR = { enabled: true, populationSize: 50, generations: 100 }
export const BUS = { maxQueueSize: 10_000 }
export const REDIS = { url: '' }
