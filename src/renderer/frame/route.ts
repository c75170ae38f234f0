/** Where the page is: `#/journal/decisions/abc?q=…`. The address is the only place that knows. */
import { useSyncExternalStore } from 'react'

export interface Route {
  readonly screen: string
  /** what follows the screen's name */
  readonly path: readonly string[]
  readonly query: URLSearchParams
}

let parsedFrom = ''
let parsed: Route = { screen: '', path: [], query: new URLSearchParams() }

/** The same object while the address stays the same. */
function currentRoute(): Route {
  if (location.hash === parsedFrom && parsed.screen !== '') return parsed
  parsedFrom = location.hash
  const [path = '', query = ''] = parsedFrom.replace(/^#\/?/, '').split('?', 2)
  const [screen = '', ...rest] = path.split('/').map((part) => decodeURIComponent(part))
  parsed = { screen: screen || 'bridge', path: rest.filter(Boolean), query: new URLSearchParams(query) }
  return parsed
}

function onHash(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

export const useRoute = (): Route => useSyncExternalStore(onHash, currentRoute)

export function hrefOf(
  screen: string,
  path: readonly string[] = [],
  query: Readonly<Record<string, string>> = {},
): string {
  const text = new URLSearchParams(query).toString()
  return `#/${[screen, ...path].map((part) => encodeURIComponent(part)).join('/')}${text === '' ? '' : `?${text}`}`
}

export function go(screen: string, path: readonly string[] = [], query: Readonly<Record<string, string>> = {}): void {
  location.hash = hrefOf(screen, path, query)
}

/** Changes the query without a new entry in the browser's history. */
export function replaceQuery(query: Readonly<Record<string, string>>): void {
  const { screen, path } = currentRoute()
  history.replaceState(null, '', hrefOf(screen, path, query))
  window.dispatchEvent(new HashChangeEvent('hashchange'))
}
