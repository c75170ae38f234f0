/**
 * The contract canary: looks whether what the station relies on at the exchange is still so (SPEC §10). What is otherwise
 * is a finding; that the exchange cannot be asked now is none: it throws.
 */
import { z } from 'zod'

import type { ContractFinding } from '../../core/ports/link.ts'
import { checkAccount } from './account-check.ts'
import { checkOrders } from './canary-orders.ts'
import { checkRules } from './canary-rules.ts'
import { faultOf } from './faults.ts'
import type { Request, Rest } from './rest.ts'
import type { BinanceSettings } from './settings.ts'
import { BracketRow, FundingInfoRow, KlineRow } from './wire/market.ts'
import { CommissionRate, FeeBurn, PositionModes, PremiumIndex, type ReliedContract } from './wire/relied-on.ts'
import {
  AccountAnswer,
  AlgoRow,
  IncomeRow,
  ListenKey,
  PositionRow,
  SymbolConfigRow,
  UserTradeRow,
} from './wire/trading.ts'

export interface CanaryDeps {
  readonly rest: Rest
  readonly settings: BinanceSettings
}

type Look = () => Promise<readonly string[]>

/** @throws BinanceFault when the exchange cannot be asked */
export async function checkContract(deps: CanaryDeps, symbols: readonly string[]): Promise<readonly ContractFinding[]> {
  const { rest, settings } = deps
  const findings: ContractFinding[] = []
  const look = async (about: string, work: Look): Promise<void> => {
    for (const message of await looked(work)) findings.push({ about, message })
  }
  const contracts: ReliedContract[] = []
  await look('rules', async () => {
    const { sentences, sound } = await checkRules(rest, settings, symbols)
    contracts.push(...sound)
    return sentences
  })
  for (const [about, work] of accountLooks(rest)) await look(about, work)
  const [contract] = contracts
  if (contract === undefined) return findings
  for (const [about, work] of symbolLooks(rest, contract.symbol, settings)) await look(about, work)
  await look('orders', async () => {
    const { markPrice } = PremiumIndex.parse(await rest.call(get('premiumIndex', 1, { symbol: contract.symbol })))
    return checkOrders(rest, { contract, markPrice })
  })
  return findings
}

const get = (
  path: string,
  weight: number,
  params: Request['params'] = {},
  api: Request['api'] = 'fapiPublic',
): Request => ({ api, method: 'GET', path, weight, params })

const signed = (path: string, weight: number, params: Request['params'] = {}): Request =>
  get(path, weight, params, 'fapiPrivate')

const FINE: readonly string[] = []

function accountLooks(rest: Rest): readonly (readonly [string, Look])[] {
  return [
    ['funding intervals', () => shaped(rest, get('fundingInfo', 0), FundingInfoRow.array())],
    ['account mode', async () => (await checkAccount(rest)).map(({ sentence }) => sentence)],
    [
      'balances',
      async () => {
        const { assets } = AccountAnswer.parse(await rest.call(get('account', 5, {}, 'fapiPrivateV3')))
        return assets.some(({ asset }) => asset === 'USDT') ? FINE : ['the account lists no USDT']
      },
    ],
    ['positions', () => checkPositions(rest)],
    ['margin types', () => checkMargins(rest)],
    ['fee burn', () => shaped(rest, signed('feeBurn', 30), FeeBurn)],
    ['income', () => shaped(rest, signed('income', 30, { limit: 5 }), IncomeRow.array())],
    ['listen key', () => shaped(rest, { api: 'fapiPrivate', method: 'POST', path: 'listenKey', weight: 1 }, ListenKey)],
  ]
}

function symbolLooks(rest: Rest, symbol: string, settings: BinanceSettings): readonly (readonly [string, Look])[] {
  return [
    ['candles', () => shaped(rest, get('klines', 1, { symbol, interval: '1m', limit: 2 }), KlineRow.array().min(1))],
    ['brackets', () => shaped(rest, signed('leverageBracket', 1, { symbol }), BracketRow.array().min(1))],
    ['fills', () => shaped(rest, signed('userTrades', 5, { symbol, limit: 5 }), UserTradeRow.array())],
    ['conditional orders', () => shaped(rest, signed('openAlgoOrders', 1, { symbol }), AlgoRow.array())],
    [
      'fees',
      async () => {
        const fees = CommissionRate.parse(await rest.call(signed('commissionRate', 20, { symbol })))
        const { takerCommissionRate: taker } = fees
        return taker <= settings.highestTakerFee ? FINE : [`the taker fee of ${symbol} is ${taker}`]
      },
    ],
  ]
}

async function shaped(rest: Rest, request: Request, shape: z.ZodType): Promise<readonly string[]> {
  shape.parse(await rest.call(request))
  return FINE
}

async function checkPositions(rest: Rest): Promise<readonly string[]> {
  const answer = await rest.call(get('positionRisk', 5, {}, 'fapiPrivateV3'))
  PositionRow.array().parse(answer)
  const sides = PositionModes.parse(answer).filter(({ positionSide }) => positionSide !== 'BOTH')
  return sides.length === 0 ? FINE : [`${sides[0]?.symbol ?? ''} has a position of one side only (hedge mode)`]
}

const MARGIN_TYPES: ReadonlySet<string> = new Set(['ISOLATED', 'CROSSED'])

async function checkMargins(rest: Rest): Promise<readonly string[]> {
  const rows = SymbolConfigRow.array().parse(await rest.call(signed('symbolConfig', 5)))
  const odd = rows.find(({ marginType }) => !MARGIN_TYPES.has(marginType))
  return odd === undefined ? FINE : [`${odd.symbol} has a margin type we do not know: ${odd.marginType}`]
}

const SERVER_FAULT = 500
const NOT_NOW: ReadonlySet<number> = new Set([0, 408, 418, 429])

/** An answer of another shape, or a no where there was a yes, is a finding. @throws what says nothing about the contract */
async function looked(work: Look): Promise<readonly string[]> {
  try {
    return await work()
  } catch (problem) {
    if (problem instanceof z.ZodError) return [`an answer has another shape: ${firstIssues(problem)}`]
    const fault = faultOf(problem)
    if (NOT_NOW.has(fault.status) || fault.status >= SERVER_FAULT) throw fault
    return [`the exchange refuses what it allowed: ${fault.message}`]
  }
}

const MOST_ISSUES = 3

const firstIssues = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, MOST_ISSUES)
    .map(({ path, message }) => `${path.join('.')} ${message}`)
    .join(', ')
