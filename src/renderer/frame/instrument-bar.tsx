/** Which mode, is it safe, what is the money doing, and the way out: in the same place on every screen. */
import type { JSX } from 'react'

import { ModeSwitch } from './mode-switch.tsx'
import { ScreenGuard } from './screen-guard.tsx'
import { StopTrading } from './stop-trading.tsx'
import { Vitals } from './vitals.tsx'

export const InstrumentBar = (): JSX.Element => (
  <section className="bar" aria-label="Mode, safety and money">
    <ScreenGuard name="The mode" isLine>
      <ModeSwitch />
    </ScreenGuard>
    <ScreenGuard name="Safety and money" isLine>
      <Vitals />
    </ScreenGuard>
    <ScreenGuard name="Stop trading" isLine>
      <StopTrading />
    </ScreenGuard>
  </section>
)
