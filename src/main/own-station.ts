/** This computer's own station, in this process: a page that crashes takes nothing of it along. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'

import { createRouterClient } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'

import { portFigures } from '../contract/frames.ts'
import { answersOf, type Caller, type TraceId } from '../station/answers/index.ts'
import { SECTIONS } from '../station/compose-sections.ts'
import { openLog } from '../station/compose-upkeep.ts'
import { startStation } from '../station/compose.ts'
import { defaultFolder } from '../station/config/data-folder.ts'
import type { Flags } from '../station/config/from-flags.ts'
import { readConfiguration } from '../station/config/read-configuration.ts'
import { LiveStream } from '../station/live-stream.ts'
import type { StationHost } from './station-host.ts'

export interface OwnStationOptions {
  readonly flags: Flags
  readonly version: string
  /** told once when it cannot go on */
  readonly failed: (problem: unknown) => void
}

/** @throws with a sentence for people when it cannot start: a fault of the configuration, a data folder in use */
export async function openOwnStation({ flags, version, failed }: OwnStationOptions): Promise<StationHost> {
  const configuration = readConfiguration(SECTIONS, {
    flags,
    environment: process.env,
    defaultFolder: defaultFolder(),
  })
  const { settings, dataFolder } = configuration
  const log = openLog({ folder: join(dataFolder, 'logs'), level: settings.station.logLevel })
  const station = await startStation({ configuration, log, version, now: Date.now })
  station.ended.catch(failed)
  const { facade } = station
  const live = new LiveStream(facade, { ...settings.live, maxPending: settings.bus.maxQueueSize })
  const answers = answersOf(facade, live)
  const handler = new RPCHandler(answers, portFigures)
  const context: Caller = { actor: 'user', scope: 'control', log, newTraceId: () => randomUUID() as TraceId }
  return {
    isOwn: true,
    place: 'this computer',
    connect(port) {
      handler.upgrade(port, { context })
      port.start()
    },
    openLine: () => ({ client: createRouterClient(answers, { context }), close: () => {} }),
    openPositions: () => facade.positions().length,
    tell: (kind) => facade.systemEvent(kind),
    async close() {
      live.close()
      await station.stop()
      await log.close()
    },
  }
}
