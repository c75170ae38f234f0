/** Makes a position ours that no order of ours opened: it asks for the stop that guards it from then on. */
import { useId, useState, type JSX, type SyntheticEvent } from 'react'

import type { Position } from '../../../contract/trading-shapes.ts'
import { adoptPosition } from '../../commands/position-commands.ts'
import { usePriceDecimals } from '../../state/instruments.ts'
import { Button } from '../../widgets/button.tsx'
import { formatNumber } from '../../widgets/format-number.ts'
import { KeyCap } from '../../widgets/key-cap.tsx'
import { Sheet } from '../../widgets/sheet.tsx'
import { TextField } from '../../widgets/text-field.tsx'
import { readPrice } from '../market/ticket/ticket-draft.ts'

interface AdoptSheetProps {
  readonly position: Position
  readonly onClose: () => void
}

export function AdoptSheet({ position, onClose }: AdoptSheetProps): JSX.Element {
  const { symbol, side, quantity, mark_price: mark } = position
  const decimals = usePriceDecimals(symbol)
  const [stop, setStop] = useState('')
  const [target, setTarget] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [isSending, setIsSending] = useState(false)
  const faultId = useId()
  const away = side === 'LONG' ? -1 : 1
  const stopPrice = readPrice(stop, mark, away, decimals)
  const targetPrice = target.trim() === '' ? null : readPrice(target, mark, away === 1 ? -1 : 1, decimals)
  const typed = (keep: (text: string) => void) => (text: string) => {
    keep(text)
    setFault(null)
  }
  const send = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault()
    if (isSending) return
    if (!(stopPrice > 0)) return setFault('It needs a stop: a price, or 2% from the mark')
    if (targetPrice !== null && !(targetPrice > 0)) return setFault('The target must be a price, or 4% from the mark')
    const misplaced = misplacedText(position, stopPrice, targetPrice, decimals)
    if (misplaced !== null) return setFault(misplaced)
    setIsSending(true)
    const outcome = await adoptPosition({
      symbol,
      stop_price: stopPrice,
      ...(targetPrice !== null && { take_profit_price: targetPrice }),
    })
    setIsSending(false)
    if (outcome.ok) onClose()
    else setFault(`Not adopted: ${outcome.sentence}`)
  }
  return (
    <Sheet label={`Adopt ${symbol}`} className="change-sheet" onClose={onClose}>
      <form noValidate onSubmit={(event) => void send(event)}>
        <div className="title">
          <h1>Adopt {symbol}</h1>
        </div>
        <div className="body">
          <p className="note-line">
            {side === 'LONG' ? 'Long' : 'Short'} {formatNumber(quantity)}, mark {formatNumber(mark, { decimals })}. It
            becomes ours and gets its stop at once; from then on the station guards it as any other.
          </p>
          <TextField
            label="Stop"
            data-autofocus
            inputMode="decimal"
            placeholder="needed: price or 2%"
            value={stop}
            aria-describedby={faultId}
            onChange={typed(setStop)}
          />
          <TextField
            label="Target"
            inputMode="decimal"
            placeholder="none: price or 4%"
            value={target}
            aria-describedby={faultId}
            onChange={typed(setTarget)}
          />
          <p className="note-line" role="status">
            {stopPrice > 0 ? `Stop at ${formatNumber(stopPrice, { decimals })}` : 'No stop yet'}
            {targetPrice !== null && targetPrice > 0 ? `, target at ${formatNumber(targetPrice, { decimals })}` : ''}.
          </p>
          <p className="field-fault" id={faultId} role="alert">
            {fault}
          </p>
        </div>
        <div className="foot">
          <span className="push" />
          <Button isBig onClick={onClose}>
            Leave it alone <KeyCap keys="Escape" />
          </Button>
          <Button isBig look="primary" type="submit" disabled={isSending}>
            Adopt it <KeyCap keys="Enter" />
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

/** The exchange would take a stop or a target beyond the mark for a close at once. */
function misplacedText(
  { side, mark_price: mark }: Position,
  stop: number,
  target: number | null,
  decimals: number | null,
): string | null {
  const of = `of a ${side.toLowerCase()} must be`
  const [losing, winning] = side === 'LONG' ? ['below', 'above'] : ['above', 'below']
  const sign = side === 'LONG' ? 1 : -1
  const at = formatNumber(mark, { decimals })
  if (sign * (mark - stop) <= 0) return `The stop ${of} ${losing} the mark, ${at}`
  if (target !== null && sign * (target - mark) <= 0) return `The target ${of} ${winning} the mark, ${at}`
  return null
}
