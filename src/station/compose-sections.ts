/** Every section of the configuration: the station's own and those of its adapters. */
import { BINANCE_SETTINGS } from '../adapters/binance/settings.ts'
import { MARKET_SIMULATOR_SETTINGS } from '../adapters/market-simulator/settings.ts'
import { PAPER_SETTINGS } from '../adapters/paper/settings.ts'
import { RECORDED_SETTINGS } from '../adapters/recorded/settings.ts'
import { SQLITE_SETTINGS } from '../adapters/sqlite/settings.ts'
import { choice } from './config/key-rule.ts'
import { section, type SettingsOf, without } from './config/section.ts'
import { STATION_SECTIONS } from './config/sections.ts'

export const SECTIONS = {
  ...STATION_SECTIONS,
  paper: section(PAPER_SETTINGS),
  binance: section(BINANCE_SETTINGS),
  // its seed is `station.seed`
  simulator: section(without(MARKET_SIMULATOR_SETTINGS, 'seed'), {
    scenario: choice(['none', 'trend', 'crash'], 'what is planted in the made-up market; the feed says so'),
  }),
  // its interval is `market.interval`
  recorded: section(without(RECORDED_SETTINGS, 'interval')),
  database: section(SQLITE_SETTINGS),
}

export type Settings = SettingsOf<typeof SECTIONS>
