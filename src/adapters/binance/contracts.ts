/** The exchange's contracts with their rules: filters, brackets, funding intervals. */
import { type LadderStep, leverageLadder } from '../../core/model/leverage-ladder.ts'
import type { Instrument, LeverageBracket } from '../../core/model/market.ts'
import type { Rest } from './rest.ts'
import type { BinanceSettings } from './settings.ts'
import { BracketRow, ContractRow, ExchangeInfo, FundingInfoRow } from './wire/market.ts'

export interface ContractsDeps {
  readonly rest: Rest
  readonly settings: BinanceSettings
  /** brackets are told to accounts only; without keys careful ones stand for them */
  readonly hasKeys: boolean
  readonly problem: (message: string) => void
}

const DEFAULT_FUNDING_HOURS = 8
/** tighter than those of all but the smallest contracts */
const CAREFUL_LADDER: readonly LadderStep[] = [
  [5_000, 0.02, 25],
  [50_000, 0.03, 20],
  [250_000, 0.05, 10],
  [1_000_000, 0.1, 5],
  [5_000_000, 0.25, 2],
  [20_000_000, 0.5, 1],
]
const CAREFUL_BRACKETS = leverageLadder(CAREFUL_LADDER)

/** Perpetuals with margin in USDT; a row that cannot be read is named and left out. */
export async function readContracts({
  rest,
  settings,
  hasKeys,
  problem,
}: ContractsDeps): Promise<readonly Instrument[]> {
  const info = ExchangeInfo.parse(await publicGet(rest, 'exchangeInfo', 1))
  const hours = await fundingHours(rest)
  const brackets = hasKeys ? await readBrackets(rest) : new Map<string, readonly LeverageBracket[]>()
  return info.symbols.flatMap((told) => {
    const row = ContractRow.safeParse(told)
    if (!row.success) {
      problem(`a contract of the exchange could not be read: ${row.error.issues.map(fieldOf).join(', ')}`)
      return []
    }
    const { symbol, marginAsset, contractType } = row.data
    if (marginAsset !== 'USDT' || contractType !== 'PERPETUAL') return []
    const found = brackets.get(symbol) ?? CAREFUL_BRACKETS
    return [instrumentOf(row.data, found, hours.get(symbol) ?? DEFAULT_FUNDING_HOURS, settings)]
  })
}

const fieldOf = ({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string =>
  `${path.join('.')} ${message}`

const publicGet = (rest: Rest, path: string, weight: number): Promise<unknown> =>
  rest.call({ api: 'fapiPublic', method: 'GET', path, weight })

async function fundingHours(rest: Rest): Promise<ReadonlyMap<string, number>> {
  const rows = FundingInfoRow.array().parse(await publicGet(rest, 'fundingInfo', 0))
  return new Map(rows.map((row) => [row.symbol, row.fundingIntervalHours]))
}

async function readBrackets(rest: Rest): Promise<Map<string, readonly LeverageBracket[]>> {
  const answer = await rest.call({ api: 'fapiPrivate', method: 'GET', path: 'leverageBracket', weight: 1 })
  const rows = BracketRow.array().parse(answer)
  return new Map(
    rows.map(({ symbol, brackets }) => {
      const steps = brackets.map((step) => ({
        notionalFloor: step.notionalFloor,
        notionalCap: step.notionalCap,
        maintenanceRate: step.maintMarginRatio,
        cum: step.cum,
        maxLeverage: step.initialLeverage,
      }))
      return [symbol, steps.sort((one, other) => one.notionalFloor - other.notionalFloor)]
    }),
  )
}

/** A filter that is missing gives a rule nothing can pass: better no order than a wrong one. */
function instrumentOf(
  row: ContractRow,
  brackets: readonly LeverageBracket[],
  fundingIntervalHours: number,
  settings: BinanceSettings,
): Instrument {
  const of = (type: string): Partial<ContractRow['filters'][number]> =>
    row.filters.find(({ filterType }) => filterType === type) ?? {}
  const lot = of('LOT_SIZE')
  return {
    symbol: row.symbol,
    baseAsset: row.baseAsset,
    quoteAsset: row.quoteAsset,
    marginAsset: row.marginAsset,
    contractType: row.contractType,
    status: row.status,
    onboardAt: row.onboardDate,
    deliveryAt: row.deliveryDate,
    tickSize: of('PRICE_FILTER').tickSize ?? '1',
    stepSize: lot.stepSize ?? '1',
    minQuantity: lot.minQty ?? '1',
    maxQuantity: lot.maxQty ?? '0',
    maxMarketQuantity: of('MARKET_LOT_SIZE').maxQty ?? lot.maxQty ?? '0',
    minNotional: of('MIN_NOTIONAL').notional ?? '0',
    percentPrice: Math.round(((of('PERCENT_PRICE').multiplierUp ?? 1) - 1) * 1e6) / 1e6,
    liquidationFee: row.liquidationFee ?? 0,
    makerFee: settings.assumedMakerFee,
    takerFee: settings.assumedTakerFee,
    fundingIntervalHours,
    brackets,
  }
}
