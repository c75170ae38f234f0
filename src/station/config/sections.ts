/** Sections of the station's own configuration; the composition root adds those of its adapters. */
import { HEALTH_SETTINGS } from '../../core/health/settings.ts'
import { MARKET_SETTINGS } from '../../core/market/settings.ts'
import { INTERVALS } from '../../core/model/interval.ts'
import { MSC_WATCH_SETTINGS } from '../../core/msc/settings.ts'
import { ORCHESTRATOR_SETTINGS } from '../../core/orchestrator/settings.ts'
import { NUMBER_BOUNDS } from '../../core/policy/numbers.ts'
import { RISK_MODES } from '../../core/policy/policy.ts'
import { readConfiguredRiskMode } from '../../core/policy/risk-mode.ts'
import { STRATEGY_SETTINGS } from '../../core/strategy/settings.ts'
import { EXECUTOR_SETTINGS } from '../executor-settings.ts'
import { GOVERNOR_SETTINGS } from '../governor-settings.ts'
import { LIVE_SETTINGS } from '../live-stream.ts'
import { RANKING_SETTINGS } from '../ranking-settings.ts'
import { choice, flag, integer, list, number, orNone, secret, speed, text, type KeyRule } from './key-rule.ts'
import { section, without } from './section.ts'
import {
  BUS,
  CLM,
  EXCHANGE,
  FIRST_GUARD,
  FIRST_POLICY,
  GENERATOR,
  HTTP,
  MARKET_SOURCE,
  MSC,
  REDIS,
  STATION,
  type MarketSourceSettings,
} from './settings.ts'

const MINUTES_PER_DAY = 1440
const dollars = { above: 0, max: 1_000_000_000 } as const

const riskMode: KeyRule = {
  ...choice(RISK_MODES, 'mode of a new policy; at a later start only a changed environment variable switches it'),
  accept: (value) => readConfiguredRiskMode(value) ?? undefined,
}

const station = section(STATION, {
  dataFolder: text('where the database, token, log and backups are; empty: the folder of the platform'),
  seed: integer(0, 4_294_967_295, 'seed of everything that is random'),
  logLevel: choice(['debug', 'info', 'warn', 'error'], 'least severe line that is logged'),
  equitySampleSeconds: integer(1, 86_400, 's between two samples of the equity'),
})

const http = section(HTTP, {
  host: text('address the door listens on', { pattern: /^\S+$/, expected: 'a host name or address' }),
  port: integer(0, 65_535, 'port the door listens on; 0: any that is free'),
  rateLimitPerSecond: integer(1, 1_000_000, 'requests per second of one token'),
  burst: integer(1, 1_000_000, 'requests of one token at once'),
  maxBodyKb: integer(1, 65_536, 'largest request body, KB'),
  allowRemote: flag('whether the door may listen on other interfaces than this machine without TLS'),
})

const noReplayPath = (values: MarketSourceSettings): readonly string[] =>
  values.source === 'replay' && values.replay === '' ? ['source is replay, but replay names no file or folder'] : []

const market = section(
  MARKET_SOURCE,
  {
    source: choice(['simulator', 'replay', 'binance'], 'where prices come from: made up, recorded, or live'),
    replay: text('recorded file or folder'),
    symbols: list('only these symbols; empty: all of the source'),
    interval: choice(Object.keys(INTERVALS), 'interval of the candles that are read'),
    speed: speed({ above: 0, max: 100_000 }, 'how fast the clock of simulated and recorded markets runs, × real time'),
    exitAtEnd: flag('whether the station ends with the recording'),
  },
  noReplayPath,
)

const ADDRESS = {
  pattern: /^(\w+:\/\/\S+)?$/,
  expected: 'an address without path, like http://127.0.0.1:9000',
} as const

const exchange = section(EXCHANGE, {
  account: choice(
    ['paper', 'simulated', 'demo', 'live'],
    'whose money: paper, an account of a venue on this machine, play money of the exchange, or real money',
  ),
  rest: text('address of the REST interface; empty: of the account', ADDRESS),
  stream: text('address of the streams; empty: of the account', ADDRESS),
  permissions: text("address that tells a key's permissions; empty: of the account", ADDRESS),
})

const once = 'of a new policy; none: the target of its mode'

const policy = section(FIRST_POLICY, {
  riskMode,
  maxRiskPerTrade: orNone(number(NUMBER_BOUNDS.maxRiskPerTrade, `max risk per trade, fraction of NAV, ${once}`)),
  maxPositions: orNone(number(NUMBER_BOUNDS.maxPositions, `max positions ${once}`)),
  maxDailyTrades: orNone(number(NUMBER_BOUNDS.maxDailyTrades, `max daily trades ${once}`)),
  globalMinConfidence: orNone(number(NUMBER_BOUNDS.globalMinConfidence, `least confidence ${once}`)),
  allowedStrategies: orNone(list('allowed strategies of a new policy; none: no restriction')),
  blockedStrategies: list('blocked strategies of a new policy'),
  allowedSymbols: orNone(list('allowed symbols of a new policy; none: no restriction')),
})

const guard = section(FIRST_GUARD, {
  maxOrderNotionalUsd: orNone(number(dollars, 'largest order of a new policy, USDT; must be set before LIVE')),
  maxDailyLossUsd: orNone(number(dollars, 'largest loss of a day of a new policy, USDT; must be set before LIVE')),
})

const msc = section(MSC, {
  enabled: flag('whether the meta strategy controller runs'),
  intervalMinutes: number({ min: 1, max: MINUTES_PER_DAY }, 'minutes between two evaluations'),
  autoAdjust: flag('whether it applies its advice; else it only advises'),
})

const hours = { above: 0, max: 8760 } as const
const shareOfAll = { min: 0, max: 1 } as const
const shareDoc = (mode: string, end: string): string => `time in mode ${mode} should be ${end} this, fraction`

const mscWatch = section(MSC_WATCH_SETTINGS, {
  lateIntervals: number({ min: 1, max: 100 }, 'alert after this many intervals without a successful evaluation …'),
  lateMinutes: number({ min: 0, max: MINUTES_PER_DAY }, '… and this many minutes more'),
  defensiveWarningHours: number(hours, 'hours in mode DEFENSIVE that warn'),
  defensiveCriticalHours: number(hours, 'hours in mode DEFENSIVE that are critical'),
  failedShare: number(shareOfAll, 'share of failed evaluations of 24 hours above which it warns, fraction'),
  modeChangesPerHour: integer(1, 1000, 'mode changes an hour above which it warns'),
  blockedShare: number(
    shareOfAll,
    'share of the signals of an hour that were blocked above which it warns, fraction …',
  ),
  blockedSignals: integer(1, 100_000, '… of at least so many signals'),
  shareDays: number({ above: 0, max: 90 }, 'days over which time per mode is told'),
  defensiveShareFrom: number(shareOfAll, shareDoc('DEFENSIVE', 'at least')),
  defensiveShareTo: number(shareOfAll, shareDoc('DEFENSIVE', 'at most')),
  normalShareFrom: number(shareOfAll, shareDoc('NORMAL', 'at least')),
  normalShareTo: number(shareOfAll, shareDoc('NORMAL', 'at most')),
  aggressiveShareFrom: number(shareOfAll, shareDoc('AGGRESSIVE', 'at least')),
  aggressiveShareTo: number(shareOfAll, shareDoc('AGGRESSIVE', 'at most')),
})

const ranker = section(RANKING_SETTINGS, {
  enabled: flag('whether symbols are ranked'),
  topN: integer(1, 500, 'how many of the best are told with their components'),
  intervalMinutes: number({ min: 0.5, max: MINUTES_PER_DAY }, 'minutes between two rankings'),
  firstAfterMs: integer(0, 600_000, 'ms from the start to the first ranking'),
  afterIntervalMs: integer(0, 25_000, 'ms from the end of an interval to its ranking: its candles come meanwhile'),
  effectDelayMs: integer(0, 25_000, 'ms of the station’s clock from asking for a ranking to its effect'),
  decimals: integer(2, 12, 'decimals of the scores and components that are written'),
})

const CRON = /^\s*([\d*/,-]+\s+){4}[\d*/,-]+\s*$/

const clm = section(CLM, {
  enabled: flag('whether models are retrained'),
  retrainSchedule: text('when models are retrained, as cron in UTC', {
    pattern: CRON,
    expected: 'five fields of cron, e.g. 0 2 * * 0',
  }),
})

const generator = section(GENERATOR, {
  enabled: flag('whether new strategies are searched for'),
  populationSize: integer(2, 10_000, 'genomes of one generation'),
  generations: integer(1, 100_000, 'generations of one search'),
})

const bus = section(BUS, {
  maxQueueSize: integer(
    10,
    10_000_000,
    'changes a slow watcher may owe before it is given a fresh snapshot instead; prices are latest-wins and do not count',
  ),
})

const redis = section(REDIS, {
  url: secret(
    text('Redis of many stations; empty: none', {
      pattern: /^(rediss?:\/\/\S+)?$/,
      expected: 'an address that begins with redis:// or rediss://',
    }),
  ),
})

/** Settings objects of the rooms; a key says more than its default only where it has to. */
const rooms = {
  marketModel: section(MARKET_SETTINGS),
  strategies: section(STRATEGY_SETTINGS),
  orchestrator: section(ORCHESTRATOR_SETTINGS),
  executor: section(EXECUTOR_SETTINGS),
  mscWatch,
  governor: section(GOVERNOR_SETTINGS, {
    everyMs: integer(1000, 60_000, 'ms between two looks of the safety governor'),
  }),
  health: section(HEALTH_SETTINGS, {
    databaseWrites: integer(10, 1_000_000, 'writes to the database that make its percentiles'),
  }),
  // its bound is `bus.max_queue_size`
  live: section(without(LIVE_SETTINGS, 'maxPending')),
}

export const STATION_SECTIONS = {
  station,
  http,
  market,
  exchange,
  policy,
  guard,
  msc,
  ranker,
  clm,
  generator,
  bus,
  redis,
  ...rooms,
}
