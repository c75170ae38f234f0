/** Alerts that a person asks for: a price, the day's drawdown or its loss passes a bound (SPEC §14 Alerts). */

export const OWN_ALERT_KINDS = ['price_above', 'price_below', 'drawdown_above', 'day_loss_above'] as const
export type OwnAlertKind = (typeof OWN_ALERT_KINDS)[number]

/** Whether it looks at one symbol; all others look at the whole account. */
export const isOfPrice = (kind: OwnAlertKind): boolean => kind === 'price_above' || kind === 'price_below'

export interface OwnAlert {
  /** one of its kind: the alert is about it */
  readonly name: string
  readonly kind: OwnAlertKind
  /** of a price; null for all others */
  readonly symbol: string | null
  /** a price, a fraction of NAV (`drawdown_above`), or USDT (`day_loss_above`) */
  readonly bound: number
  readonly severity: 'info' | 'warning' | 'critical'
}

export interface OwnAlertFigures {
  /** last price; null: none is known */
  readonly priceOf: (symbol: string) => number | null
  /** of the UTC day, a fraction; null: no account yet */
  readonly drawdown: number | null
  /** since 00:00 UTC, USDT, ≥ 0; null: no account yet */
  readonly dayLossUsd: number | null
}

const percent = (fraction: number): string => `${(100 * fraction).toFixed(2)} %`

/** Whether its bound is passed, in words with the numbers; null: what it looks at is not known. */
export function lookAt(
  alert: OwnAlert,
  figures: OwnAlertFigures,
): { readonly isPassed: boolean; readonly message: string } | null {
  const { name, kind, symbol, bound } = alert
  const told = (isPassed: boolean, text: string) => ({ isPassed, message: `${name}: ${text}` })
  if (kind === 'drawdown_above') {
    const { drawdown } = figures
    return drawdown === null
      ? null
      : told(drawdown > bound, `down ${percent(drawdown)} from the day’s high, more than ${percent(bound)}`)
  }
  if (kind === 'day_loss_above') {
    const loss = figures.dayLossUsd
    return loss === null
      ? null
      : told(loss > bound, `${loss.toFixed(2)} USDT lost today, more than ${bound.toFixed(2)}`)
  }
  const price = symbol === null ? null : figures.priceOf(symbol)
  if (price === null) return null
  const isPassed = kind === 'price_above' ? price > bound : price < bound
  return told(isPassed, `${symbol ?? ''} at ${price}, ${kind === 'price_above' ? 'above' : 'below'} ${bound}`)
}
