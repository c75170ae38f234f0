/** What the guard says of a manual entry, as the contract tells it. */
import type { EntryFigures, EntryPreview } from '../../contract/orders.ts'
import type { Measure } from '../../core/risk-guard/measure.ts'
import type { ManualPreview } from '../station-values.ts'
import { denialWire } from './station-wire.ts'
import { iso, money } from './wire-values.ts'

export const previewWire = ({ at, policyVersion, denial, steps, measure }: ManualPreview): EntryPreview => ({
  at: iso(at),
  policy_version: policyVersion,
  denial: denial === null ? null : denialWire(denial),
  steps: [...steps],
  figures: measure === null ? null : figuresWire(measure),
})

const orNull = (figure: number): number | null => (Number.isFinite(figure) ? figure : null)

const figuresWire = (measure: Measure): EntryFigures => ({
  asked_quantity: money(measure.asked),
  quantity: money(measure.quantity),
  price: money(measure.price),
  notional: measure.notional,
  leverage: measure.leverage,
  margin: orNull(measure.margin),
  entry_fee: measure.entryFee,
  stop_distance: orNull(measure.stopDistance),
  loss_at_stop: orNull(measure.lossAtStop),
  risk_fraction: orNull(measure.riskFraction),
  most: measure.most.map(({ limit, quantity }) => ({ limit, quantity: money(quantity) })),
})
