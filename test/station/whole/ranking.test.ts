/** The whole station ranks its symbols: scores reach the policy and the journal, unranked symbols are dropped, twice is the same (SPEC §7, §8). */
import { describe, expect, it } from 'vitest'

import { firstDays } from '../../fixtures/candle-files.ts'
import { countOf, exportDigest, rowsOf } from '../../fixtures/journal-reader.ts'
import { RECORDED_DATA_ABSENT, recordedData } from '../../fixtures/recorded-data.ts'
import {
  BEGIN,
  goOnTo,
  HOUR_MS,
  MINUTE_MS,
  openStation,
  pausedAt,
  runToEnd,
  runUntil,
  temporaryFolder,
  type WholeStation,
} from '../../fixtures/whole-station.ts'

const data = recordedData()
const SIMULATED = { 'simulator.symbols': 20, 'simulator.tick_seconds': 30 }
const UNTIL = BEGIN + 2 * HOUR_MS

const rankingTimes = (folder: string): number[] =>
  rowsOf(folder, 'events').flatMap(({ type, data: told }) =>
    type === 'opportunities.updated' ? [(told as { at: number }).at] : [],
  )

/** Versions of the policy that the ranker wrote. */
const rankingVersions = ({ facade }: WholeStation) =>
  facade.policy.history({ limit: 1000, withRankings: true }).filter(({ policy }) => policy.updatedBy === 'ranker')

describe('the made-up market', () => {
  it('is ranked seconds after the start and every five minutes, the same in every run', async () => {
    const [first, second] = [await runUntil(SIMULATED, UNTIL), await runUntil(SIMULATED, UNTIL)]
    expect(exportDigest(second.folder)).toBe(exportDigest(first.folder))
    const times = rankingTimes(first.folder)
    const begun = BEGIN - 20_000
    expect(times[0]).toBe(begun + 1000)
    expect(times.slice(1)).toEqual(times.slice(1).map((_, index) => BEGIN + index * 5 * MINUTE_MS + 2000))
    expect(times.length).toBe(1 + 24)
    expect(countOf(first.folder, 'SELECT count(DISTINCT at) FROM rankings')).toBe(times.length)
  })

  it('in whatever slices of real time it is told', async () => {
    const whole = await runUntil(SIMULATED, UNTIL)
    const sliced = await runUntil(SIMULATED, UNTIL, (station) => {
      const toggle = setInterval(() => station.facade.setPaused(!station.facade.status().paused), 5)
      station.rooms.clock.at(UNTIL - MINUTE_MS, () => clearInterval(toggle))
    })
    expect(exportDigest(sliced.folder)).toBe(exportDigest(whole.folder))
  })

  it('writes the scores of all opportunities, and only these, with the ranker as their author', async () => {
    const station = await openStation(SIMULATED)
    await pausedAt(station, BEGIN + 30 * MINUTE_MS)
    const { ranking } = station.facade.ranking.state()
    const passed = ranking?.rows.filter(({ filtered }) => filtered === null) ?? []
    expect(passed.length).toBeGreaterThan(5)
    const { oppRankings } = station.facade.policy.current
    expect(Object.keys(oppRankings).sort()).toEqual(passed.map(({ symbol }) => symbol).sort())
    for (const { symbol, score } of passed) expect(oppRankings[symbol]).toBeCloseTo(score, 4)
    const versions = rankingVersions(station)
    expect(versions.length).toBeGreaterThan(0)
    // a ranking like the one before writes no version
    expect(versions.length).toBeLessThanOrEqual(7)
    for (const { rankingOnly, changes } of versions) {
      expect(rankingOnly).toBe(true)
      expect(changes.map(({ path }) => path)).toEqual(['oppRankings'])
    }
    const table = station.facade.rankingTable()
    expect(table.symbols.length).toBe(ranking?.rows.length)
    const row = table.symbols.indexOf(passed[0]?.symbol ?? '')
    expect(table.columns.map((column) => column[row])).toEqual([
      ranking?.at,
      1,
      passed[0]?.rankBefore,
      Math.fround(passed[0]?.score ?? 0),
      ...(passed[0]?.components.slice(0, 7).map(Math.fround) ?? []),
      Math.fround(passed[0]?.quoteVolume24h ?? 0),
    ])
    expect(station.facade.ranking.history(passed[0]?.symbol ?? '', { points: 100 })?.length).toBe(7)
    await station.stop()
  })

  it('drops signals of symbols that the ranker left out, with the ranking as the reason', async () => {
    const station = await openStation(SIMULATED)
    const stricter = { ranker: { minScore: 0.75 } }
    station.facade.policy.changeRules(stricter, { actor: 'user' })
    await pausedAt(station, BEGIN + 8 * HOUR_MS)
    await station.stop()
    const since = rankingTimes(station.folder)[0] ?? Infinity
    const entries = rowsOf(station.folder, 'decisions').filter(({ kind, at }) => kind === 'ENTRY' && at > since + 1000)
    const unranked = entries.filter(({ code }) => code === 'not_ranked')
    expect(unranked.length).toBeGreaterThan(0)
    for (const { outcome, gate, steps, ranking } of unranked) {
      expect({ outcome, gate, ranking }).toEqual({ outcome: 'dropped', gate: 'orchestrator', ranking: null })
      expect(steps.at(-1)?.source).toMatch(/^policy ranker v\d+$/u)
    }
    const ranked = entries.filter(({ ranking }) => ranking !== null)
    expect(ranked.every(({ ranking }) => (ranking ?? 0) >= 0.75)).toBe(true)
  })

  it('is ranked again soon after a restart; until then the last ranking counts', async () => {
    const folder = temporaryFolder()
    const station = await openStation(SIMULATED, folder)
    await pausedAt(station, BEGIN + 20 * MINUTE_MS)
    const before = station.facade.policy.current.oppRankings
    await station.stop()
    const again = await openStation(SIMULATED, folder)
    expect(again.facade.policy.current.oppRankings).toEqual(before)
    expect(again.rooms.ranking.isRanked).toBe(true)
    expect(again.rooms.ranking.lastAt).toBe(BEGIN + 20 * MINUTE_MS - 5 * MINUTE_MS + 2000)
    await pausedAt(again, again.rooms.clock.now() + 5000)
    expect(again.facade.ranking.state().ranking).not.toBeNull()
    await again.stop()
  })

  it('with the ranker switched off trades everything at one half', async () => {
    const station = await runUntil({ ...SIMULATED, 'ranker.enabled': 'false' }, BEGIN + 4 * HOUR_MS)
    expect(countOf(station.folder, 'SELECT count(*) FROM rankings')).toBe(0)
    const rankings = new Set(rowsOf(station.folder, 'decisions').map(({ ranking }) => ranking))
    expect([...rankings].filter((ranking) => ranking !== null)).toEqual([0.5])
  })

  it('is ranked on demand, and previewed without anything being written', async () => {
    const station = await openStation(SIMULATED)
    await pausedAt(station, BEGIN + 31 * MINUTE_MS)
    expect(await station.facade.ranking.rank()).toMatchObject({ outcome: 'refused' })
    const { version } = station.facade.policy.current
    const preview = station.facade.ranking.preview({ minScore: 0.6 })
    expect(preview.outcome).toBe('ranked')
    expect(station.facade.policy.current.version).toBe(version)
    const [made] = await Promise.all([
      (station.facade.setPaused(false), station.facade.ranking.rank()),
      goOnTo(station, BEGIN + 32 * MINUTE_MS),
    ])
    expect(made).toMatchObject({ outcome: 'ranked', ranking: { at: BEGIN + 31 * MINUTE_MS } })
    expect(station.rooms.ranking.lastAt).toBe(BEGIN + 31 * MINUTE_MS)
    await station.stop()
  })
})

describe.skipIf(data === null)(`a recording of the exchange (${RECORDED_DATA_ABSENT})`, () => {
  it('is ranked from its 200th hour on, twice the same, and unranked until then', async () => {
    const replay = firstDays(`${data ?? ''}/candles-2025`, ['BTCUSDT', 'SOLUSDT', 'XRPUSDT'], 10)
    const [first, second] = [await runToEnd({ replay }), await runToEnd({ replay })]
    expect(exportDigest(second.folder)).toBe(exportDigest(first.folder))
    const startAt = Math.min(...rowsOf(first.folder, 'candles').map(({ openAt }) => openAt))
    const times = rankingTimes(first.folder)
    expect(times.length).toBeGreaterThan(400)
    expect((times[0] ?? 0) - startAt).toBeGreaterThanOrEqual(200 * HOUR_MS)
    expect((times[0] ?? 0) - startAt).toBeLessThan(201 * HOUR_MS + 5 * MINUTE_MS)
    const early = rowsOf(first.folder, 'decisions').filter(
      ({ at, ranking }) => at < (times[0] ?? 0) && ranking !== null,
    )
    expect(new Set(early.map(({ ranking }) => ranking))).toEqual(new Set([0.5]))
    expect(Object.keys(first.facade.policy.current.oppRankings).sort()).toEqual(['BTCUSDT', 'SOLUSDT', 'XRPUSDT'])
  }, 120_000)
})
