/** Whether what came over the wire has the shape of a live message; one that has not must not reach the replica. */
import type { LiveMessage } from '../../contract/live.ts'

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null
const isChange = (value: unknown): boolean =>
  isObject(value) && typeof value['topic'] === 'string' && typeof value['key'] === 'string' && 'value' in value
const isTable = (value: unknown): boolean => isObject(value) && Array.isArray(value['symbols_added'])

export function isLiveMessage(message: unknown): message is LiveMessage {
  if (!isObject(message) || !Number.isInteger(message['seq']) || Number.isNaN(Date.parse(String(message['at']))))
    return false
  if (message['kind'] === 'snapshot') return isObject(message['state'])
  const { kind, changes, quotes } = message
  return kind === 'changes' && Array.isArray(changes) && changes.every(isChange) && (quotes === null || isTable(quotes))
}
