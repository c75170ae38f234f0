/** A key as it is printed on the keyboard of this machine. */
import type { JSX } from 'react'

export const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

const CAPS: Readonly<Record<string, string>> = { Mod: isApple ? '⌘' : 'Ctrl', Shift: '⇧', Enter: '⏎', Escape: 'Esc' }

/** `Shift+A` → `⇧A`, `Mod+K` → `⌘K` or `Ctrl K` */
export function keyText(keys: string): string {
  const parts = keys.split('+').map((part) => CAPS[part] ?? part)
  return parts[0] === 'Ctrl' ? parts.join(' ') : parts.join('')
}

export const KeyCap = ({ keys }: { readonly keys: string }): JSX.Element => <kbd>{keyText(keys)}</kbd>
