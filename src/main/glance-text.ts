/** The station in a few words, for places that hold no more: tray, menu, window title. */
import type { Glance } from './glance.ts'

const SHAPES: Readonly<Record<string, string>> = { AGGRESSIVE: '▲', NORMAL: '■', DEFENSIVE: '▼' }
const MINUS = '−'

/** `+12.40`, `−3.00`, `0.00`: two decimals and always the sign. */
export function signed(amount: number): string {
  const rounded = Math.abs(amount).toFixed(2)
  if (Number(rounded) === 0) return rounded
  return `${amount < 0 ? MINUS : '+'}${rounded}`
}

export function modeText({ policy }: Glance): string {
  if (policy === null) return 'mode unknown'
  if (policy.emergency !== null) return `■ STOPPED · ${policy.risk_mode}`
  return `${SHAPES[policy.risk_mode] ?? ''} ${policy.risk_mode}`.trim()
}

export function profitText({ account, positions }: Glance): string {
  const count = positions.size
  if (count === 0) return 'no open positions'
  const open = `${count} open position${count === 1 ? '' : 's'}`
  return account === null ? open : `${open} · ${signed(Number(account.unrealised))} USDT`
}

/** One line each: environment, mode, profit, and what stands in the way of entries. */
export function glanceLines(glance: Glance, place: string): string[] {
  const { status, isThere } = glance
  if (status === null) return [`Signalbox · ${place}`, isThere ? 'starting' : 'not connected']
  const where = `Signalbox · ${status.environment} · ${place}`
  const lines = [where, modeText(glance), profitText(glance)]
  if (!isThere) lines.push('not connected: these figures are old')
  else if (status.entries_off !== null) lines.push(`no entries: ${status.entries_off}`)
  return lines
}

/** For the window's title: the environment first, unmistakable. */
export const titleOf = ({ status }: Glance, place: string, isOwn: boolean): string =>
  ['Signalbox', status?.environment, isOwn ? undefined : place].filter((part) => part !== undefined).join(' · ')
