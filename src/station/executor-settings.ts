/** Numbers of the executor, the protection of positions, reconciliation and flatten (SPEC §9, §3). */
export interface ExecutorSettings {
  /** an order nobody answered for so long is UNKNOWN and asked for */
  readonly answerTimeoutMs: number
  /** the same for protective orders, which are replaced sooner */
  readonly protectAnswerTimeoutMs: number
  /** a cancel nobody answered for so long: the order is asked for */
  readonly cancelTimeoutMs: number
  /** between two questions for the same order */
  readonly askRetryMs: number
  /** an order the venue does not know may still be on its way for so long; after that it is FAILED */
  readonly absentGraceMs: number
  /** the same for orders that only reduce: sent twice they do no harm, waiting does */
  readonly reducingAbsentGraceMs: number
  /** protection is checked in both directions so often while something is open */
  readonly sweepMs: number
  /** stop and target follow further partial fills after so long; SPEC asks for 2 s */
  readonly resizeAfterMs: number
  /** a position larger than its live stop for so long, while the venue answers, is closed */
  readonly protectWithinMs: number
  /** so many failed stops in a row close the position */
  readonly protectAttempts: number
  /** a triggered stop of which nothing has filled for so long, or for two prices of the feed, raises an alarm and is no longer trusted */
  readonly stuckTriggerMs: number
  /** books are compared with the venue so often */
  readonly reconcileEveryMs: number
  /** fills of others lead to no look at the venue sooner than so long after the last one */
  readonly foreignLookMs: number
  /** how far behind the last known fill a reconciliation asks for fills and income */
  readonly reconcileOverlapMs: number
  /** a reconciliation that has not ended after so long is begun anew */
  readonly reconcileTimeoutMs: number
  /** balances that differ by no more (USDT) are equal: both sides round each fill to 8 decimals */
  readonly balanceTolerance: number
  /** between two looks at the venue during a flatten */
  readonly flattenAskMs: number
  /** a flatten that is not proven after so long is reported as such, and what is left is protected again */
  readonly flattenGiveUpMs: number
  /** whether a flatten also closes positions that no order of ours opened */
  readonly flattenForeign: boolean
  /** an entry that rests is cancelled by the venue itself when this station was silent for so long; 0: never */
  readonly deadManMs: number
  /** the venue is told so often that this station is alive */
  readonly deadManRenewMs: number
  /** what the exchange counts for a cancel, for a close, and for one look at everything (request weight), and its requests */
  readonly cancelWeight: number
  readonly closeWeight: number
  readonly lookWeight: number
  readonly lookRequests: number
  /** how long an answer to an order is taken to need before any was measured */
  readonly drillAnswerMs: number
  /** last fills of a symbol that make its mean slippage */
  readonly slippageFills: number
  /** closed trades remembered per strategy and per symbol */
  readonly tradesPerStrategy: number
  readonly tradesPerSymbol: number
  /** ended orders remembered for late reports; older ones are read from the journal */
  readonly endedOrders: number
  /** venue rejections remembered for this long */
  readonly rejectionMemoryMs: number
}

export const EXECUTOR_SETTINGS: ExecutorSettings = {
  answerTimeoutMs: 5_000,
  protectAnswerTimeoutMs: 1_500,
  cancelTimeoutMs: 3_000,
  askRetryMs: 1_000,
  absentGraceMs: 10_000,
  reducingAbsentGraceMs: 2_000,
  sweepMs: 5_000,
  resizeAfterMs: 500,
  protectWithinMs: 5_000,
  protectAttempts: 3,
  stuckTriggerMs: 5_000,
  reconcileEveryMs: 60_000,
  foreignLookMs: 5_000,
  reconcileOverlapMs: 600_000,
  reconcileTimeoutMs: 15_000,
  balanceTolerance: 0.01,
  flattenAskMs: 1_000,
  flattenGiveUpMs: 60_000,
  flattenForeign: false,
  deadManMs: 60_000,
  deadManRenewMs: 20_000,
  cancelWeight: 1,
  closeWeight: 0,
  lookWeight: 130,
  lookRequests: 7,
  drillAnswerMs: 500,
  slippageFills: 20,
  tradesPerStrategy: 200,
  tradesPerSymbol: 50,
  endedOrders: 1_000,
  rejectionMemoryMs: 600_000,
}
