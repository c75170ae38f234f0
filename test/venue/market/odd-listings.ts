/** Contracts that loaders stumble over: other scripts, other kinds, other statuses, two names that unify to one. They never trade. */
import type { Instrument } from '../../../src/core/model/market.ts'

const usual = (base: string, fields: Partial<Instrument> = {}): Instrument => ({
  symbol: `${base}USDT`,
  baseAsset: base,
  quoteAsset: 'USDT',
  marginAsset: 'USDT',
  contractType: 'PERPETUAL',
  status: 'TRADING',
  onboardAt: 0,
  deliveryAt: 4_133_404_800_000,
  tickSize: '0.0001',
  stepSize: '1',
  minQuantity: '1',
  maxQuantity: '1000000',
  maxMarketQuantity: '100000',
  minNotional: '5',
  percentPrice: 0.1,
  liquidationFee: 0.0125,
  makerFee: 0.0002,
  takerFee: 0.0005,
  fundingIntervalHours: 8,
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
