/** The table of the exchange's errors as the documentation shows it, made of the table the adapter goes by. */
import { type Consequence, FAULT_TABLE, type Meaning } from '../../../src/adapters/binance/fault-table.ts'
import type { RejectionCode } from '../../../src/core/ports/venue.ts'

const OF_AN_ORDER: Readonly<Record<Consequence, string>> = {
  denied: 'the order is REJECTED with what the exchange said; it is decided anew, never sent again',
  retry: 'the order has FAILED, it surely did not arrive; whoever wanted it decides anew, after the silence asked for',
  unknown: 'the order is UNKNOWN: it is asked for by its client id until the exchange says what became of it',
  resync: 'the order is REJECTED, and what it was based on is read anew',
  alert: 'the order is REJECTED, entries are off and an alert tells a person; reductions go on being tried',
  done: 'it counts as done',
}

const BY_REJECTION: Readonly<Partial<Record<RejectionCode, string>>> = {
  WOULD_TRIGGER: 'a stop: the position is closed at once; a target: likewise; an entry: REJECTED',
  REDUCE_ONLY: 'the order is REJECTED and books and venue are reconciled: the position is not what we thought',
  UNKNOWN_ORDER: 'a cancel: the order is asked for, under both kinds of orders; a question: the exchange never had it',
  DUPLICATE_CLIENT_ID: 'the order is REJECTED, the one of that id goes on; a person is told',
  LEVERAGE: 'the order is REJECTED; leverage and margin type of the contract are set anew before the next one',
}

const BY_CODE: ReadonlyMap<number, string> = new Map([
  [-1003, 'every request is silent as long as the exchange says; then reductions, then entries, then reading'],
  [-1015, 'as -1003; our own pace of orders lies below the exchange’s, entries leave a fifth of it to reductions'],
  [-1021, 'the exchange’s clock is measured again and the request is sent once more: the first was refused unread'],
  [-1125, 'a new listen key is made, the account’s stream is opened anew, books and venue are reconciled'],
  [-5000, 'an alert tells a person; the contract canary keeps entries off'],
  [-5021, 'an order that was to be filled whole or not at all has EXPIRED'],
  [-4046, 'before an entry: it is as wanted, the entry goes on'],
])

const isOfRules = ({ rejection, consequence }: Meaning): boolean =>
  consequence === 'resync' && (rejection === 'FILTER' || rejection === 'SYMBOL_CLOSED')

function doingOf(code: number, meaning: Meaning): string {
  if (isOfRules(meaning)) return 'the order is REJECTED; contracts and their rules are read anew, at most once a minute'
  return BY_CODE.get(code) ?? BY_REJECTION[meaning.rejection] ?? OF_AN_ORDER[meaning.consequence]
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((text, column) => Math.max(text.length, ...rows.map((row) => (row[column] ?? '').length)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

const WITHOUT_CODE = [
  ['429, 418', 'retry', 'whatever the code: silence as long as `Retry-After` says, a minute where it says nothing'],
  ['no answer, line cut', 'unknown', 'as above: asked for by the client id'],
  ['no line at all (refused, no such host)', 'retry', 'it surely did not arrive'],
  ['503 “Service Unavailable.”', 'retry', 'the exchange says that nothing was done'],
  ['any other 5xx', 'unknown', 'asked for by the client id'],
  ['404', 'alert', 'the exchange does not know what we rely on'],
  ['a code that is not in the table', 'unknown', 'it fails safe: asked for by the client id, never taken for a no'],
] as const

export function exchangeErrors(): string {
  const rows = FAULT_TABLE.map(({ code, says, consequence, rejection }) => [
    String(code),
    says,
    consequence,
    rejection === 'OTHER' ? '' : rejection,
    doingOf(code, { consequence, rejection }),
  ])
  return `# What a no of the exchange leads to

Made of \`src/adapters/binance/fault-table.ts\` by \`test/adapters/binance/exchange-errors.ts\`; a test fails while the two
differ (\`npx vitest run test/adapters/binance/faults.test.ts --update\` writes this page anew).

**denied**: refused for good. **retry**: nothing happened, later it may. **unknown**: it may have happened: ask.
**resync**: our picture is wrong: read it anew. **alert**: a person has to act, entries are off. **done**: it is as asked.

${table(['code', 'the exchange says', 'outcome', 'told as', 'what the station does'], rows)}

## Without a code, or with one nobody told us of

${table(['answer', 'outcome', 'what the station does'], WITHOUT_CODE)}
`
}
