/** Analytics, daily reports and exported files of a run agree with its journal, row by row and sum by sum. */
import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { TraceId } from '../../../src/core/model/ids.ts'
import { answersOf } from '../../../src/station/answers/index.ts'
import { LiveStream } from '../../../src/station/live-stream.ts'
import { MADE_UP_START, madeUpRecording } from '../../fixtures/candle-files.ts'
import { DAY_MS, openStation, type WholeStation } from '../../fixtures/whole-station.ts'

const replay = madeUpRecording({ symbols: ['AAAUSDT', 'BBBUSDT', 'CCCUSDT'], days: 4, seed: 5 })

const clientOf = ({ facade }: WholeStation) => {
  const quiet = (): void => undefined
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  const context = { actor: 'user', scope: 'read', log, newTraceId: () => 'test' as TraceId } as const
  return createRouterClient(answersOf(facade, new LiveStream(facade)), { context })
}

/** Reads what a spreadsheet would; no cell of these tables holds a line break. */
function cellsOf(csv: string): Record<string, string>[] {
  const [head = [], ...rows] = csv
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain),
    )
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [name ?? '', row[at] ?? ''])))
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('what a run tells of itself', () => {
  let station: WholeStation
  let client: ReturnType<typeof clientOf>
  beforeAll(async () => {
    station = await openStation({ replay, 'policy.risk_mode': 'AGGRESSIVE' })
    client = clientOf(station)
    await station.ended
  })
  afterAll(() => station.stop())

  const trades = () => station.facade.records.trades({ limit: 500 }).items

  it('an entry that was not taken says what it would have made from the next candle on', async () => {
    const { items } = station.facade.records.decisions({ outcome: 'dropped', limit: 500 })
    const asked = items.filter(({ kind }) => kind === 'ENTRY').slice(0, 40)
    expect(asked.length).toBeGreaterThan(5)
    const { items: signals } = station.facade.records.signals({ limit: 1000 })
    let told = 0
    for (const { id, signalId, symbol } of asked) {
      const { hindsight } = await client.records.hindsight({ id })
      const signal = signals.find((each) => each.id === signalId)
      if (hindsight === null || signal === undefined) continue
      told++
      const candles = await station.facade.candles(symbol, '1m', 1000)
      const next = candles.find(({ openAt }) => openAt >= signal.createdAt)
      if (next?.openAt === signal.createdAt) expect(hindsight.entry_price).toBe(next.open)
      const { stopPrice, takeProfitPrice, side } = signal
      const ahead = side === 'LONG' ? 1 : -1
      if (hindsight.end === 'STOP' && signal.trailing === null)
        expect(ahead * (hindsight.exit_price - stopPrice)).toBeLessThanOrEqual(0)
      if (hindsight.end === 'TARGET')
        expect(ahead * (hindsight.exit_price - (takeProfitPrice ?? 0))).toBeGreaterThanOrEqual(0)
    }
    expect(told).toBeGreaterThan(0)
  })

  it('statistics count every trade once, by every group', async () => {
    const { statistics, cut } = await client.analytics.summary({})
    expect(cut).toBe(false)
    expect(statistics.trades).toBe(trades().length)
    expect(statistics.trades).toBeGreaterThan(10)
    expect(statistics.profit).toBeCloseTo(sum(trades().map(({ profit }) => profit.toNumber())), 6)
    for (const group of [
      'strategy',
      'symbol',
      'mode',
      'side',
      'regime',
      'model',
      'hour',
      'day',
      'exit_reason',
    ] as const) {
      const { items } = await client.analytics.by({ group })
      expect(sum(items.map((row) => row.trades))).toBe(statistics.trades)
      expect(sum(items.map((row) => row.fees))).toBeCloseTo(statistics.fees, 6)
    }
  })

  it('slippage is that of the fills against what the strategies saw', async () => {
    const bps = trades().flatMap((trade) => {
      const [signal] = station.facade.records.signals({ traceId: trade.traceId, limit: 5 }).items
      if (signal === undefined) return []
      const move = trade.entryPrice.toNumber() / signal.price - 1
      return [(trade.side === 'LONG' ? move : -move) * 10_000]
    })
    const { statistics } = await client.analytics.summary({})
    expect(bps.length).toBe(trades().length)
    expect(statistics.mean_slippage_bp).toBeCloseTo(sum(bps) / bps.length, 6)
  })

  it('only what was asked for is counted, and a cut is told', async () => {
    const symbol = trades()[0]!.symbol
    const ofSymbol = trades().filter((trade) => trade.symbol === symbol)
    expect((await client.analytics.summary({ symbol })).statistics.trades).toBe(ofSymbol.length)
    const [from, to] = [MADE_UP_START + DAY_MS, MADE_UP_START + 2 * DAY_MS]
    const between = trades().filter(({ closedAt }) => closedAt >= from && closedAt <= to)
    const period = { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
    expect((await client.analytics.summary(period)).statistics.trades).toBe(between.length)
    const latest = await client.analytics.by({ group: 'day', limit: 3 })
    expect(latest.cut).toBe(true)
    expect(sum(latest.items.map((row) => row.trades))).toBe(3)
    expect(latest.items.at(-1)?.key).toBe(new Date(trades()[0]!.closedAt).toISOString().slice(0, 10))
  })

  it('the reports of the days together are the run', async () => {
    const reports = []
    for (let day = 0; day <= 4; day++) {
      const date = new Date(MADE_UP_START + day * DAY_MS).toISOString().slice(0, 10)
      reports.push(await client.analytics.report({ date }))
    }
    expect(sum(reports.map((report) => report.trades.trades))).toBe(trades().length)
    const decisions = station.facade.records.counts()['decisions']
    const told = (counts: readonly { count: number }[]): number => sum(counts.map(({ count }) => count))
    expect(sum(reports.map(({ approved, denied, dropped }) => approved + told(denied) + told(dropped)))).toBe(decisions)
    expect(reports.map(({ is_open }) => is_open)).toEqual([false, false, false, false, true])
    const [first, last] = [reports[0]!, reports.at(-1)!]
    expect(first.policy_changes.map(({ version, actor }) => [version, actor])).toEqual([[1, 'env']])
    expect(last.account?.equity_end).toBeCloseTo(station.facade.records.equity({ points: 1 })[0]!.equity.toNumber(), 8)
    for (const { account } of reports) expect(account?.max_drawdown_pct).toBeGreaterThanOrEqual(0)
    expect(last.text).toContain(last.date)
    expect(last.text).toContain('max fall')
  })

  it('a day without anything has a report that says so', async () => {
    const report = await client.analytics.report({ date: '2031-05-05' })
    expect(report).toMatchObject({ account: null, approved: 0, denied: [], dropped: [], alerts: [], is_open: true })
    expect(report.trades.trades).toBe(0)
  })

  it('files hold every row with every digit, oldest first', async () => {
    const { text, name } = await client.analytics.export({ table: 'trades' })
    expect(name).toBe('trades.csv')
    const told = trades().toReversed()
    expect(cellsOf(text).map((row) => [row['id'], row['profit'], row['entry_price'], row['closed_at']])).toEqual(
      told.map(({ id, profit, entryPrice, closedAt }) => [
        id,
        profit.toFixed(),
        entryPrice.toFixed(),
        new Date(closedAt).toISOString(),
      ]),
    )
    const json = JSON.parse((await client.analytics.export({ table: 'trades', format: 'json' })).text) as {
      id: string
    }[]
    expect(json.map(({ id }) => id)).toEqual(told.map(({ id }) => id))
    const counts = station.facade.records.counts()
    for (const table of ['fills', 'orders', 'ledger', 'equity'] as const) {
      const file = await client.analytics.export({ table })
      expect(cellsOf(file.text).length).toBe(counts[table])
    }
  })

  it('the tax list: what came in less what went out is what was realised', async () => {
    const rows = cellsOf((await client.analytics.export({ table: 'tax' })).text)
    expect(rows.length).toBe(trades().length)
    for (const row of rows) {
      const figure = (field: string): number => Number(row[field])
      expect(figure('proceeds_usdt') - figure('cost_usdt')).toBeCloseTo(figure('realised_usdt'), 4)
      const profit = figure('realised_usdt') - figure('fees_usdt') + figure('funding_usdt')
      expect(profit).toBeCloseTo(figure('profit_usdt'), 6)
    }
  })

  it('an empty file still has its columns', async () => {
    const { text } = await client.analytics.export({ table: 'fills', from: '2031-01-01T00:00:00Z' })
    expect(text).toMatch(/^id,client_order_id,symbol,side,price,quantity,fee,.*\r\n$/)
  })
})
