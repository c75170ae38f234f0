/** Which category a path and a stream belong to (BINANCE.md §5). */
export type Category = 'public' | 'market' | 'private' | 'legacy'

export interface SocketPath {
  readonly category: Category
  /** `/stream` wraps each payload with its stream's name */
  readonly isCombined: boolean
  readonly listenKey: string
  readonly streams: readonly string[]
}

const CATEGORIES = new Set(['public', 'market', 'private'])
const KEY_LENGTH = 64

/** null: no such path */
export function socketPath(url: string): SocketPath | null {
  const { pathname, searchParams } = new URL(url, 'ws://venue')
  const parts = pathname.split('/').filter((part) => part !== '')
  const hasCategory = CATEGORIES.has(parts[0] ?? '')
  const category = (hasCategory ? parts[0] : 'legacy') as Category
  const [kind, rest = ''] = hasCategory ? parts.slice(1) : parts
  if (kind !== 'ws' && kind !== 'stream') return null
  const named = searchParams.get('streams') ?? ''
  const isKey = rest.length === KEY_LENGTH
  const streams = (named === '' && rest.includes('@') ? rest : named).split('/').filter((name) => name !== '')
  return {
    category,
    isCombined: kind === 'stream',
    listenKey: searchParams.get('listenKey') ?? (isKey ? rest : ''),
    streams,
  }
}

/** Books and single trades are public, everything else of the market is market. */
export function categoryOf(stream: string): Category {
  const [, topic = ''] = stream.split('@')
  const isPublic =
    topic.startsWith('depth') || topic.startsWith('bookTicker') || topic === 'trade' || stream === '!bookTicker'
  return isPublic ? 'public' : 'market'
}
