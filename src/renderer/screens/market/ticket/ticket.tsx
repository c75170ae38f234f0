/** The ticket: an order by hand. The guard's verdict stands under it while it is typed; Enter places it. */
import { useRef, useState, type JSX, type SubmitEvent } from 'react'

import { useActions } from '../../../frame/actions.ts'
import { decimalsOf, useInstrument } from '../../../state/instruments.ts'
import { quotes } from '../../../state/live.ts'
import { Button } from '../../../widgets/button.tsx'
import { KeyCap } from '../../../widgets/key-cap.tsx'
import { Panel } from '../../../widgets/panel.tsx'
import { Segmented } from '../../../widgets/segmented.tsx'
import { GuardPreview } from './guard-preview.tsx'
import { placeOrder } from './place-order.ts'
import { EMPTY_DRAFT, meaningOf, type TicketDraft, type TicketField, type TicketMeaning } from './ticket-draft.ts'
import { TicketLine } from './ticket-line.tsx'
import { useVerdict } from './use-verdict.ts'
import { VerdictNote } from './verdict-note.tsx'

const FIELD_WORDS: Readonly<Record<TicketField, string>> = {
  size: 'a size',
  limit: 'a limit price',
  stop: 'a stop',
  target: 'a target',
  leverage: 'a leverage',
}

export function Ticket({ symbol }: { readonly symbol: string }): JSX.Element {
  const instrument = useInstrument(symbol)
  const [draft, setDraft] = useState(EMPTY_DRAFT)
  const [isPlacing, setPlacing] = useState(false)
  const size = useRef<HTMLInputElement>(null)
  const change = (part: Partial<TicketDraft>): void => setDraft((before) => ({ ...before, ...part }))
  const meaningNow = (): TicketMeaning =>
    meaningOf(draft, { symbol, last: quotes.lastOf(symbol), decimals: decimalsOf(instrument?.tick_size) })
  const { order, faults, missing } = meaningNow()
  const verdict = useVerdict(order === null ? null : JSON.stringify(draft), () => meaningNow().order)
  useActions([
    {
      id: 'market.ticket',
      label: `Trade ${symbol} by hand`,
      group: 'Market',
      keys: ['T'],
      run: () => size.current?.focus(),
    },
  ])
  const place = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (verdict?.outcome !== 'approved' || isPlacing) return
    setPlacing(true)
    if (await placeOrder(verdict.order)) setDraft({ ...EMPTY_DRAFT, side: draft.side, unit: draft.unit })
    setPlacing(false)
  }
  const asset = instrument?.base_asset ?? ''
  const verb = draft.side === 'LONG' ? 'Open long' : 'Open short'
  return (
    <Panel title="Order by hand" verbs={<KeyCap keys="T" />}>
      <form className="market-ticket" aria-label={`Order on ${symbol}`} onSubmit={(event) => void place(event)}>
        <div className="choices">
          <Segmented
            label="Side"
            choices={[
              { value: 'LONG', label: 'Long' },
              { value: 'SHORT', label: 'Short' },
            ]}
            value={draft.side}
            onChoose={(side) => change({ side })}
          />
          <Segmented
            label="How it enters"
            choices={[
              { value: 'market', label: 'At the market' },
              { value: 'limit', label: 'Limit' },
            ]}
            value={draft.kind}
            onChoose={(kind) => change({ kind })}
          />
        </div>
        <TicketLine
          field={size}
          label="Size"
          value={draft.size}
          fault={faults.size}
          onChange={(value) => change({ size: value })}
          after={
            <Segmented
              label="Unit of the size"
              choices={[
                { value: 'notional', label: 'USDT' },
                { value: 'quantity', label: asset },
              ]}
              value={draft.unit}
              onChoose={(unit) => change({ unit })}
            />
          }
        />
        {draft.kind === 'limit' ? (
          <TicketLine
            label="Limit price"
            value={draft.limit}
            fault={faults.limit}
            hint="price or 1%"
            onChange={(limit) => change({ limit })}
          />
        ) : null}
        <TicketLine
          label="Stop"
          value={draft.stop}
          fault={faults.stop}
          hint="needed: price or 2%"
          onChange={(stop) => change({ stop })}
        />
        <TicketLine
          label="Target"
          value={draft.target}
          fault={faults.target}
          hint="none: price or 4%"
          onChange={(target) => change({ target })}
        />
        <TicketLine
          label="Leverage"
          value={draft.leverage}
          fault={faults.leverage}
          hint="as the policy allows"
          onChange={(leverage) => change({ leverage })}
        />
        <VerdictNote verdict={verdict} hint={order === null ? hintOf(missing, faults) : null} asset={asset} />
        <Button look="primary" isBig type="submit" disabled={verdict?.outcome !== 'approved' || isPlacing}>
          {isPlacing ? 'Placing…' : `${verb} ${symbol}`} <KeyCap keys="Enter" />
        </Button>
      </form>
      {verdict === null || verdict.outcome === 'unknown' ? null : (
        <GuardPreview preview={verdict.preview} asset={asset} symbol={symbol} />
      )}
    </Panel>
  )
}

function hintOf(missing: readonly TicketField[], faults: TicketMeaning['faults']): string {
  if (Object.keys(faults).length > 0) return 'The guard is asked when every field can be read.'
  return `Type ${missing.map((field) => FIELD_WORDS[field]).join(' and ')}: the guard says what it thinks of it before anything is sent.`
}
