/** Tells the station what happens to its computer: sleep, lock, battery, network. The answer ends it. */
import { net, powerMonitor } from 'electron'

import type { SystemEvent } from '../station/station-values.ts'

const KINDS = [
  ['suspend', 'suspended'],
  ['resume', 'resumed'],
  ['lock-screen', 'locked'],
  ['unlock-screen', 'unlocked'],
  ['on-battery', 'on_battery'],
  ['on-ac', 'on_mains'],
] as const

/** The system tells no change of the network: it is looked at. */
const LOOK_MS = 3000

export function tellPowerEvents(tell: (kind: SystemEvent) => void): () => void {
  const listeners = KINDS.map(([event, kind]) => [event, () => tell(kind)] as const)
  for (const [event, listener] of listeners) powerMonitor.on(event as 'suspend', listener)
  let wasOnline = net.isOnline()
  const timer = setInterval(() => {
    const isOnline = net.isOnline()
    if (isOnline !== wasOnline) tell(isOnline ? 'network_back' : 'network_lost')
    wasOnline = isOnline
  }, LOOK_MS)
  timer.unref()
  return () => {
    clearInterval(timer)
    for (const [event, listener] of listeners) powerMonitor.off(event as 'suspend', listener)
  }
}
