/** This computer's own station, in this process: a page that crashes takes nothing of it along. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'

import { createRouterClient } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'

import { portFigures } from '../contract/frames.ts'
import { answersOf, type Caller, type TraceId } from '../station/answers/index.ts'
import { Home, type Journey } from '../station/compose-home.ts'
import { openLog } from '../station/compose-upkeep.ts'
import { sealedVaultOf } from '../station/compose-vault.ts'
import { defaultFolder } from '../station/config/data-folder.ts'
import type { Flags } from '../station/config/from-flags.ts'
import { LiveStream } from '../station/live-stream.ts'
import { pastTeller } from '../station/past-teller.ts'
import type { StationHost } from './station-host.ts'
import { seal, unseal } from './vault.ts'

export interface OwnStationOptions {
  readonly home: Home
  /** told once when it cannot go on */
  readonly failed: (problem: unknown) => void
  /** somebody sends the station to another place: this one is to be closed, then opened with the journey */
  readonly depart: (journey: Journey) => void
  /** null: it starts where it was last */
  readonly journey: Journey | null
  /** told how far it is while it comes up, in words; null: it is done */
  readonly coming: (words: string | null) => void
}

const COMING_EVERY_MS = 1000

/** The home of this application: through all its places the same. @throws with every fault of the configuration */
export const homeOf = (flags: Flags, version: string): Home =>
  new Home({ flags, environment: process.env, defaultFolder: defaultFolder(), version, now: Date.now })

/** @throws with a sentence for people when it cannot start: a fault of the configuration, a data folder in use */
export async function openOwnStation(options: OwnStationOptions): Promise<StationHost> {
  const { home, failed, depart, journey, coming } = options
  const { settings } = home.configuration
  const log = openLog({ folder: join(home.folder, 'logs'), level: settings.station.logLevel })
  const vault = sealedVaultOf(home.folder, { seal, unseal })
  const progress = pastTeller({ now: Date.now, everyMs: COMING_EVERY_MS, say: coming })
  const company = { log, vault, depart, progress, mustGoOn: true }
  const station = await (journey === null ? home.start(company) : home.arrive(journey, company))
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
