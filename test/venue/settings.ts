/** Everything about the simulated exchange that may be otherwise. Where BINANCE.md marks something unverified, the choice is here. */

export interface VenueSettings {
  /** USDT in the wallet at the beginning */
  readonly deposit: number
  /** of every symbol until the account changes it */
  readonly defaultLeverage: number
  readonly defaultMarginType: 'CROSSED' | 'ISOLATED'
  /** BNB in the account, and what one is worth in USDT: pays fees, a tenth cheaper, once fee burn is on */
  readonly bnb: number
  readonly bnbPrice: number
  readonly bnbDiscount: number

  /** longest and usual time between `timestamp` and its arrival, ms; how far a client may be ahead, ms */
  readonly maxRecvWindowMs: number
  readonly recvWindowMs: number
  readonly aheadMs: number
  /** how often the venue's clock is faster than that of its clients: widens the three above */
  readonly timeScale: number

  readonly weightPerMinute: number
  readonly ordersPer10s: number
  readonly ordersPerMinute: number
  /** requests to fundingRate and fundingInfo together in 5 min */
  readonly fundingRequestsPer5m: number
  /** requests over the weight in a row before the address is banned; first ban and longest, ms */
  readonly refusalsBeforeBan: number
  readonly firstBanMs: number
  readonly longestBanMs: number

  /** acknowledgements of POST, PUT and DELETE without avgPrice and cumQuote */
  readonly slimAck: boolean
  /** ACCOUNT_UPDATE before ORDER_TRADE_UPDATE (unverified) */
  readonly accountFirst: boolean
  readonly sendsTradeLite: boolean
  /** a MARKET buy is taken to cost ask × (1 + this) when its margin is checked (unverified) */
  readonly marketBuyMargin: number
  /** margin of open orders: `max` of both sides with the position, or the plain `sum` (unverified) */
  readonly openOrderMargin: 'max' | 'sum'
  /** resting reduce-only orders larger than the position end (unverified) */
  readonly knocksOutReduceOnly: boolean
  /** a closePosition order ends with its position (unverified) */
  readonly closePositionEndsWithPosition: boolean
  /** algo status when the child is refused at the trigger (unverified) */
  readonly refusedChildStatus: 'REJECTED' | 'EXPIRED'
  /** ms in TRIGGERING, and from the end of the child to FINISHED */
  readonly triggeringMs: number
  readonly finishingMs: number
  /** share of a position in the first forced order */
  readonly liquidationShare: number
  /** MARGIN_CALL is told when the maintenance margin is this share of the margin, 0.5…1 (unverified) */
  readonly marginCallRatio: number
  /** conditional orders at once per symbol */
  readonly maxAlgoOrders: number
  readonly maxOrders: number

  /** levels of the book on each side, ticks between them, and how much more each level holds than the one before it */
  readonly bookLevels: number
  readonly levelTicks: number
  readonly levelGrowth: number
  /** share of the touch that is traded in one step of the market */
  readonly tradedShare: number
  /** closed minutes kept per symbol */
  readonly minuteBars: number

  /** funding rates of a source without its own: mean and deviation of 8 h, and the cap either way */
  readonly fundingMean: number
  readonly fundingDeviation: number
  readonly fundingCap: number
  /** funding is booked up to so many ms after the hour */
  readonly fundingLateMs: number

  readonly listenKeyMs: number
  /** a key nobody gave: the socket opens and stays silent, or is refused (unverified) */
  readonly unknownListenKey: 'silent' | 'refuse'
  /** ms a connection lives; ms between pings; ms without pong */
  readonly connectionMs: number
  readonly pingMs: number
  readonly pongTimeoutMs: number
  /** client messages in a second (of the wall); streams per connection */
  readonly messagesPerSecond: number
  readonly streamsPerConnection: number
  /** streams answer in their own category only */
  readonly strictCategories: boolean
  /** answers to bad socket requests: `{error:{…}}` or `{code,msg}` (unverified) */
  readonly socketErrorShape: 'nested' | 'flat'
  /** coin-margined symbols in all-market arrays */
  readonly coinMargined: boolean
  /** symbols that loaders stumble over: other statuses, other scripts, two names that unify to one */
  readonly oddListings: boolean
  /** orders and trades kept for questions */
  readonly keptOrders: number
}

const HOUR_MS = 3_600_000

export const VENUE_SETTINGS: VenueSettings = {
  deposit: 10_000,
  defaultLeverage: 20,
  defaultMarginType: 'CROSSED',
  bnb: 0,
  bnbPrice: 600,
  bnbDiscount: 0.1,
  maxRecvWindowMs: 60_000,
  recvWindowMs: 5000,
  aheadMs: 1000,
  timeScale: 1,
  weightPerMinute: 2400,
  ordersPer10s: 300,
  ordersPerMinute: 1200,
  fundingRequestsPer5m: 500,
  refusalsBeforeBan: 20,
  firstBanMs: 120_000,
  longestBanMs: 72 * HOUR_MS,
  slimAck: true,
  accountFirst: true,
  sendsTradeLite: true,
  marketBuyMargin: 0.0005,
  openOrderMargin: 'max',
  knocksOutReduceOnly: true,
  closePositionEndsWithPosition: true,
  refusedChildStatus: 'REJECTED',
  triggeringMs: 11,
  finishingMs: 1,
  liquidationShare: 1,
  marginCallRatio: 0.8,
  maxAlgoOrders: 200,
  maxOrders: 200,
  bookLevels: 100,
  levelTicks: 1,
  levelGrowth: 0.25,
  tradedShare: 0.2,
  minuteBars: 1500,
  fundingMean: 0.0001,
  fundingDeviation: 0.0001,
  fundingCap: 0.02,
  fundingLateMs: 29,
  listenKeyMs: HOUR_MS,
  unknownListenKey: 'silent',
  connectionMs: 24 * HOUR_MS,
  pingMs: 180_000,
  pongTimeoutMs: 600_000,
  messagesPerSecond: 10,
  streamsPerConnection: 1024,
  strictCategories: true,
  socketErrorShape: 'nested',
  coinMargined: false,
  oddListings: false,
  keptOrders: 200_000,
}
