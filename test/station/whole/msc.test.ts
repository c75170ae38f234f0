/**
 * Recorded candles through the whole station at high speed: the mode tightens and loosens by itself, the journal explains
 * each change, and the same run twice gives the same bytes (issue 4).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import type { Evaluation } from '../../../src/core/msc/evaluation.ts'
import type { GlobalPolicy } from '../../../src/core/policy/policy.ts'
import type { MscPolicyRow } from '../../../src/core/ports/journal.ts'
import { countOf, exportDigest, rowsOf } from '../../fixtures/journal-reader.ts'
import { RECORDED_DATA_ABSENT, recordedData } from '../../fixtures/recorded-data.ts'
import { DAY_MS, MINUTE_MS, runToEnd, temporaryFolder, type WholeStation } from '../../fixtures/whole-station.ts'
import { MSC_RUN } from './msc-settings.ts'
import { expectSound } from './sound.ts'

const data = recordedData()
const RUN_TIMEOUT_MS = 240_000

/** The first days of the recorded quarter hours, in a folder of their own. */
function recording(from: string): string {
  const folder = temporaryFolder()
  for (const symbol of MSC_RUN.symbols) {
    const name = `${symbol}-15m-klines.csv`
    const [header = '', ...rows] = readFileSync(join(from, 'candles-2025', name), 'utf8')
      .trimEnd()
      .split('\n')
    const timeOf = (row: string): number => Number(row.slice(0, row.indexOf(',')))
    const end = timeOf(rows[0] ?? '') + MSC_RUN.days * DAY_MS
    writeFileSync(join(folder, name), `${[header, ...rows.filter((row) => timeOf(row) < end)].join('\n')}\n`)
  }
  return folder
}

const run = (replay: string): Promise<WholeStation> =>
  runToEnd({ replay, ...MSC_RUN.flags }, ({ facade }) => {
    const written = facade.policy.changeRules(MSC_RUN.rules, { actor: 'user', reason: 'the windows of this run' })
    expect(written.outcome).toBe('accepted')
  })

interface PolicyEvent {
  readonly by: string
  readonly reason: string
  readonly version: number
  readonly changes: readonly { readonly path: keyof GlobalPolicy; readonly to: unknown }[]
}

interface Ran {
  readonly row: MscPolicyRow
  readonly run: Evaluation
}

describe.skipIf(data === null)(`a policy that moves itself (${RECORDED_DATA_ABSENT})`, () => {
  let replay: string
  let station: WholeStation
  let all: readonly Ran[]

  beforeAll(async () => {
    replay = recording(data ?? '')
    station = await run(replay)
    all = rowsOf(station.folder, 'msc_policies').map((row) => ({ row, run: row.votes as Evaluation }))
  }, RUN_TIMEOUT_MS)

  const changes = (result: Evaluation['result']): readonly Ran[] =>
    all.filter(({ run: each }) => each.result === result)

  it('runs every half hour, and no run fails', () => {
    expect(all.length).toBeGreaterThanOrEqual(MSC_RUN.days * 48)
    expect(changes('failed')).toEqual([])
    const times = all.map(({ row }) => row.createdAt)
    for (const [index, at] of times.entries())
      if (index > 0) expect(at - (times[index - 1] ?? 0)).toBe(MSC_RUN.flags['msc.interval_minutes'] * MINUTE_MS)
  })

  it('tightens and loosens at least twice each', () => {
    expect(changes('tightened').length).toBeGreaterThanOrEqual(2)
    expect(changes('loosened').length).toBeGreaterThanOrEqual(2)
  })

  it('writes each change in one version, explained, under the trace of its run', () => {
    const versions = new Map(rowsOf(station.folder, 'events').map((event) => [event.traceId as string, event]))
    for (const { row, run: each } of [...changes('tightened'), ...changes('loosened')]) {
      const event = versions.get(row.traceId)
      expect(event?.type).toBe('policy.updated')
      if (event === undefined) throw new Error(`no event has the trace ${row.traceId}`)
      const { by, reason, version, changes: fields } = event.data as PolicyEvent
      expect([by, version]).toEqual(['msc', each.policyVersion])
      expect(reason).toBe(each.sentence)
      expect(reason).toContain(`${each.modeBefore} → ${each.modeAfter}`)
      expect(reason).toMatch(/defensive weight \d+ of 3/)
      expect(fields.find(({ path }) => path === 'riskMode')?.to).toBe(each.modeAfter)
      expect(fields.find(({ path }) => path === 'maxRiskPerTrade')?.to).toBe(row.maxRiskPerTrade)
      expect(each.votes.reduce((sum, { weight }) => sum + weight, 0)).toBe(each.defensiveWeight)
    }
  })

  it('tightens only with a reason, loosens only after two runs that asked', () => {
    for (const { run: each } of changes('tightened')) expect(each.defensiveWeight).toBeGreaterThanOrEqual(3)
    for (const { run: each } of changes('loosened')) {
      expect(each.trigger).toBe('schedule')
      const before = all[all.findIndex(({ run: other }) => other.at === each.at) - 1]
      expect(before?.run).toMatchObject({ result: 'waiting', modeAfter: each.modeBefore })
      expect(each.at - (before?.run.at ?? 0)).toBeGreaterThanOrEqual(25 * MINUTE_MS)
    }
  })

  it('trades under each mode within its numbers, with sound books', async () => {
    await expectSound(station)
    const modes = new Set(rowsOf(station.folder, 'trades').map(({ riskMode }) => riskMode))
    expect(modes).toEqual(new Set(['NORMAL', 'DEFENSIVE']))
    expect(countOf(station.folder, 'SELECT count(*) FROM trades')).toBeGreaterThan(20)
  })

  it(
    'twice gives the same bytes',
    async () => {
      expect(exportDigest((await run(replay)).folder)).toBe(exportDigest(station.folder))
    },
    RUN_TIMEOUT_MS,
  )
})
