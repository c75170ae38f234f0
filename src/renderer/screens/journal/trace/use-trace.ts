/** Reads everything of one trace from the journal. */
import { station } from '../../../link/client.ts'
import { useAnswer, type Answer } from '../../../state/use-answer.ts'
import { momentsOf, type Moment } from './trace-story.ts'

/** Of each kind of row; a trace is one trade's life and stays far below. */
const MOST_ROWS = 500

export const useTrace = (id: string): Answer<readonly Moment[]> =>
  useAnswer(`trace ${id}`, async (signal) => {
    const query = { trace_id: id, limit: MOST_ROWS }
    const [signals, decisions, orders, fills, trades, ledger, events] = await Promise.all([
      station.records.signals(query, { signal }),
      station.records.decisions(query, { signal }),
      station.orders.list(query, { signal }),
      station.orders.fills(query, { signal }),
      station.positions.trades(query, { signal }),
      station.account.ledger(query, { signal }),
      station.records.events(query, { signal }),
    ])
    return momentsOf({
      signals: signals.items,
      decisions: decisions.items,
      orders: orders.items,
      fills: fills.items,
      trades: trades.items,
      ledger: ledger.items,
      events: events.items,
    })
  })
