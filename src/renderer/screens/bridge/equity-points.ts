/** The equity curve as the chart draws it: one point per second at most, oldest first. Pure. */
import type { Account } from '../../../contract/trading-shapes.ts'

export interface EquityPoint {
  /** epoch seconds, rising */
  readonly time: number
  readonly equity: number
  /** ≤ 0, percent */
  readonly drawdown: number
}

export function equityPoints(accounts: readonly Pick<Account, 'at' | 'equity' | 'drawdown'>[]): EquityPoint[] {
  const points = new Map<number, EquityPoint>()
  for (const account of accounts) {
    const time = Math.floor(Date.parse(account.at) / 1000)
    points.set(time, { time, equity: Number(account.equity), drawdown: -100 * account.drawdown })
  }
  return [...points.values()].sort((a, b) => a.time - b.time)
}
