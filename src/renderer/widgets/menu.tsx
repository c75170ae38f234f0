/** A button that opens a small panel of choices under itself; Esc and a click elsewhere close it. */
import { Popover } from 'radix-ui'
import type { JSX, ReactNode } from 'react'

import { Button } from './button.tsx'

interface MenuProps {
  readonly label: string
  /** read out in place of the label */
  readonly name?: string
  readonly isOpen?: boolean
  readonly onOpenChange?: (isOpen: boolean) => void
  readonly children: ReactNode
}

export function Menu({ label, name = label, isOpen, onOpenChange, children }: MenuProps): JSX.Element {
  return (
    <Popover.Root
      {...(isOpen === undefined ? {} : { open: isOpen })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      <Popover.Trigger asChild>
        <Button aria-label={name}>{label}</Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu" align="end" sideOffset={4} collisionPadding={8} aria-label={name}>
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
