/** The station behind the window: this computer's own, or one that runs elsewhere. */
import type { ContractRouterClient } from '@orpc/contract'
import type { MessagePortMain } from 'electron'

import type { Contract } from '../contract/index.ts'
import type { SystemEvent } from '../station/station-values.ts'

export type StationClient = ContractRouterClient<Contract>

export interface StationLine {
  readonly client: StationClient
  close(): void
}

export interface StationHost {
  /** it runs in this process: what happens to this computer happens to it */
  readonly isOwn: boolean
  /** as people call it: `this computer`, `https://station.example` */
  readonly place: string
  /** Carries the contract over the port until one of both ends closes it. */
  connect(port: MessagePortMain): void
  /** The application's own line to the station, beside those of its pages. */
  openLine(): StationLine
  /** positions that nobody watches once this process ends */
  openPositions(): number
  tell(kind: SystemEvent): void
  close(): Promise<void>
}
