/** Which mode, is it safe, what is the money doing, and the way out: in the same place on every screen. */
import type { JSX } from 'react'

import { ModeSwitch } from './mode-switch.tsx'
import { StopTrading } from './stop-trading.tsx'
import { Vitals } from './vitals.tsx'

export const InstrumentBar = (): JSX.Element => (
  <section className="bar" aria-label="Mode, safety and money">
    <ModeSwitch />
    <Vitals />
    <StopTrading />
  </section>
)
