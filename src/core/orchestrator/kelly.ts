/** How much of the account past trades justify risking: a quarter of Kelly's fraction, shrunk towards no edge (SPEC §8). */
import type { OrchestratorSettings } from './settings.ts'

/** What closed trades say, in R (profit ÷ risk at the initial stop). Break-even counts as a loss. */
export interface TradeRecord {
  readonly trades: number
  readonly wins: number
  /** mean R of the winners; 0 without any */
  readonly meanWin: number
  /** mean −R of the others; 0 without any */
  readonly meanLoss: number
}

export const NO_TRADES: TradeRecord = { trades: 0, wins: 0, meanWin: 0, meanLoss: 0 }

/** The record of the last `settings.kellyTrades` of these R multiples, oldest first. */
export function tradeRecord(rMultiples: readonly number[], settings: OrchestratorSettings): TradeRecord {
  const counted = rMultiples.slice(-settings.kellyTrades)
  const winners = counted.filter((multiple) => multiple > 0)
  const won = winners.reduce((total, multiple) => total + multiple, 0)
  const lost = won - counted.reduce((total, multiple) => total + multiple, 0)
  const losers = counted.length - winners.length
  return {
    trades: counted.length,
    wins: winners.length,
    meanWin: winners.length === 0 ? 0 : won / winners.length,
    meanLoss: losers === 0 ? 0 : Math.max(0, lost) / losers,
  }
}

/**
 * f* = p − (1 − p) ÷ b, with b = mean win ÷ mean loss; pseudo-trades of a break-even system with the same b (it wins
 * 1 ÷ (1 + b) of them) multiply it by n ÷ (n + pseudo-trades). 0 without trades, negative for a losing record.
 */
export function kellyFraction(record: TradeRecord, settings: OrchestratorSettings): number {
  const { trades, wins, meanWin, meanLoss } = record
  if (trades === 0) return 0
  const winRate = wins / trades
  if (wins === 0) return -1
  const edge = winRate - ((1 - winRate) * meanLoss) / meanWin
  return (edge * trades) / (trades + settings.kellyPseudoTrades)
}

/** Fraction of equity that may be lost at the stop: ¼·f*, never below ¼ of the effective risk. */
export function kellyRisk(record: TradeRecord, effectiveRisk: number, settings: OrchestratorSettings): number {
  return Math.max(settings.kellyShare * kellyFraction(record, settings), settings.kellyFloor * effectiveRisk)
}
