import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { SECTIONS } from '../../src/station/compose-sections.ts'
import { configure, ConfigurationError, type ConfigurationSources } from '../../src/station/config/configure.ts'
import { firstPolicyOf } from '../../src/station/config/first-policy.ts'
import { choice, list } from '../../src/station/config/key-rule.ts'
import { readConfiguration } from '../../src/station/config/read-configuration.ts'
import { keysOf, section } from '../../src/station/config/section.ts'
import { STATION_SECTIONS } from '../../src/station/config/sections.ts'

type Configured = ReturnType<typeof configure<typeof SECTIONS>>

const configured = (sources: Partial<ConfigurationSources> = {}): Configured =>
  configure(SECTIONS, { flags: {}, environment: {}, fileText: '', ...sources })

function faultsOf(sources: Partial<ConfigurationSources>): readonly string[] {
  try {
    configured(sources)
    return []
  } catch (problem) {
    if (problem instanceof ConfigurationError) return problem.faults
    throw problem
  }
}

const originOf = (from: Configured, key: string): string | undefined =>
  from.effective.find((setting) => setting.key === key)?.origin

describe('without any word from anybody', () => {
  it('every key has its default, and says so', () => {
    const { settings, effective } = configured()
    expect(settings.http).toEqual({
      host: '127.0.0.1',
      port: 8787,
      rateLimitPerSecond: 100,
      burst: 200,
      maxBodyKb: 256,
      allowRemote: false,
    })
    expect([settings.msc.intervalMinutes, settings.bus.maxQueueSize, settings.ranker.topN]).toEqual([30, 10_000, 20])
    expect(settings.paper.initialBalance).toBe(10_000)
    expect(new Set(effective.map(({ origin }) => origin))).toEqual(new Set(['default']))
    expect(effective).toHaveLength(keysOf(SECTIONS).length)
  })

  it('every default is one that the key itself accepts', () => {
    const refused = keysOf(SECTIONS).filter(({ rule, defaultValue }) => rule.accept(defaultValue) === undefined)
    expect(refused.map(({ path }) => path)).toEqual([])
  })

  it('every default survives being written out as text and read again', () => {
    const environment = Object.fromEntries(
      keysOf(SECTIONS).map(({ path, variable }) => [
        variable,
        configured().effective.find(({ key }) => key === path)?.value,
      ]),
    )
    expect(configured({ environment }).settings).toEqual(configured().settings)
  })

  it('every key of the station’s own sections says what it is for', () => {
    const { marketModel, strategies, orchestrator, executor, health, live, ...own } = STATION_SECTIONS
    expect(Object.keys({ marketModel, strategies, orchestrator, executor, health, live })).toHaveLength(6)
    expect(keysOf(own).filter(({ rule }) => rule.doc === '')).toEqual([])
  })
})

describe('who speaks first', () => {
  const fileText = '[http]\nport = 1\nburst = 2\nmax_body_kb = 3\n'
  const environment = { SIGNALBOX_HTTP_PORT: '10', SIGNALBOX_HTTP_BURST: '20' }

  it('flags before environment before file before defaults', () => {
    const from = configured({ flags: { port: '100' }, environment, fileText })
    const { port, burst, maxBodyKb, rateLimitPerSecond } = from.settings.http
    expect([port, burst, maxBodyKb, rateLimitPerSecond]).toEqual([100, 20, 3, 100])
    const keys = ['http.port', 'http.burst', 'http.max_body_kb', 'http.rate_limit_per_second']
    expect(keys.map((key) => originOf(from, key))).toEqual([
      'flag --port',
      'environment SIGNALBOX_HTTP_BURST',
      'file',
      'default',
    ])
  })

  it('any key has its variable, and may be given as a flag by its own name', () => {
    const from = configured({
      environment: { SIGNALBOX_MARKET_MODEL_ATR_BARS: '15', SIGNALBOX_PAPER_UNKNOWN_QUOTE_VOLUME_24H: '2_000_000' },
      flags: { 'msc.interval_minutes': '7.5' },
    })
    expect([from.settings.marketModel.atrBars, from.settings.paper.unknownQuoteVolume24h]).toEqual([15, 2_000_000])
    expect(from.settings.msc.intervalMinutes).toBe(7.5)
  })

  it('a replay flag also chooses the source', () => {
    const flags = {
      replay: 'tape',
      symbols: 'BTCUSDT, ETHUSDT',
      speed: 'max',
      exitAtEnd: true,
      seed: 7,
      headless: true,
    }
    const { market, station } = configured({ flags }).settings
    expect(market).toEqual({
      source: 'replay',
      replay: 'tape',
      symbols: ['BTCUSDT', 'ETHUSDT'],
      interval: '1m',
      speed: 'max',
      exitAtEnd: true,
    })
    expect(station.seed).toBe(7)
  })

  it('an empty variable counts as not set', () => {
    expect(configured({ environment: { SIGNALBOX_HTTP_PORT: ' ', REDIS_URL: '' } }).settings.http.port).toBe(8787)
  })
})

describe('the predecessor’s names', () => {
  it.each([
    ['MSC_ENABLED', 'false', 'msc', 'enabled', false],
    ['QT_MSC_ENABLED', '0', 'msc', 'enabled', false],
    ['MSC_EVALUATION_INTERVAL_MINUTES', '15', 'msc', 'intervalMinutes', 15],
    ['QT_MSC_UPDATE_INTERVAL', '90', 'msc', 'intervalMinutes', 1.5],
    ['QT_MSC_AUTO_ADJUST', 'no', 'msc', 'autoAdjust', false],
    ['QUANTUM_RISK_MODE', 'AGGRESSIVE_SMALL_ACCOUNT', 'policy', 'riskMode', 'AGGRESSIVE'],
    ['CURRENT_PROFILE', 'safe', 'policy', 'riskMode', 'DEFENSIVE'],
    ['REDIS_URL', 'redis://one:6379', 'redis', 'url', 'redis://one:6379'],
    ['QT_POLICY_STORE_REDIS_URL', 'rediss://two', 'redis', 'url', 'rediss://two'],
    ['QT_EVENTBUS_MAX_QUEUE_SIZE', '500', 'bus', 'maxQueueSize', 500],
    ['QT_OPP_RANKER_ENABLED', 'off', 'ranker', 'enabled', false],
    ['QT_OPP_RANKER_TOP_N', '10', 'ranker', 'topN', 10],
    ['QT_OPP_RANKER_UPDATE_INTERVAL', '600', 'ranker', 'intervalMinutes', 10],
    ['QT_CLM_ENABLED', 'false', 'clm', 'enabled', false],
    ['QT_CLM_RETRAIN_SCHEDULE', '30 3 * * 1', 'clm', 'retrainSchedule', '30 3 * * 1'],
    ['QT_SG_AI_ENABLED', 'false', 'generator', 'enabled', false],
    ['QT_SG_POPULATION_SIZE', '80', 'generator', 'populationSize', 80],
    ['QT_SG_GENERATIONS', '40', 'generator', 'generations', 40],
  ])('%s=%s sets %s.%s', (variable, text, section, property, value) => {
    const from = configured({ environment: { [variable]: text } })
    const settings = from.settings as unknown as Record<string, Record<string, unknown>>
    expect(settings[section]?.[property]).toBe(value)
    expect(from.effective.filter(({ origin }) => origin === `environment ${variable}`)).toHaveLength(1)
  })

  it('give way to our own', () => {
    const environment = { SIGNALBOX_MSC_ENABLED: 'true', MSC_ENABLED: 'false', QT_MSC_ENABLED: 'false' }
    expect(configured({ environment }).settings.msc.enabled).toBe(true)
  })

  it('may be given twice when they agree, in whatever unit, and are an error when they do not', () => {
    const five = { MSC_EVALUATION_INTERVAL_MINUTES: '5' }
    expect(configured({ environment: { ...five, QT_MSC_UPDATE_INTERVAL: '300' } }).settings.msc.intervalMinutes).toBe(5)
    expect(faultsOf({ environment: { ...five, QT_MSC_UPDATE_INTERVAL: '5' } })).toEqual([
      'QT_MSC_UPDATE_INTERVAL: msc.interval_minutes must be 1…1440, was 0.08333333333333333',
    ])
    expect(faultsOf({ environment: { ...five, QT_MSC_UPDATE_INTERVAL: '600' } })).toEqual([
      'MSC_EVALUATION_INTERVAL_MINUTES and QT_MSC_UPDATE_INTERVAL disagree on msc.interval_minutes: set one of them',
    ])
    expect(faultsOf({ environment: { QUANTUM_RISK_MODE: 'NORMAL', CURRENT_PROFILE: 'SAFE' } })).toHaveLength(1)
  })

  it.each(['QT_EVENTBUS_ENABLED', 'QT_POLICY_STORE_ENABLED', 'QT_ANALYTICS_ENABLED'])('%s cannot be false', (name) => {
    expect(faultsOf({ environment: { [name]: 'true' } })).toEqual([])
    expect(faultsOf({ environment: { [name]: 'False' } })).toMatchObject([
      expect.stringMatching(`^${name}=False: .* cannot be switched off$`),
    ])
  })

  it('are errors where they are an obvious slip, and other programs’ variables are not', () => {
    expect(faultsOf({ environment: { QT_MSC_ENABLE: '1', QUANTUM_RISKMODE: 'NORMAL' } })).toEqual([
      'QT_MSC_ENABLE is not a setting (did you mean QT_MSC_ENABLED?)',
      'QUANTUM_RISKMODE is not a setting (did you mean QUANTUM_RISK_MODE?)',
    ])
    expect(
      faultsOf({ environment: { QT_QPA_PLATFORM: 'wayland', PATH: '/bin', SIGNALBOX_RECORDED_DATA: 'x' } }),
    ).toEqual([])
  })
})

describe('one error lists everything that is wrong', () => {
  it('in flags, environment and file together, with what was probably meant', () => {
    const faults = faultsOf({
      flags: { prot: '1', port: '70000' },
      environment: { SIGNALBOX_HTP_PORT: '1', SIGNALBOX_MARKET_INTERVAL: '7m', SIGNALBOX_BUS_MAX_QUEUE_SIZE: '1e1x' },
      fileText:
        'speed = 1\npaper = 3\n[htp]\nport = 1\n[http]\nport = "80"\nburts = 1\n[policy]\nallowed_symbols = [1]\n',
    })
    expect(faults).toEqual([
      '--prot is not a setting (did you mean --port?)',
      '--port: http.port must be a whole number 0…65535, was 70000',
      'SIGNALBOX_HTP_PORT is not a setting (did you mean SIGNALBOX_HTTP_PORT?)',
      'SIGNALBOX_MARKET_INTERVAL: market.interval must be one of 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, was "7m"',
      'SIGNALBOX_BUS_MAX_QUEUE_SIZE: bus.max_queue_size must be a whole number 10…10000000, was "1e1x"',
      'file: speed stands outside a section',
      'file: paper is a section: write [paper]',
      'file: [htp] is not a section (did you mean http?)',
      'file: http.port must be a whole number 0…65535, was "80"',
      'file: http.burts is not a setting (did you mean http.burst?)',
      'file: policy.allowed_symbols must be a list of names without spaces or none, was a list',
    ])
    expect(new ConfigurationError(faults).message).toMatch(/^the configuration has 11 faults:\n {2}--prot/)
  })

  it('names the line of a file that is no TOML, and quotes none of it', () => {
    const faults = faultsOf({ fileText: '[redis]\nurl = "redis://me:hunter2@there\n' })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(/^file, line 2: /)
    expect(faults[0]).not.toContain('hunter2')
  })

  it('says what must hold between keys', () => {
    expect(faultsOf({ fileText: '[market]\nsource = "replay"\n' })).toEqual([
      '[market] source is replay, but replay names no file or folder',
    ])
  })
})

describe('secrets', () => {
  it('are masked where they are listed and never quoted in an error', () => {
    const from = configured({ environment: { REDIS_URL: 'redis://me:hunter2@there' } })
    expect(from.settings.redis.url).toContain('hunter2')
    expect(JSON.stringify(from.effective)).not.toContain('hunter2')
    expect(from.effective.find(({ key }) => key === 'redis.url')?.value).toBe('•••')
    expect(faultsOf({ environment: { REDIS_URL: 'http://me:hunter2@there' } }).join('\n')).not.toContain('hunter2')
  })
})

describe('the first policy', () => {
  it('comes from file and environment; only the environment’s own mode counts at a later start', () => {
    const fileText = '[policy]\nrisk_mode = "AGGRESSIVE"\nmax_positions = 3\n[guard]\nmax_daily_loss_usd = 40\n'
    expect(firstPolicyOf(configured({ fileText }))).toMatchObject({
      riskMode: 'AGGRESSIVE',
      maxPositions: 3,
      maxDailyTrades: null,
      maxDailyLossUsd: 40,
      environmentMode: null,
    })
    expect(firstPolicyOf(configured({ fileText, environment: { QUANTUM_RISK_MODE: 'defensive' } }))).toMatchObject({
      riskMode: 'DEFENSIVE',
      environmentMode: 'DEFENSIVE',
    })
  })
})

describe('the file on the disk', () => {
  it('lies in the data folder, or where the flag says; absent is fine unless it was asked for', () => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-config-'))
    const place = { flags: {}, environment: {}, defaultFolder: folder }
    expect(readConfiguration(SECTIONS, place)).toMatchObject({ dataFolder: folder, file: null })
    writeFileSync(join(folder, 'signalbox.toml'), '[http]\nport = 4\n')
    expect(readConfiguration(SECTIONS, place)).toMatchObject({
      file: join(folder, 'signalbox.toml'),
      settings: { http: { port: 4 } },
    })
    const elsewhere = { SIGNALBOX_STATION_DATA_FOLDER: join(folder, 'other') }
    expect(readConfiguration(SECTIONS, { ...place, environment: elsewhere }).dataFolder).toBe(resolve(folder, 'other'))
    expect(
      readConfiguration(SECTIONS, { ...place, flags: { data: join(folder, 'third') }, environment: elsewhere }),
    ).toMatchObject({
      dataFolder: join(folder, 'third'),
      file: null,
    })
    const config = join(folder, 'absent.toml')
    expect(() => readConfiguration(SECTIONS, { ...place, flags: { config } })).toThrow(ConfigurationError)
    rmSync(folder, { recursive: true, force: true })
  })
})

describe('a section', () => {
  it('is any settings object: its keys accept what its defaults are, unless a rule says more', () => {
    const sections = {
      mine: section(
        { someShare: 0.5, drift: -1, on: true, word: 'x', names: ['a'], kind: 'red' },
        {
          kind: choice(['red', 'blue'], 'colour'),
          names: list('names'),
        },
      ),
    }
    const read = (fileText: string) => configure(sections, { flags: {}, environment: {}, fileText })
    expect(
      read('[mine]\nsome_share = 2\ndrift = -3\non = false\nword = "y"\nnames = []\nkind = "blue"').settings.mine,
    ).toEqual({
      someShare: 2,
      drift: -3,
      on: false,
      word: 'y',
      names: [],
      kind: 'blue',
    })
    for (const bad of ['some_share = -1', 'on = 1', 'word = 2', 'names = "a"', 'kind = "green"', 'drift = nan'])
      expect(() => read(`[mine]\n${bad}`)).toThrow(/has a fault/)
  })

  it('with a default that says nothing needs a rule, and two keys cannot share a variable', () => {
    expect(() => section({ limit: null })).toThrow('the setting limit needs a rule')
    const twice = { a: section({ bC: 1 }), aB: section({ c: 1 }) }
    expect(() => keysOf(twice)).toThrow('share one environment variable')
  })
})
