/** `signalbox start`: the station and its HTTP door, until a signal or the end of the recording. */
import { join } from 'node:path'

import { openLog } from '../../station/compose-upkeep.ts'
import { startStation, type RunningStation } from '../../station/compose.ts'
import type { Flags } from '../../station/config/from-flags.ts'
import { runReport } from '../../station/run-report.ts'
import { serveHeadless, type Door } from '../serve.ts'
import { ensureLocalToken } from '../tokens.ts'
import { settingsOf } from './settings-of.ts'
import { VERSION } from './version.ts'

export async function start(flags: Flags): Promise<void> {
  const configuration = settingsOf(flags)
  const { settings, dataFolder } = configuration
  const log = openLog({ folder: join(dataFolder, 'logs'), level: settings.station.logLevel })
  const station = await startStation({ configuration, log, version: VERSION, now: Date.now })
  ensureLocalToken(dataFolder, station.tokens, Date.now())
  const door = await serveHeadless({
    facade: station.facade,
    tokens: station.tokens,
    log,
    host: settings.http.host,
    port: settings.http.port,
    allowRemote: settings.http.allowRemote,
    settings: {
      requestsPerSecond: settings.http.rateLimitPerSecond,
      requestBurst: settings.http.burst,
      maxBodyBytes: settings.http.maxBodyKb * 1024,
    },
  })
  greet(station, door, dataFolder)
  const isOver = await over(station, settings.market.exitAtEnd)
  await door.close()
  const summary = isOver ? runReport(station.facade.records) : null
  await station.stop()
  await log.close()
  if (summary !== null) console.log(summary)
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
