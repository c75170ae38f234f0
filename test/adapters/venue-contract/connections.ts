/** Reports come from the clock, nothing is lost while nobody listens, and a restart forgets nothing. */
import { describe, expect, it } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import type { VenueReport } from '../../../src/core/ports/venue.ts'
import type { Story } from './story.ts'
import { CONTRACT, requestOf } from './venue-under-test.ts'

export function connections(story: () => Story): void {
  describe('connection', () => {
    it('says that it is up', async () => {
      const day = story()
      await day.at.settle()
      expect(day.at.reports[0]).toMatchObject({ kind: 'connection', up: true })
    })

    it('no report leaves from inside a call', async () => {
      const day = story()
      await day.at.settle()
      const before = day.at.reports.length
      const { venue } = day.at
      venue.submit(requestOf('entry'))
      venue.ask(CONTRACT.symbol, requestOf('entry').clientOrderId)
      venue.cancel(CONTRACT.symbol, requestOf('entry').clientOrderId)
      venue.askSnapshot(0)
      expect(day.at.reports.length).toBe(before)
      await day.at.settle()
      expect(day.at.reports.length).toBeGreaterThan(before)
    })

    it('reports never go back in time', async () => {
      const day = story()
      await day.limit('rest', 99)
      await day.at.moveTo(98)
      await day.snapshot()
      const times = day.at.reports.map((report) => report.at)
      expect(times).toEqual([...times].sort((one, other) => one - other))
    })

    it('a snapshot tells the fills and income after the time asked for', async () => {
      const day = story()
      await day.send('one')
      const first = await day.snapshot()
      expect(first.fills.map((fill) => fill.clientOrderId)).toEqual(['one'])
      await day.at.moveTo(101)
      await day.send('two')
      const at = day.fills('one')[0]?.at ?? 0
      expect((await day.snapshot(at)).fills.map((fill) => fill.clientOrderId)).toEqual(['two'])
      expect((await day.snapshot(at - 1)).fills).toEqual(day.fills())
    })

    it('what happens while nobody listens is in the snapshot afterwards', async () => {
      const day = story()
      await day.send('entry')
      await day.stop('stop', 97)
      await day.at.venue.disconnect()
      await day.at.moveTo(96)
      expect(day.told('stop')).toBe('accepted')
      const heard: VenueReport[] = []
      await day.at.venue.connect((report) => {
        heard.push(report)
        day.at.reports.push(report)
      })
      const { fills, positions, openOrders } = await day.snapshot()
      expect(fills.map((fill) => fill.clientOrderId)).toEqual(['entry', 'stop'])
      expect([positions, openOrders]).toEqual([[], []])
      expect(heard[0]).toMatchObject({ kind: 'connection', up: true })
    })

    it('a restart loses nothing and does nothing twice', async () => {
      const day = story()
      await day.send('entry', { quantity: 2, leverage: 5 })
      await day.stop('stop', 97, { quantity: 2 })
      await day.limit('rest', 98.5)
      await day.at.settleFunding(0.0001)
      const { at: _before, ...before } = await day.snapshot()
      await day.at.restart()
      const { at: _after, ...after } = await day.snapshot()
      expect(after).toEqual(before)
      await day.at.moveTo(96.5)
      expect(day.told('stop')).toBe('accepted triggered filled')
      expect(day.filled('rest')).toEqual(exact(1))
      expect(await day.ask('entry')).toMatchObject({ state: 'FILLED' })
    })

    it('the client ids of open orders are known after a restart', async () => {
      const day = story()
      await day.limit('rest', 99)
      await day.at.restart()
      day.at.venue.submit(day.request('rest', { price: 98 }))
      await day.at.settle()
      expect(day.told('rest')).toBe('accepted rejected:DUPLICATE_CLIENT_ID')
    })
  })
}
