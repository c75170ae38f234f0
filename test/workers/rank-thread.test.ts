/** The ranking thread answers as the ranker itself does, and what it does wrong costs one answer. */
import { existsSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { RankThread } from '../../src/workers/rank-thread.ts'
import { endOf, HOUR_MS, questionOf, rankerOf, rowsOf } from '../core/ranker/stage.ts'
import { randomWalk } from '../fixtures/candles.ts'

const series = Array.from({ length: 20 }, (_, seed) =>
  randomWalk({ symbol: `S${seed}USDT`, interval: '1h', count: 220, seed: seed + 1, startAt: HOUR_MS }),
)
const question = () =>
  questionOf(
    endOf(series[0] ?? []),
    series.map(() => ({})),
  )
const BUILT = fileURLToPath(new URL('../../out/main/rank-worker.js', import.meta.url))
const SHORT = { answerWithinMs: 400 }
const PATIENT = { answerWithinMs: 30_000 }

let folder = ''
let files = 0
const threads: RankThread[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-rank-'))
})
afterEach(() => {
  for (const thread of threads.splice(0)) thread.close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function opened(thread: RankThread): RankThread {
  threads.push(thread)
  thread.start()
  return thread
}

function told(thread: RankThread): RankThread {
  thread.add(series.map(([first]) => first?.symbol ?? ''))
  for (const [slot, candles] of series.entries()) thread.feed(rowsOf(candles, slot))
  return thread
}

/** A thread that does `work` with each message. */
function threadThat(work: string, settings = SHORT): RankThread {
  const file = join(folder, `${files++}.mjs`)
  writeFileSync(file, `import { parentPort } from 'node:worker_threads'\nparentPort.on('message', () => { ${work} })\n`)
  return opened(new RankThread(settings, pathToFileURL(file)))
}

describe('the ranking thread', () => {
  it('answers to the last bit as the ranker on this thread', async () => {
    const thread = told(opened(new RankThread()))
    const expected = rankerOf(series).answer(question())
    for (let round = 0; round < 2; round++) {
      const { tookMs, ...answer } = await thread.answer(question())
      expect(answer).toEqual(expected)
      expect(tookMs).toBeGreaterThan(0)
    }
  })

  it.skipIf(!existsSync(BUILT))('answers alike as it is built', async () => {
    const thread = told(opened(new RankThread(PATIENT, pathToFileURL(BUILT))))
    const { tookMs: _, ...answer } = await thread.answer(question())
    expect(answer).toEqual(rankerOf(series).answer(question()))
  })

  it('takes candles and questions without copying them', async () => {
    const thread = told(opened(new RankThread()))
    const rows = rowsOf(series[0] ?? [], 0)
    const asked = question()
    thread.feed(rows)
    const answering = thread.answer(asked)
    expect(rows.length).toBe(0)
    expect(asked.spread.length).toBe(0)
    await answering
  })

  it('answers one question at a time', async () => {
    const thread = told(opened(new RankThread()))
    const first = thread.answer(question())
    await expect(thread.answer(question())).rejects.toThrow(/another question/u)
    expect((await first).order.length).toBe(20)
  })
})

describe('a ranking thread that fails', () => {
  it.each([
    ['breaks', 'throw new Error("out of order")', PATIENT, /out of order/u],
    ['leaves', 'process.exit(3)', PATIENT, /code 3/u],
    ['stays silent', 'void 0', SHORT, /silent for 400 ms/u],
    ['hangs', 'for (;;);', SHORT, /silent for 400 ms/u],
  ])('and %s says so, is not up, and can be started again', async (_how, work, settings, says) => {
    const thread = threadThat(work, settings)
    await expect(thread.answer(question())).rejects.toThrow(says)
    expect(thread.isUp).toBe(false)
    await expect(thread.answer(question())).rejects.toThrow(/not up/u)
    thread.feed(rowsOf(series[0] ?? [], 0))
    thread.start()
    expect(thread.isUp).toBe(true)
  })

  it('between two questions is noticed at the next', async () => {
    const thread = threadThat('process.exit(0)')
    thread.add(['AUSDT'])
    await expect.poll(() => thread.isUp, { timeout: 20_000 }).toBe(false)
    await expect(thread.answer(question())).rejects.toThrow(/not up/u)
  })

  it('whose file is not there costs one answer too', async () => {
    const thread = opened(new RankThread(PATIENT, pathToFileURL(join(folder, 'nowhere.mjs'))))
    await expect(thread.answer(question())).rejects.toThrow(/nowhere\.mjs/u)
    expect(thread.isUp).toBe(false)
  })

  it('closed while it works ends the question', async () => {
    const thread = told(opened(new RankThread()))
    const answering = thread.answer(question())
    thread.close()
    await expect(answering).rejects.toThrow(/closed/u)
    expect(thread.isUp).toBe(false)
  })
})
