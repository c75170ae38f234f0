import type { IncomeRow } from '../account/account.ts'
import { bracketOf, notionalOf } from '../account/margin.ts'
/** Account, positions, leverage and margin type, fees, income, permissions. */
import { VenueError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import {
  accountBody,
  allPositions,
  balanceBody,
  bracketsBody,
  listedPositions,
  maxNotional,
  positionRisk,
} from './account-shapes.ts'
import { bigNumber, type Asked, type Route } from './route.ts'
import { inWindow } from './window.ts'

const DONE = { code: 200, msg: 'success' }

const read = (path: string, weight: number, answer: Route['answer']): Route => ({
  method: 'GET',
  path,
  weight,
  security: 'signed',
  answer,
})
const write = (path: string, weight: number, answer: Route['answer']): Route => ({
  method: 'POST',
  path,
  weight,
  security: 'signed',
  trades: true,
  answer,
})

export const ACCOUNT_ROUTES: readonly Route[] = [
  read('/fapi/v3/account', 5, ({ exchange }) => accountBody(exchange, false)),
  read('/fapi/v2/account', 5, ({ exchange }) => accountBody(exchange, true)),
  read('/fapi/v3/balance', 5, ({ exchange }) => balanceBody(exchange)),
  read('/fapi/v2/balance', 5, ({ exchange }) => balanceBody(exchange)),
  read('/fapi/v3/positionRisk', 5, (asked) => positions(asked, false)),
  read('/fapi/v2/positionRisk', 5, (asked) => positions(asked, true)),
  read('/fapi/v1/leverageBracket', 1, leverageBracket),
  read('/fapi/v1/symbolConfig', 5, symbolConfig),
  read('/fapi/v1/accountConfig', 5, accountConfig),
  read('/fapi/v1/commissionRate', 20, commissionRate),
  read('/fapi/v1/positionSide/dual', 30, ({ exchange }) => ({ dualSidePosition: exchange.account.isDualSide })),
  write('/fapi/v1/positionSide/dual', 1, setDualSide),
  read('/fapi/v1/multiAssetsMargin', 30, ({ exchange }) => ({ multiAssetsMargin: exchange.account.isMultiAsset })),
  write('/fapi/v1/multiAssetsMargin', 1, setMultiAsset),
  read('/fapi/v1/feeBurn', 30, ({ exchange }) => ({ feeBurn: exchange.account.burnsFees })),
  write('/fapi/v1/feeBurn', 1, setFeeBurn),
  write('/fapi/v1/leverage', 1, setLeverage),
  write('/fapi/v1/marginType', 1, setMarginType),
  read('/fapi/v1/income', 30, income),
  read('/sapi/v1/account/apiRestrictions', 1, apiRestrictions),
]

function positions({ exchange, request }: Asked, isV2: boolean): unknown {
  const symbol = request.optional('symbol')
  const listed =
    symbol === null
      ? isV2
        ? allPositions(exchange)
        : listedPositions(exchange)
      : [exchange.account.position(exchange.market(symbol).symbol)]
  return listed.map((position) => positionRisk(exchange, position, isV2))
}

function leverageBracket({ exchange, request }: Asked): unknown {
  const symbol = request.optional('symbol')
  const symbols = symbol === null ? [...exchange.markets.keys()] : [exchange.market(symbol).symbol]
  return symbols.map((each) => bracketsBody(exchange, each))
}

function symbolConfig({ exchange, request }: Asked): unknown {
  const symbol = request.optional('symbol')
  const listed = symbol === null ? allPositions(exchange) : [exchange.account.position(exchange.market(symbol).symbol)]
  return listed.map((position) => ({
    symbol: position.symbol,
    marginType: position.isIsolated ? 'ISOLATED' : 'CROSSED',
    isAutoAddMargin: false,
    leverage: position.leverage,
    maxNotionalValue: String(maxNotional(exchange, position)),
  }))
}

function accountConfig({ exchange }: Asked): unknown {
  const { canTrade, isDualSide, isMultiAsset } = exchange.account
  return {
    feeTier: 0,
    canTrade,
    canDeposit: true,
    canWithdraw: true,
    dualSidePosition: isDualSide,
    updateTime: 0,
    multiAssetsMargin: isMultiAsset,
    tradeGroupId: -1,
  }
}

function commissionRate({ exchange, request }: Asked): unknown {
  const { rules } = exchange.market(request.text('symbol'))
  return {
    symbol: rules.symbol,
    makerCommissionRate: rules.makerFee.toFixed(6),
    takerCommissionRate: rules.takerFee.toFixed(6),
    rpiCommissionRate: rules.makerFee.toFixed(6),
  }
}

function setDualSide({ exchange, request }: Asked): unknown {
  request.text('dualSidePosition')
  const wanted = request.flag('dualSidePosition')
  const { account } = exchange
  if (wanted === account.isDualSide) throw new VenueError(-4059)
  if (exchange.orders.allOpen().length > 0 || exchange.algos.allLive().length > 0) throw new VenueError(-4067)
  if (account.held().length > 0) throw new VenueError(-4068)
  account.isDualSide = wanted
  return DONE
}

function setMultiAsset({ exchange, request }: Asked): unknown {
  request.text('multiAssetsMargin')
  const wanted = request.flag('multiAssetsMargin')
  if (wanted === exchange.account.isMultiAsset) throw new VenueError(-4171)
  exchange.account.isMultiAsset = wanted
  return DONE
}

function setFeeBurn({ exchange, request }: Asked): unknown {
  request.text('feeBurn')
  exchange.account.burnsFees = request.flag('feeBurn')
  return DONE
}

function setLeverage({ exchange, request }: Asked): unknown {
  const market = exchange.market(request.text('symbol'))
  request.text('leverage')
  const leverage = request.whole('leverage', 0)
  const most = market.rules.brackets[0]?.maxLeverage ?? 1
  if (leverage < 1 || leverage > most) throw new VenueError(-4028, `Leverage ${leverage} is not valid`)
  const position = exchange.account.position(market.symbol)
  if (!position.amount.isZero()) {
    if (position.isIsolated && leverage < position.leverage) throw new VenueError(-4161)
    const bracket = bracketOf(market.rules.brackets, notionalOf(exchange, position).abs())
    if (leverage > bracket.maxLeverage) throw new VenueError(-2028)
  }
  position.leverage = leverage
  exchange.tellLeverage(position)
  return { leverage, maxNotionalValue: String(maxNotional(exchange, position)), symbol: market.symbol }
}

function setMarginType({ exchange, request }: Asked): unknown {
  const { symbol } = exchange.market(request.text('symbol'))
  const type = request.text('marginType')
  if (type !== 'ISOLATED' && type !== 'CROSSED') {
    throw new VenueError(-1130, "Data sent for parameter 'marginType' is not valid.")
  }
  const position = exchange.account.position(symbol)
  if (position.isIsolated === (type === 'ISOLATED')) throw new VenueError(-4046)
  if (exchange.orders.openOf(symbol).length > 0 || exchange.algos.liveOf(symbol).length > 0) throw new VenueError(-4047)
  if (!position.amount.isZero()) throw new VenueError(-4048)
  position.isIsolated = type === 'ISOLATED'
  exchange.tellBalance('MARGIN_TYPE_CHANGE', [position])
  return DONE
}

function income({ exchange, request }: Asked): unknown {
  const type = request.optional('incomeType')
  const symbol = request.optional('symbol')
  const rows = exchange.account.income.filter(
    (row) => (type === null || row.type === type) && (symbol === null || row.symbol === symbol),
  )
  return inWindow(exchange, request, rows, (row) => row.at, 100).map(incomeBody)
}

function incomeBody(row: IncomeRow): Record<string, unknown> {
  return {
    symbol: row.symbol,
    incomeType: row.type,
    income: row.amount.toFixed(8),
    asset: row.asset,
    info: row.type,
    time: row.at,
    tranId: bigNumber(row.transactionId),
    tradeId: row.tradeId,
  }
}

function apiRestrictions({ exchange, holder }: Asked): unknown {
  if (exchange.faults.strikes('permissions-unreadable', '') !== null || holder === null) throw new VenueError(-2015)
  return {
    ipRestrict: holder.isIpRestricted,
    createTime: createdAt(exchange),
    enableReading: true,
    enableWithdrawals: holder.mayWithdraw,
    enableInternalTransfer: false,
    enableMargin: false,
    enableFutures: holder.mayTrade,
    permitsUniversalTransfer: false,
    enableVanillaOptions: false,
    enableFixApiTrade: false,
    enableFixReadOnly: true,
    enableSpotAndMarginTrading: false,
    enablePortfolioMarginTrading: false,
  }
}

const createdAt = (exchange: Exchange): number => exchange.account.income[0]?.at ?? 0
