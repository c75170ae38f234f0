/** Contracts that loaders stumble over: other scripts, other kinds, other statuses, two names that unify to one. They never trade. */
import type { Instrument } from '../../../src/core/model/market.ts'
import { TEST_CONTRACT } from '../../fixtures/test-contract.ts'

const usual = (base: string, fields: Partial<Instrument> = {}): Instrument => ({
  ...TEST_CONTRACT,
  symbol: `${base}USDT`,
  baseAsset: base,
  tickSize: '0.0001',
  stepSize: '1',
  minQuantity: '1',
  maxQuantity: '1000000',
  maxMarketQuantity: '100000',
  percentPrice: 0.1,
  brackets: [{ notionalFloor: 0, notionalCap: 1_000_000, maintenanceRate: 0.02, cum: 0, maxLeverage: 25 }],
  ...fields,
})

export const ODD_LISTINGS: readonly Instrument[] = [
  usual('龙虾'),
  usual('XAU', { contractType: 'TRADIFI_PERPETUAL' }),
  usual('COMING', { status: 'PENDING_TRADING' }),
  usual('GOING', { status: 'SETTLING' }),
  usual('GONE', { status: 'DELIVERING' }),
  usual('LEAVING', { status: 'PRE_SETTLE' }),
  usual('IDOL'),
  usual('IDOL', { symbol: 'IDOL' }),
  usual('QUARTER', {
    symbol: 'QUARTERUSDT_260327',
    contractType: 'CURRENT_QUARTER',
    deliveryAt: Date.UTC(2026, 2, 27, 8),
  }),
]
