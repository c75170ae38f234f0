/** Contracts of these tests: liquid, listed long ago, with prices that stand where they are put. */
import { leverageLadder } from '../../src/core/model/leverage-ladder.ts'
import type { Instrument } from '../../src/core/model/market.ts'
import type { ManualSymbol } from '../venue/market/manual-source.ts'

const LETTERS = 26
const FIRST = 'A'.charCodeAt(0)

/** AAAUSDT, BBBUSDT, … ZZZUSDT, ABBUSDT, BCCUSDT, …, all at 100. */
export const contracts = (count: number, terms: Partial<Instrument> = {}): readonly ManualSymbol[] =>
  Array.from({ length: count }, (_, index) => contract(nameOf(index), 100, terms))

function nameOf(index: number): string {
  const letter = (number: number): string => String.fromCodePoint(FIRST + (number % LETTERS))
  const rest = letter(index + Math.floor(index / LETTERS))
  return `${letter(index)}${rest}${rest}USDT`
}

const contract = (symbol: string, price: number, terms: Partial<Instrument>): ManualSymbol => ({
  price,
  instrument: {
    symbol,
    baseAsset: symbol.replace(/USDT$/u, ''),
    quoteAsset: 'USDT',
    marginAsset: 'USDT',
    contractType: 'PERPETUAL',
    status: 'TRADING',
    onboardAt: 0,
    deliveryAt: 4_133_404_800_000,
    tickSize: '0.01',
    stepSize: '0.001',
    minQuantity: '0.002',
    maxQuantity: '5000',
    maxMarketQuantity: '2000',
    minNotional: '5',
    percentPrice: 0.5,
    liquidationFee: 0.0125,
    makerFee: 0.0002,
    takerFee: 0.0005,
    fundingIntervalHours: 8,
    brackets: leverageLadder([
      [50_000, 0.01, 50],
      [1_000_000, 0.02, 10],
    ]),
    ...terms,
  },
})
