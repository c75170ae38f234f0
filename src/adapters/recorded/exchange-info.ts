/** Instruments from an `exchangeInfo.json` as the exchange answers it (BINANCE.md §3), to replace what a recording only lets us guess. */
import { z } from 'zod'

import type { Instrument } from '../../core/model/market.ts'

const decimal = z.string().regex(/^\d+(?:\.\d+)?$/u, 'expected a decimal number as text')
const filter = z.looseObject({
  filterType: z.string(),
  tickSize: decimal.optional(),
  stepSize: decimal.optional(),
  minQty: decimal.optional(),
  maxQty: decimal.optional(),
  notional: decimal.optional(),
  multiplierUp: decimal.optional(),
})
const symbol = z.looseObject({
  symbol: z.string(),
  contractType: z.string(),
  status: z.string(),
  onboardDate: z.number(),
  deliveryDate: z.number(),
  baseAsset: z.string(),
  quoteAsset: z.string(),
  marginAsset: z.string(),
  liquidationFee: decimal.optional(),
  filters: z.array(filter),
})
const answer = z.looseObject({ symbols: z.array(z.unknown()) })

type ExchangeSymbol = z.infer<typeof symbol>
type ExchangeFilter = z.infer<typeof filter>

/** `complain` hears of every symbol that is not as expected; the others are used. Throws when the text is no exchangeInfo at all. */
export function instrumentsOf(
  json: string,
  derived: ReadonlyMap<string, Instrument>,
  complain: (symbol: string | null, field: string, found: string) => void,
): Instrument[] {
  const told = answer.parse(JSON.parse(json)).symbols
  const instruments = new Map(derived)
  for (const each of told) {
    const parsed = symbol.safeParse(each)
    const name = z.looseObject({ symbol: z.string() }).safeParse(each).data?.symbol ?? null
    if (!parsed.success) {
      for (const issue of parsed.error.issues) complain(name, issue.path.join('.'), issue.message)
      continue
    }
    const known = instruments.get(parsed.data.symbol)
    if (known !== undefined) instruments.set(known.symbol, merged(known, parsed.data))
  }
  return [...instruments.values()]
}

function merged(derived: Instrument, told: ExchangeSymbol): Instrument {
  const of = (type: string): Partial<ExchangeFilter> => told.filters.find(({ filterType }) => filterType === type) ?? {}
  const lot = of('LOT_SIZE')
  const multiplierUp = of('PERCENT_PRICE').multiplierUp
  return {
    ...derived,
    baseAsset: told.baseAsset,
    quoteAsset: told.quoteAsset,
    marginAsset: told.marginAsset,
    contractType: told.contractType,
    status: told.status,
    onboardAt: told.onboardDate,
    deliveryAt: told.deliveryDate,
    tickSize: of('PRICE_FILTER').tickSize ?? derived.tickSize,
    stepSize: lot.stepSize ?? derived.stepSize,
    minQuantity: lot.minQty ?? derived.minQuantity,
    maxQuantity: lot.maxQty ?? derived.maxQuantity,
    maxMarketQuantity: of('MARKET_LOT_SIZE').maxQty ?? derived.maxMarketQuantity,
    minNotional: of('MIN_NOTIONAL').notional ?? derived.minNotional,
    percentPrice:
      multiplierUp === undefined ? derived.percentPrice : Math.round((Number(multiplierUp) - 1) * 1e6) / 1e6,
    liquidationFee: told.liquidationFee === undefined ? derived.liquidationFee : Number(told.liquidationFee),
  }
}
