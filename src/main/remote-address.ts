/** The address of a station elsewhere, as a person types it. */

export type ReadAddress =
  | { readonly address: string; readonly isEncrypted: boolean; readonly isThisComputer: boolean }
  | { readonly problem: string }

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** `station.example:8787`, `http://…` or `https://…`; nothing behind the port. */
export function readAddress(text: string): ReadAddress {
  const typed = text.trim()
  const full = typed.includes('://') ? typed : `http://${typed}`
  if (typed === '' || !URL.canParse(full))
    return { problem: 'an address is a host and a port, like station.example:8787' }
  const { protocol, host, hostname, pathname, search, hash, username, password } = new URL(full)
  if (protocol !== 'http:' && protocol !== 'https:')
    return { problem: `an address begins with http:// or https://, was ${protocol}//` }
  if (username !== '' || password !== '') return { problem: 'an address has no user name; the token goes below' }
  if (pathname !== '/' || search !== '' || hash !== '')
    return { problem: `nothing follows the port, was ${pathname}${search}` }
  return {
    address: `${protocol}//${host}`,
    isEncrypted: protocol === 'https:',
    isThisComputer: LOOPBACK.has(hostname),
  }
}
