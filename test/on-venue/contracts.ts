/** Contracts of these tests: liquid, listed long ago, with prices that stand where they are put. */
import type { Instrument } from '../../src/core/model/market.ts'
import { TEST_CONTRACT } from '../fixtures/test-contract.ts'
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
    ...TEST_CONTRACT,
    symbol,
    baseAsset: symbol.replace(/USDT$/u, ''),
    percentPrice: 0.5,
    ...terms,
  },
})
