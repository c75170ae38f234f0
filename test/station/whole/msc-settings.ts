/** The settings of the run in which the mode moves by itself: what is evaluated how often, over which windows. */
export const MSC_RUN = {
  /** of the recorded spring; nothing is planted in it */
  symbols: ['ADAUSDT', 'BCHUSDT', 'BNBUSDT', 'BTCUSDT', 'ETHUSDT', 'LINKUSDT', 'LTCUSDT'],
  days: 10,
  flags: {
    'msc.enabled': true,
    'msc.interval_minutes': 30,
    'market.interval': '15m',
    'station.equity_sample_seconds': 300,
  },
  /** shorter than the defaults, so that ten days show what a quarter of a year shows otherwise */
  rules: { msc: { evidence: { minTrades: 10, tradeDays: 3, slopeDays: 2, drawdownDays: 5 } } },
} as const
