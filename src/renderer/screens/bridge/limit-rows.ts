/** One row per limit: its value, who set it, and how far what the station says is used has come. Pure. */
import type { EffectiveLimits } from '../../../contract/policy-shapes.ts'
import type { Decision } from '../../../contract/trading-shapes.ts'
import type { Usage } from '../../../contract/usage.ts'
import type { Source } from '../../limits/limit-names.ts'
import { formatNumber, formatPercent, formatTimes } from '../../widgets/format-number.ts'

export interface LimitRow {
  readonly name: string
  readonly inForce: string
  readonly source: Source
  /** null: not known yet; `share` null: a gate, which cannot be full */
  readonly used: { readonly share: number | null; readonly text: string } | null
  /** said on hover */
  readonly title: string
}

type Largest = Usage['largest_risk']

const percent = (value: number, decimals: number): string => formatPercent(value, { decimals })
const whole = (value: number): string => formatNumber(value, { decimals: 0 })
const shareOf = (used: number, limit: number): number => (limit > 0 ? used / limit : used > 0 ? 1 : 0)
const largestText = (largest: Largest, otherwise: string): string =>
  largest === null ? otherwise : `Largest: ${largest.symbol}`

export function limitRows(limits: EffectiveLimits, usage: Usage | null, decisions: readonly Decision[]): LimitRow[] {
  const used = (value: (usage: Usage) => number, limit: number, text: (value: number) => string): LimitRow['used'] =>
    usage === null ? null : { share: shareOf(value(usage), limit), text: text(value(usage)) }
  const { max_risk_per_trade: risk, max_positions: slots, max_daily_trades: trades, max_leverage: leverage } = limits
  const { max_daily_drawdown: drawdown, max_gross_exposure: exposure } = limits
  const cap = usage?.position_cap ?? null
  const heat = usage?.heat_limit ?? null
  const rows: (LimitRow | null)[] = [
    {
      name: 'Risk per trade',
      inForce: percent(risk.value, 2),
      source: risk.source,
      used: used(
        ({ largest_risk }) => largest_risk?.value ?? 0,
        risk.value,
        (value) => percent(value, 2),
      ),
      title: largestText(usage?.largest_risk ?? null, 'Nothing is open'),
    },
    {
      name: 'Positions',
      inForce: whole(slots.value),
      source: slots.source,
      used: used((now) => now.slots, slots.value, whole),
      title: usage === null ? '' : `${usage.slots - usage.resting_entries} open and ${usage.resting_entries} resting`,
    },
    {
      name: 'Trades today',
      inForce: whole(trades.value),
      source: trades.source,
      used: used((now) => now.entries_today, trades.value, whole),
      title: 'Starts anew at 00:00 UTC',
    },
    confidenceRow(limits, decisions),
    {
      name: 'Leverage',
      inForce: formatTimes(leverage.value),
      source: leverage.source,
      used: used(
        (now) => now.highest_leverage?.value ?? 0,
        leverage.value,
        (value) => formatTimes(value),
      ),
      title: largestText(usage?.highest_leverage ?? null, 'Nothing is open'),
    },
    cap && {
      name: 'Position size',
      inForce: whole(cap.value),
      source: cap.source,
      used: used((now) => now.largest_position?.value ?? 0, cap.value, whole),
      title: `USDT. ${largestText(usage?.largest_position ?? null, 'Nothing is open or resting')}`,
    },
    {
      name: 'Drawdown today',
      inForce: percent(drawdown.value, 1),
      source: drawdown.source,
      used: used(
        (now) => now.drawdown,
        drawdown.value,
        (value) => percent(value, 1),
      ),
      title: usage === null ? '' : `Emergency stop at ${percent(usage.emergency_drawdown, 1)}`,
    },
    {
      name: 'Exposure',
      inForce: formatTimes(exposure.value, 1),
      source: exposure.source,
      used: used(
        (now) => now.gross_exposure,
        exposure.value,
        (value) => formatTimes(value, 2),
      ),
      title: 'Sum of open and resting notionals over equity',
    },
    heat && {
      name: 'Loss if stopped',
      inForce: percent(heat.value, 1),
      source: heat.source,
      used: used(
        (now) => now.heat,
        heat.value,
        (value) => percent(value, 1),
      ),
      title: 'Open and resting at their stops, with costs, over equity',
    },
  ]
  return rows.filter((row) => row !== null)
}

/** signals that are counted */
const LATEST = 50

/** A gate: how many of the latest signals pass it. */
function confidenceRow({ min_confidence: limit }: EffectiveLimits, decisions: readonly Decision[]): LimitRow {
  const judged = decisions.filter(({ kind, confidence }) => kind === 'ENTRY' && confidence !== null).slice(-LATEST)
  const passing = judged.filter(({ confidence }) => (confidence ?? 0) >= limit.value).length
  return {
    name: 'Confidence',
    inForce: formatNumber(limit.value, { decimals: 2 }),
    source: limit.source,
    used: judged.length === 0 ? null : { share: null, text: `${passing}/${judged.length} pass` },
    title: judged.length === 0 ? 'No signals yet' : `${passing} of the last ${judged.length} signals pass`,
  }
}
