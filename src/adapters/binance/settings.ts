/** Numbers of the exchange adapter, all of them defaults of the configuration's `binance` section (SPEC §9, §10). */
export const BINANCE_SETTINGS = {
  /** ms until a request without an answer counts as unknown */
  requestTimeoutMs: 5_000,
  /** ms to wait at the start until the exchange counts as out of reach */
  reachMs: 8_000,
  /** ms between two looks whether it can be reached again: doubled up to the most */
  reachAgainMs: 10_000,
  reachAgainMostMs: 300_000,
  /** ms a signed request may be old when it arrives */
  receiveWindowMs: 5_000,
  /** request weight per minute of the exchange, and what of it others than orders may use */
  weightPerMinute: 2_400,
  readingShare: 0.6,
  /** what of weight and orders entries may use: the rest is left for what reduces risk */
  entryShare: 0.8,
  /** and the look at the account that the start, a new line or a flatten waits for */
  recoveryShare: 0.9,
  /** new orders per 10 s and per minute, kept below the exchange's 300 and 1 200 */
  ordersPer10s: 280,
  ordersPerMinute: 1_100,
  /** ms a request may wait for its turn before it has failed: what reduces risk, entries, everything else */
  safetyPatienceMs: 2_000,
  entryPatienceMs: 500,
  readPatienceMs: 70_000,
  /** how often a question that failed for no reason of ours is asked in all, and ms between */
  readTries: 3,
  readAgainMs: 500,
  /** ms to wait after a 429 or 418 that does not say how long */
  backOffMs: 60_000,
  /** ms between two looks at the exchange's clock */
  clockEveryMs: 300_000,
  /** ms between two beats, and how late one must be for this computer to have slept */
  beatMs: 5_000,
  sleptMs: 15_000,
  /** ms between two renewals of the listen key (it lives 60 min) */
  listenKeyEveryMs: 1_200_000,
  /** a connection on which nothing was said for so long, ms, is dropped and opened anew; one with few symbols may be quiet longer */
  silentMs: 15_000,
  quietMs: 90_000,
  /** symbols of a connection from which on it is never quiet */
  talkativeSymbols: 20,
  /** ms a connection is used at most: the exchange ends each after 24 h */
  connectionMs: 84_600_000,
  /** ms between two pings; two unanswered ones end a connection */
  pingEveryMs: 5_000,
  /** ms before a lost connection is tried again: doubled up to the most, with jitter */
  reconnectMs: 500,
  reconnectMostMs: 30_000,
  /** streams per connection; the exchange allows 1 024 */
  streamsPerConnection: 200,
  /** ms between two tickers of one symbol that are passed on; the newest wins */
  tickerEveryMs: 250,
  /** ms between two looks at positions and their conditional orders while something is open: streams may be silent */
  holdingsEveryMs: 2_000,
  /** ms after an order's answer until a fill it names but no stream told is fetched */
  missingFillMs: 1_500,
  /** ms after the wallet moved until its list is read, and how often it is read again while it says nothing new */
  incomeAfterMs: 500,
  incomeLooks: 4,
  /** ms after the end of a bar until one that was not told is fetched */
  lateBarMs: 4_000,
  /** symbols whose missing candles are fetched at once */
  fillsAtOnce: 8,
  /** ms between two looks at contracts and their rules, and the least when an order was refused by rules we do not know */
  contractsEveryMs: 3_600_000,
  rulesEveryMs: 60_000,
  /** ended orders whose reports are still told apart from repetitions */
  rememberedOrders: 5_000,
  /** ms of fills and income read at the first look at an account */
  firstLookMs: 604_800_000,
  /** taker fee assumed for a fill whose fee was paid in another asset */
  assumedTakerFee: 0.0005,
  /** ms for which an order refused for the account's sake (key, permission, trading rules) keeps entries off */
  refusalMs: 600_000,
  /** a taker fee above this is a finding of the contract canary */
  highestTakerFee: 0.001,
  /** maker fee shown for contracts whose own is not read yet */
  assumedMakerFee: 0.0002,
}

export type BinanceSettings = Readonly<typeof BINANCE_SETTINGS>
