/** What a screen is to the frame. */
import type { ComponentType } from 'react'

import type { Route } from '../frame/route.ts'
import type { IconName } from '../widgets/icon.tsx'

export interface ScreenProps {
  readonly route: Route
}

export interface Screen {
  /** first part of the address */
  readonly id: string
  readonly name: string
  /** what the rail says where the name is too long for it */
  readonly short?: string
  readonly icon: IconName
  /** digit that opens it */
  readonly key: string
  readonly component: ComponentType<ScreenProps>
}
