/** Words of a flatten. Pure. */
import type { FlattenReport } from '../../../contract/positions.ts'
import { formatNumber } from '../../widgets/format-number.ts'

export const PURPOSE_WORDS: Readonly<Record<string, string>> = {
  ENTRY: 'resting entry',
  STOP: 'stop',
  TAKE_PROFIT: 'target',
  TRAILING: 'trailing stop',
  CLOSE: 'close',
}

/** `SOLUSDT 3, XRPUSDT 120` */
export const heldText = (held: FlattenReport['remaining']): string =>
  held.map(({ symbol, quantity }) => `${symbol} ${formatNumber(quantity)}`).join(', ')
