/** How a level goes again: one at a time, ten minutes after its cause; streaks by their clock, releases by theirs (SPEC §4). */
import { describe, expect, it } from 'vitest'

import { keptOf, rememberedFrom } from '../../../src/core/governor/memory.ts'
import { DAY_MS, down, GovernorStage, HOUR_MS, losses, MINUTE_MS, NOON, SECOND_MS } from './stage.ts'

const CALM_LOOK = 10 * SECOND_MS

describe('loosening', () => {
  it('goes one level at a time, each after 10 min without the cause', () => {
    const stage = new GovernorStage()
    stage.twice(down(0.05))
    stage.look(down(0))
    stage.pass(10 * MINUTE_MS - CALM_LOOK)
    expect(stage.level).toBe('DEFENSIVE')
    stage.pass(CALM_LOOK)
    expect(stage.level).toBe('CAUTIOUS')
    stage.pass(10 * MINUTE_MS)
    expect(stage.level).toBe('ELEVATED')
    stage.pass(10 * MINUTE_MS)
    expect(stage.level).toBe('NORMAL')
    expect(stage.levels).toEqual(['NORMAL', 'DEFENSIVE', 'CAUTIOUS', 'ELEVATED', 'NORMAL'])
  })

  it('begins anew when the cause comes back', () => {
    const stage = new GovernorStage()
    stage.twice(down(0.05))
    stage.pass(9 * MINUTE_MS, down(0))
    stage.twice(down(0.05))
    stage.pass(9 * MINUTE_MS, down(0))
    expect(stage.level).toBe('DEFENSIVE')
  })

  it('stops at the level that another cause holds', () => {
    const stage = new GovernorStage()
    stage.twice(down(0.05))
    stage.pass(HOUR_MS, down(0.0425))
    expect(stage.level).toBe('CAUTIOUS')
    expect(stage.last.state.cause).toContain('CAUTIOUS from 4.25 %')
  })

  it('does not count time in which nobody looked', () => {
    const stage = new GovernorStage()
    stage.twice(down(0.05))
    stage.now += 8 * HOUR_MS
    stage.look({ ...down(0), wasAway: true })
    expect(stage.level).toBe('DEFENSIVE')
    stage.pass(10 * MINUTE_MS)
    expect(stage.level).toBe('CAUTIOUS')
  })

  it('waits until books and venue are reconciled, then as long as after any cause', () => {
    const stage = new GovernorStage()
    stage.look({ link: { downSince: stage.now, isReconciled: false } })
    expect(stage.level).toBe('DEFENSIVE')
    stage.pass(MINUTE_MS, { link: { downSince: null, isReconciled: false } })
    expect(stage.last.state.exit).toContain('books and venue are reconciled')
    stage.pass(10 * MINUTE_MS - CALM_LOOK, { link: { downSince: null, isReconciled: true } })
    expect(stage.level).toBe('DEFENSIVE')
    stage.pass(2 * CALM_LOOK)
    expect(stage.level).toBe('CAUTIOUS')
  })

  it('goes on over a restart from the level there was, and the restart is no calm', () => {
    const stage = new GovernorStage()
    stage.twice(down(0.05))
    const stored: unknown = JSON.parse(JSON.stringify(keptOf(stage.memory)))
    stage.now += HOUR_MS
    stage.memory = rememberedFrom(stored, stage.now, null)
    stage.look({ ...down(0), wasAway: true })
    expect(stage.last.state).toMatchObject({ level: 'DEFENSIVE', since: stage.memory.since })
    stage.pass(10 * MINUTE_MS)
    expect(stage.level).toBe('CAUTIOUS')
  })

  it('knows nothing of a memory that cannot be read', () => {
    expect(rememberedFrom({ level: 'PANIC' }, NOON, null)).toMatchObject({ level: 'NORMAL', since: NOON })
    expect(rememberedFrom(undefined, NOON, null)).toMatchObject({ level: 'NORMAL', acknowledgedAt: 0 })
  })
})

describe('losing trades in a row', () => {
  it('within 15 min of the first count once, later ones again', () => {
    const stage = new GovernorStage()
    const burst = losses(4, NOON, 5 * MINUTE_MS)
    const before = [7, 6, 5].map((hours) => ({ at: NOON - hours * HOUR_MS, isLoss: true }))
    // three, and a burst of four within 15 min: four in all
    expect(stage.look({ closings: [...before, ...burst] }).state.level).toBe('NORMAL')
    const later = { at: NOON + MINUTE_MS, isLoss: true }
    expect(stage.look({ closings: [...before, ...burst, later] }).state.level).toBe('CAUTIOUS')
  })

  it('older than 24 h do not count', () => {
    const stage = new GovernorStage()
    expect(stage.look({ closings: losses(5, NOON - 19 * HOUR_MS) }).state.level).toBe('CAUTIOUS')
    stage.pass(2 * HOUR_MS)
    expect(stage.level).not.toBe('CAUTIOUS')
  })

  it('of eight stop new trades for exactly 4 h, then CAUTIOUS until the next close', () => {
    const stage = new GovernorStage()
    const eight = losses(8, NOON, 20 * MINUTE_MS)
    stage.look({ closings: eight })
    stage.pass(4 * HOUR_MS - CALM_LOOK)
    expect(stage.last.state).toMatchObject({ level: 'DEFENSIVE', allowNewPositions: false })
    stage.pass(CALM_LOOK)
    expect(stage.last.state).toMatchObject({ level: 'CAUTIOUS', allowNewPositions: true })
    stage.pass(30 * HOUR_MS)
    expect(stage.last.state).toMatchObject({
      level: 'CAUTIOUS',
      cause: '8 losing trades in a row, no trade closed since',
      exit: 'ELEVATED when the next trade closes, or a person acknowledges the streak',
    })
    stage.pass(2 * CALM_LOOK, { closings: [...eight, { at: stage.now, isLoss: false }] })
    expect(stage.level).toBe('ELEVATED')
    stage.pass(10 * MINUTE_MS)
    expect(stage.level).toBe('NORMAL')
  })

  it('of one streak trigger once: the next losses of it leave new trades on, a new streak does not', () => {
    const stage = new GovernorStage()
    const closings = [...losses(8, NOON, 20 * MINUTE_MS)]
    stage.look({ closings })
    stage.pass(5 * HOUR_MS)
    for (let more = 0; more < 6; more++) {
      closings.push({ at: stage.now, isLoss: true })
      stage.pass(20 * MINUTE_MS, { closings })
      expect(stage.level).toBe('CAUTIOUS')
    }
    closings.push({ at: stage.now, isLoss: false })
    stage.pass(HOUR_MS, { closings })
    expect(stage.level).toBe('NORMAL')
    stage.look({ closings: [...closings, ...losses(8, stage.now, SECOND_MS)] })
    expect(stage.level).toBe('NORMAL')
    stage.now += 3 * HOUR_MS
    stage.look({ closings: [...closings, ...losses(8, stage.now, 20 * MINUTE_MS)] })
    expect(stage.level).toBe('DEFENSIVE')
  })

  it('seen by a person are counted anew', () => {
    const stage = new GovernorStage()
    stage.look({ closings: losses(8, NOON, 20 * MINUTE_MS) })
    expect(stage.level).toBe('DEFENSIVE')
    stage.memory = { ...stage.memory, acknowledgedAt: stage.now, streak: null }
    stage.pass(10 * MINUTE_MS)
    expect(stage.level).toBe('CAUTIOUS')
    stage.pass(20 * MINUTE_MS)
    expect(stage.level).toBe('NORMAL')
  })
})

describe('a release', () => {
  it('is asked for once, engages once, and nothing but it ends EMERGENCY', () => {
    const stage = new GovernorStage()
    expect(stage.twice(down(0.08)).engage).toContain('limit 8 %')
    expect(stage.engage().engage).toBeNull()
    stage.pass(3 * DAY_MS, down(0))
    expect(stage.level).toBe('EMERGENCY')
  })

  it('after the cause has gone: DEFENSIVE for 10 min, CAUTIOUS to the end of the hour, then as ever', () => {
    const stage = new GovernorStage()
    stage.twice(down(0.08))
    stage.engage()
    stage.pass(MINUTE_MS, down(0))
    stage.release()
    expect(stage.level).toBe('DEFENSIVE')
    stage.pass(10 * MINUTE_MS)
    expect(stage.last.state).toMatchObject({ level: 'CAUTIOUS', size: 0.75 })
    stage.pass(50 * MINUTE_MS - CALM_LOOK)
    expect(stage.level).toBe('CAUTIOUS')
    stage.pass(CALM_LOOK)
    expect(stage.level).toBe('ELEVATED')
    stage.pass(10 * MINUTE_MS)
    expect(stage.level).toBe('NORMAL')
  })

  it('of an emergency by hand makes 60 min CAUTIOUS as well', () => {
    const stage = new GovernorStage()
    stage.engage('user')
    expect(stage.level).toBe('NORMAL')
    stage.release()
    expect(stage.last.state).toMatchObject({ level: 'CAUTIOUS', exit: 'ELEVATED when it is 13:00 UTC' })
    stage.pass(HOUR_MS)
    expect(stage.level).toBe('ELEVATED')
  })

  it('while the cause stands: DEFENSIVE for an hour at most, then half limits until 00:00 UTC', () => {
    const stage = new GovernorStage()
    const total = { account: { nav: 0.8, highToday: 0.8, high24h: 0.8, highEver: 1 } }
    stage.twice(total)
    stage.engage()
    stage.release()
    expect(stage.last).toMatchObject({ engage: null, state: { level: 'DEFENSIVE', allowNewPositions: false } })
    stage.pass(HOUR_MS - CALM_LOOK)
    expect(stage.level).toBe('DEFENSIVE')
    stage.pass(2 * CALM_LOOK)
    const half = { allowNewPositions: true, leverage: 0.5, size: 0.5, exposure: 0.5 }
    expect(stage.last.state).toMatchObject({
      level: 'CAUTIOUS',
      ...half,
      exit: 'ELEVATED when it is 2025-06-03 00:00 UTC',
    })
    stage.pass(NOON + 12 * HOUR_MS - stage.now - CALM_LOOK)
    expect(stage.last.state).toMatchObject(half)
    stage.pass(HOUR_MS)
    expect(stage.last.state).toMatchObject({ level: 'NORMAL', size: 1 })
    expect(stage.levels).toEqual(['NORMAL', 'EMERGENCY', 'DEFENSIVE', 'CAUTIOUS', 'ELEVATED', 'NORMAL'])
  })

  it('engages again only when the drawdown has risen by a further quarter of the limit', () => {
    const stage = new GovernorStage()
    stage.twice(down(0.082))
    stage.engage()
    stage.release()
    stage.twice(down(0.0944))
    expect(stage.last.engage).toBeNull()
    stage.twice(down(0.0945))
    expect(stage.last.engage).toContain('down 9.45 %')
  })

  it('or on another cause, at once', () => {
    const stage = new GovernorStage()
    stage.twice(down(0.082))
    stage.engage()
    stage.release()
    expect(stage.look({ journalFault: 'the disk is full' }).engage).toBe('the disk is full')
  })

  it('mutes one position without a stop, not the next', () => {
    const stage = new GovernorStage()
    const naked = (symbol: string) => ({ symbol, since: stage.now - 2 * MINUTE_MS })
    expect(stage.look({ unprotected: [naked('BTCUSDT')] })).toMatchObject({
      flatten: expect.stringContaining('BTCUSDT'),
    })
    stage.engage()
    expect(stage.release().engage).toBeNull()
    expect(stage.look({ unprotected: [naked('BTCUSDT'), naked('ETHUSDT')] }).engage).toContain('ETHUSDT')
  })

  it('is forgotten once its cause has been gone for 10 min: then it engages as the first time', () => {
    const stage = new GovernorStage()
    stage.twice(down(0.082))
    stage.engage()
    stage.release()
    stage.pass(11 * MINUTE_MS, down(0.01))
    stage.twice(down(0.081))
    expect(stage.last.engage).not.toBeNull()
  })

  it('keeps what stood over a restart', () => {
    const stage = new GovernorStage()
    stage.twice(down(0.082))
    stage.engage()
    stage.release()
    const stored: unknown = JSON.parse(JSON.stringify(keptOf(stage.memory)))
    stage.now += HOUR_MS
    stage.memory = rememberedFrom(stored, stage.now, null)
    stage.look({ wasAway: true })
    stage.pass(MINUTE_MS)
    expect(stage.last.engage).toBeNull()
    stage.twice(down(0.095))
    expect(stage.last.engage).not.toBeNull()
  })
})

describe('everything is closed', () => {
  it('on a margin ratio or an unprotected position, once', () => {
    const stage = new GovernorStage()
    const seen = stage.twice({ margin: { symbol: 'ETHUSDT', ratio: 0.85 } })
    expect(seen.flatten).toBe('margin ratio of ETHUSDT is 85 %, limit 80 %')
    expect(stage.engage().flatten).toBeNull()
    expect(stage.pass(MINUTE_MS).flatten).toBeNull()
  })

  it('on nothing else, unless the policy says so', () => {
    expect(new GovernorStage().twice(down(0.08)).flatten).toBeNull()
    expect(new GovernorStage({ flattenOnEmergency: true }).twice(down(0.08)).flatten).toContain('down 8 %')
  })

  it('also when a person had engaged the kill switch without it', () => {
    const stage = new GovernorStage()
    stage.engage('user')
    expect(stage.twice({ margin: { symbol: 'ETHUSDT', ratio: 0.85 } })).toMatchObject({
      engage: null,
      flatten: expect.stringContaining('margin ratio'),
      state: { level: 'EMERGENCY' },
    })
  })
})
