/** Is it safe? One word, and the fact behind it: the worst one found. Pure. */
import type { LiveReplica } from '../state/live-state.ts'

export interface Safety {
  readonly word: 'Safe' | 'Careful' | 'Unsafe' | '–'
  readonly fact: string
  readonly level: 'ok' | 'caution' | 'warning'
}

const careful = (fact: string): Safety => ({ word: 'Careful', fact, level: 'caution' })

export function safetyOf({ positions, governor, status, link, policy }: LiveReplica): Safety {
  if (status === null) return { word: '–', fact: 'Not known yet', level: 'ok' }
  if (link.phase !== 'live') return careful('Not connected')
  const open = positions.size
  const bare = [...positions.values()].filter((position) => !position.is_protected).length
  if (bare > 0) return { word: 'Unsafe', fact: `${bare} without stop`, level: 'warning' }
  if (!status.venue_up) return careful('Exchange silent')
  if (policy?.emergency) return careful('Trading stopped')
  if (governor !== null && governor.level !== 'NORMAL') return careful(`Governor: ${governor.level.toLowerCase()}`)
  if (status.phase !== 'running') return careful(`Station ${status.phase}`)
  if (status.entries_off !== null) return careful('Entries off')
  return { word: 'Safe', fact: open === 0 ? 'Nothing open' : `${open}/${open} stops held`, level: 'ok' }
}
