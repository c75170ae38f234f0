/** Limits of the HTTP door (SPEC §15), each with its default. */
export interface DoorSettings {
  /** calls per second and token, and how many may come at once */
  readonly requestsPerSecond: number
  readonly requestBurst: number
  readonly maxBodyBytes: number
  /** open WebSockets, and signed-in browsers */
  readonly maxSockets: number
  readonly maxSessions: number
  /** ms a WebSocket has to sign in, ms between its heartbeats */
  readonly socketSignInMs: number
  readonly heartbeatMs: number
  /** ms that requests may keep the thread before the station's own work has its turn */
  readonly turnMs: number
  /** ms that open requests have to end when the door closes */
  readonly closeMs: number
}

export const DOOR_SETTINGS: DoorSettings = {
  requestsPerSecond: 100,
  requestBurst: 200,
  maxBodyBytes: 256 * 1024,
  maxSockets: 64,
  maxSessions: 32,
  socketSignInMs: 5000,
  heartbeatMs: 30_000,
  turnMs: 2,
  closeMs: 2000,
}
