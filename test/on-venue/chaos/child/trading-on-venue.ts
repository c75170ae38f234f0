/** A station that trades on a venue of the parent's, with a restless trader at its desk, until it is killed. */
import { writeSync } from 'node:fs'

import { SECTIONS } from '../../../../src/station/compose-sections.ts'
import { startStation } from '../../../../src/station/compose.ts'
import { readConfiguration } from '../../../../src/station/config/read-configuration.ts'
import { seeded } from '../../../fixtures/candles.ts'
import type { LifeOnVenue, ToldOnVenue } from '../life-on-venue.ts'
import { RestlessTrader } from '../restless-trader.ts'

const OUTPUT = 1
const orders = JSON.parse(process.argv[2] ?? '{}') as LifeOnVenue
const tell = (told: ToldOnVenue): void => void writeSync(OUTPUT, `${JSON.stringify(told)}\n`)

const { folder, http, ws } = orders
const flags = {
  data: folder,
  'market.source': 'binance',
  'exchange.account': 'simulated',
  'exchange.rest': http,
  'exchange.stream': ws,
  'exchange.permissions': http,
  // as many starts as here would spend a minute's weight, and then wait for the next one
  'binance.weight_per_minute': 1_000_000,
  'msc.enabled': false,
  'policy.max_risk_per_trade': 0.005,
  'policy.max_daily_trades': 10_000,
}
const quiet = (): void => undefined
const station = await startStation({
  configuration: readConfiguration(SECTIONS, { flags, environment: {}, defaultFolder: folder }),
  log: {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (event, fields) => tell({ kind: 'fault', event, fields }),
  },
  version: 'chaos',
  now: Date.now,
})
tell({ kind: 'up' })

let isTrading = false
const trader = new RestlessTrader(station, seeded(orders.seed * 1_000 + orders.life))
const turn = (): void => {
  if (!isTrading && station.facade.status().entriesOff === null) {
    isTrading = true
    tell({ kind: 'trading' })
  }
  if (orders.trades) trader.act()
  else trader.release()
}
setInterval(turn, orders.everyMs)
process.on('SIGTERM', () => void station.stop().then(() => process.exit(0)))
