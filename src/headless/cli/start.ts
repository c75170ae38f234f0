/** `signalbox start`: the station and its HTTP door, until a signal or the end of the recording. */
import { join } from 'node:path'

import type { Log } from '../../station/answers/index.ts'
import { openLog } from '../../station/compose-upkeep.ts'
import { startStation, type RunningStation } from '../../station/compose.ts'
import type { Flags } from '../../station/config/from-flags.ts'
import { runReport } from '../../station/run-report.ts'
import { findPageFolder } from '../page-folder.ts'
import { serveHeadless, type Door } from '../serve.ts'
import { tellAddress } from '../station-address.ts'
import { ensureLocalToken } from '../tokens.ts'
import { settingsOf } from './settings-of.ts'
import { VERSION } from './version.ts'

export async function start(flags: Flags): Promise<void> {
  const configuration = settingsOf(flags)
  const { settings, dataFolder } = configuration
  const log = openLog({ folder: join(dataFolder, 'logs'), level: settings.station.logLevel })
  const station = await startStation({ configuration, log, version: VERSION, now: Date.now })
  try {
    ensureLocalToken(dataFolder, station.tokens, Date.now())
    const door = await openDoor(station, configuration, log)
    const forgetAddress = tellAddress(dataFolder, door.address)
    greet(station, door, dataFolder)
    try {
      const isOver = await over(station, settings.market.exitAtEnd)
      if (isOver) console.log(runReport(station.facade.records))
    } finally {
      forgetAddress()
      await door.close()
    }
  } finally {
    await station.stop()
    await log.close()
  }
}

function openDoor(station: RunningStation, { settings }: ReturnType<typeof settingsOf>, log: Log): Promise<Door> {
  const { host, port, allowRemote, rateLimitPerSecond, burst, maxBodyKb } = settings.http
  return serveHeadless({
    facade: station.facade,
    tokens: station.tokens,
    log,
    metrics: station.metrics,
    host,
    port,
    allowRemote,
    pageFolder: findPageFolder(),
    live: { ...settings.live, maxPending: settings.bus.maxQueueSize },
    settings: { requestsPerSecond: rateLimitPerSecond, requestBurst: burst, maxBodyBytes: maxBodyKb * 1024 },
  })
}

function greet({ facade }: RunningStation, door: Door, dataFolder: string): void {
  const { environment, feed } = facade.status()
  console.log(`Signalbox ${VERSION} · ${environment} · ${feed}`)
  console.log(`listening on ${door.address}`)
  console.log(`sign in: ${door.signInLink()}`)
  console.log(`data in ${dataFolder} (the file 'token' there is for programs)`)
}

/** True: the recording has ended and the station is to end with it; false: somebody asked it to stop. */
function over(station: RunningStation, exitAtEnd: boolean): Promise<boolean> {
  return new Promise((resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(false))
    station.ended.then(
      () => {
        if (exitAtEnd) resolve(true)
      },
      (problem: unknown) => reject(problem instanceof Error ? problem : new Error(String(problem))),
    )
  })
}
