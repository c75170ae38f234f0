/** Pages stay where they are: no navigation, no new windows, no permissions, no downloads but the page's own exports. */
import type { App, Session, WebContents } from 'electron'

/** Copying rows as CSV is a click of the person at this page; nothing else is granted. */
const GRANTED = new Set(['clipboard-sanitized-write'])

/** Custom schemes have no origin in Node; scheme and host say the same. */
const originOf = (address: string): string | null => {
  if (!URL.canParse(address)) return null
  const { protocol, host } = new URL(address)
  return `${protocol}//${host}`
}

/** For every page there will ever be. `homes`: the origins a page may reload or move within. */
export function lockPages(app: App, homes: readonly string[]): void {
  app.on('web-contents-created', (_event, contents) => lockPage(contents, homes))
}

function lockPage(contents: WebContents, homes: readonly string[]): void {
  const stay = (event: { readonly url: string; preventDefault(): void }): void => {
    const home = originOf(event.url)
    const isHere = home !== null && homes.includes(home) && home === originOf(contents.getURL())
    if (!isHere) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(GRANTED.has(permission)))
  session.setPermissionCheckHandler((_contents, permission) => GRANTED.has(permission))
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith('blob:')) event.preventDefault()
  })
}
