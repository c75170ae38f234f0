/** What guards a position, in words. Pure. */
import type { ProtectionLeg } from '../../../contract/trading-shapes.ts'

export const LEG_NAMES: Readonly<Record<ProtectionLeg['role'], string>> = {
  STOP: 'Stop',
  TAKE_PROFIT: 'Target',
  TRAILING: 'Trailing stop',
}

export const LEG_STATES: Readonly<Record<ProtectionLeg['state'], string>> = {
  live: 'Held',
  placing: 'Being placed',
  moving: 'Being moved',
  triggering: 'Triggering',
  missing: 'None',
}

/** Where a price lies from the mark, as a fraction of the mark: −0.03 is 3 % below. */
export const distanceTo = (price: string, mark: number): number => (mark > 0 ? Number(price) / mark - 1 : Number.NaN)
