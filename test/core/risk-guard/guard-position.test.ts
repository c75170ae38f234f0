import { expect, test } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import type { IntentId } from '../../../src/core/model/ids.ts'
import { guardPosition } from '../../../src/core/risk-guard/guard-position.ts'

const market = { mark: 101_000, takerFee: 0.0005, slippage: 0.001, fundingRate: 0 }
const position = {
  symbol: 'BTCUSDT',
  side: 'LONG' as const,
  intentId: 'i' as IntentId,
  quantity: exact('0.01'),
  entryPrice: exact(100_000),
  stopPrice: exact(98_000),
  leverage: 5,
}

test('a position adds up at mark for exposure and heat, at entry for its own cap and risk', () => {
  const figures = guardPosition(position, market)
  expect(figures.notional).toBeCloseTo(1010, 9)
  expect(figures.entryNotional).toBeCloseTo(1000, 9)
  // 30 USDT from the mark to the stop, 0.15 % of 1010 to get out
  expect(figures.lossAtStop).toBeCloseTo(31.515, 9)
  // 20 USDT from the entry to the stop, 0.2 % of 1000
  expect(figures.entryLoss).toBeCloseTo(22, 9)
})

test('without a stop all of the margin may be lost', () => {
  const figures = guardPosition({ ...position, intentId: null, stopPrice: exact(0) }, market)
  expect(figures).toMatchObject({ stopPrice: null, lossAtStop: 202, entryLoss: 202 })
})
