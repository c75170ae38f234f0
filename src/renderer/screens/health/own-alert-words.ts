/** A person's own alerts in words, and what is typed for one as an alert. Pure. */
import type { OwnAlert } from '../../../contract/health.ts'
import { formatNumber } from '../../widgets/format-number.ts'

export type OwnAlertKind = OwnAlert['kind']

export const KINDS: readonly { readonly value: OwnAlertKind; readonly label: string }[] = [
  { value: 'price_above', label: 'Price above' },
  { value: 'price_below', label: 'Price below' },
  { value: 'drawdown_above', label: 'Drawdown' },
  { value: 'day_loss_above', label: 'Loss today' },
]

export const UNITS: Readonly<Record<OwnAlertKind, string>> = {
  price_above: 'USDT',
  price_below: 'USDT',
  drawdown_above: '% of the day’s high',
  day_loss_above: 'USDT',
}

const PERCENT = 100

export const isOfPrice = (kind: OwnAlertKind): boolean => kind === 'price_above' || kind === 'price_below'

export function ownAlertText({ kind, symbol, bound }: OwnAlert): string {
  const figure = formatNumber(kind === 'drawdown_above' ? bound * PERCENT : bound)
  if (kind === 'drawdown_above') return `down more than ${figure} % from the day’s high`
  if (kind === 'day_loss_above') return `more than ${figure} USDT lost today`
  return `${symbol ?? ''} ${kind === 'price_above' ? 'above' : 'below'} ${figure}`
}

export interface OwnAlertDraft {
  readonly name: string
  readonly kind: OwnAlertKind
  readonly symbol: string
  readonly bound: string
  readonly severity: OwnAlert['severity']
}

/** What was typed; a sentence where it is no alert yet. */
export function readOwnAlert(draft: OwnAlertDraft, others: readonly string[]): OwnAlert | string {
  const { kind, severity } = draft
  const name = draft.name.trim()
  const symbol = draft.symbol.trim().toUpperCase()
  const bound = Number(draft.bound.trim().replace(',', '.'))
  if (name === '') return 'It needs a name'
  if (others.includes(name)) return `Another alert is named ${name}`
  if (isOfPrice(kind) && symbol === '') return 'It needs a symbol, like BTCUSDT'
  if (draft.bound.trim() === '' || !(bound > 0)) return 'The bound must be a number above 0'
  if (kind === 'drawdown_above' && bound >= PERCENT) return 'A drawdown is less than 100 %'
  return {
    name,
    kind,
    symbol: isOfPrice(kind) ? symbol : null,
    bound: kind === 'drawdown_above' ? bound / PERCENT : bound,
    severity,
  }
}
