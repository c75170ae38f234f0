/** Check 12: how many entries a day, a minute and a bar take, and a rest where the venue keeps saying no. */
import { answered, finite, known } from '../reading.ts'
import { atMost, type Failure, holds, type Measured, ruleSource } from '../verdict.ts'
import { plain } from '../words.ts'

const MINUTE_MS = 60_000

/** Entries first filled today and those reserved that may still fill; this one counts once, filled in part or not. */
function daily(measured: Measured): Failure | null {
  const { intent, context, limits } = measured
  const filled = known(context.entriesFilledToday, 'the entries of the day')
  const { claims } = known(context.reservations, 'the reservations').without(intent.id)
  const pending = claims.filter(({ intentId }) => !filled.has(intentId)).length
  const { value, source } = limits.maxDailyTrades
  return atMost(measured, {
    code: 'max_daily_trades',
    what: 'the number of entries today',
    actual: filled.size + pending + (filled.has(intent.id) ? 0 : 1),
    limit: value,
    source,
    format: plain,
    says: (actual, limit) => `would be entry ${actual} of the day, limit ${limit}`,
  })
}

function perMinute(measured: Measured): Failure | null {
  const { intent, context, rules, policy } = measured
  const since = finite(context.now, 'the time') - MINUTE_MS
  const recent = known(context.recentEntries, 'the recent entries')
  const others = recent.filter(({ intentId, at }) => intentId !== intent.id && !(at <= since)).length
  return atMost(measured, {
    code: 'order_rate',
    what: 'the pace of entries',
    actual: others + 1,
    limit: rules.maxEntriesPerMinute,
    source: ruleSource(policy, 'maxEntriesPerMinute'),
    format: plain,
    says: (actual, limit) => `would be entry ${actual} within a minute, limit ${limit}`,
  })
}

function perBar(measured: Measured): Failure | null {
  const { intent, context, policy } = measured
  const last = answered(context.lastEntryOnSymbol, 'the last entry on the symbol')
  const isFirst = last === null || last.intentId === intent.id || last.bar !== intent.bar
  return holds(
    measured,
    isFirst,
    {
      code: 'order_rate',
      limit: '1 per symbol and bar',
      actual: isFirst ? 'first' : 'second',
      source: ruleSource(policy, 'maxEntriesPerMinute'),
    },
    () => `${intent.symbol} had its entry on this bar already`,
  )
}

function symbolRests(measured: Measured): Failure | null {
  const { intent, context, rules, policy } = measured
  const rejections = answered(context.symbolRejections, 'the venue’s rejections on the symbol')
  const inARow = rejections === null ? 0 : finite(rejections.inARow, 'the venue’s rejections on the symbol')
  const until = rejections === null ? 0 : finite(rejections.lastAt, 'the time of a rejection') + rules.symbolRestMs
  const now = finite(context.now, 'the time')
  return holds(
    measured,
    inARow < rules.rejectionsToRestSymbol || now >= until,
    {
      code: 'order_rate',
      limit: rules.rejectionsToRestSymbol,
      actual: inARow,
      source: ruleSource(policy, 'rejectionsToRestSymbol'),
    },
    () =>
      `the venue rejected ${inARow} entries on ${intent.symbol} in a row: it rests for another ${Math.ceil((until - now) / MINUTE_MS)} min`,
  )
}

function rejections(measured: Measured): Failure | null {
  const { context, rules, policy } = measured
  const since = finite(context.now, 'the time') - rules.rejectionWindowMs
  const recent = known(context.rejectionTimes, 'the venue’s rejections').filter((at) => !(at <= since)).length
  return holds(
    measured,
    recent < rules.rejectionsToStopEntries,
    {
      code: 'order_rate',
      limit: rules.rejectionsToStopEntries,
      actual: recent,
      source: ruleSource(policy, 'rejectionsToStopEntries'),
    },
    () => `the venue rejected ${recent} orders within ${rules.rejectionWindowMs / MINUTE_MS} min: entries wait`,
  )
}

export function checkPace(measured: Measured): Failure | null {
  return daily(measured) ?? perMinute(measured) ?? perBar(measured) ?? symbolRests(measured) ?? rejections(measured)
}
