/**
 * The market's messages, from their text to what the feed knows: 300 a second of each of 50 symbols must cost no more
 * than a quarter of one core. Held against `JSON.parse` of the same texts alone.
 */
import { hearMarket } from '../../src/adapters/binance/market-events.ts'
import { MarketTrack } from '../../src/adapters/binance/market-track.ts'
import { BINANCE_SETTINGS } from '../../src/adapters/binance/settings.ts'
import { usdmClient } from '../../src/adapters/binance/usdm-client.ts'
import { type BenchRow, median, printRows } from './bench-row.ts'

const SYMBOLS = Array.from({ length: 50 }, (_symbol, index) => `S${index}USDT`)
const MESSAGES_PER_SECOND = 300
/** of each symbol and second; the others are touches */
const KLINES_PER_SECOND = 4
const ROUNDS = 15
const MOST_OF_A_CORE = 25
const START_AT = Date.UTC(2026, 0, 5)

/** One second of the market as it comes over the wire: touches, running candles, and the marks of all. */
function second(at: number): string[] {
  const texts: string[] = []
  for (let index = 0; index < MESSAGES_PER_SECOND; index++) {
    const E = at + Math.floor((index * 1000) / MESSAGES_PER_SECOND)
    for (const s of SYMBOLS) texts.push(index < KLINES_PER_SECOND ? kline(s, E) : touch(s, E, index))
  }
  texts.push(marks(at))
  return texts
}

const touch = (s: string, E: number, index: number): string => {
  const b = (61_800 + index / 10).toFixed(2)
  const a = (61_800.1 + index / 10).toFixed(2)
  return JSON.stringify({ e: 'bookTicker', u: 5_123_107_839_020 + index, s, b, B: '2.507', a, A: '2.510', T: E, E })
}

const kline = (s: string, E: number): string => {
  const t = E - (E % 60_000)
  const prices = { o: '61800.20', c: '61801.30', h: '61812.00', l: '61790.10' }
  const sizes = { v: '218.507', n: 1912, x: false, q: '13503714.20', V: '101.100', Q: '6248000.10', B: '0' }
  return JSON.stringify({ e: 'kline', E, s, k: { t, T: t + 59_999, s, i: '1m', f: 100, L: 200, ...prices, ...sizes } })
}

const marks = (E: number): string =>
  JSON.stringify(
    SYMBOLS.map((s) => ({
      e: 'markPriceUpdate',
      E,
      s,
      p: '61800.26000000',
      i: '61802.11000000',
      P: '61801.00000000',
      r: '0.00008167',
      T: START_AT + 28_800_000,
    })),
  )

const spent = (work: () => void): number => {
  const started = performance.now()
  work()
  return performance.now() - started
}

export async function run(): Promise<BenchRow[]> {
  const here = 'http://127.0.0.1:1'
  const url = 'ws://127.0.0.1:1/market/ws/1'
  const client = usdmClient({
    environment: 'simulated',
    endpoints: { rest: here, stream: 'ws://127.0.0.1:1', account: here },
    keys: null,
    settings: BINANCE_SETTINGS,
    now: () => START_AT,
  })
  await client.loadHttpProxyAgent()
  const tracks = new Map(SYMBOLS.map((symbol) => [symbol, new MarketTrack(symbol, START_AT)]))
  let told = 0
  const count = (): void => void told++
  const hearers = { tracks, interval: '1m', closed: count, mark: count, funding: count } as const
  client.listeners.set(url, (message) => hearMarket(message, hearers))
  const socket = client.client(url)
  const ours: number[] = []
  const bare: number[] = []
  let parsed = 0
  for (let round = 0; round < ROUNDS; round++) {
    const texts = second(START_AT + round * 1000)
    bare.push(
      spent(() => {
        for (const text of texts) if (JSON.parse(text) !== null) parsed++
      }),
    )
    ours.push(
      spent(() => {
        for (const data of texts) socket.onMessage({ data })
      }),
    )
  }
  const last = tracks.get('S49USDT')?.ticker()
  if (told !== SYMBOLS.length * ROUNDS || last?.bid !== 61_829.9 || parsed === 0) throw new Error('it was not read')
  const share = median(ours) / 10
  const peer = median(bare) / 10
  return [
    {
      name: 'market messages, 300/s of 50 symbols',
      measured: share,
      unit: '% of a core',
      against: peer,
      ratio: share / peer,
      limit: `≤ ${MOST_OF_A_CORE} % of a core`,
      ok: share <= MOST_OF_A_CORE,
    },
  ]
}

if (import.meta.main) {
  printRows(await run())
  process.exit()
}
