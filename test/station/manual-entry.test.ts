/** An order by hand where the market has not spoken yet: a sentence for people, and no number that is none. */
import { expect, it } from 'vitest'

import { exact } from '../../src/core/model/decimal.ts'
import { openStation } from '../fixtures/whole-station.ts'

it('on a symbol without a price is denied in words, at the market and with a limit, tried and sent', async () => {
  const station = await openStation({ 'simulator.symbols': 2, speed: 'max' })
  const { facade } = station
  const { symbol } = facade.instruments()[0]!
  const base = { symbol, side: 'LONG', stopPrice: 90, takeProfitPrice: null, leverage: null } as const
  const wishes = [
    { ...base, quantity: null, notionalUsd: 200, limitPrice: null },
    { ...base, quantity: exact(1), notionalUsd: null, limitPrice: 100 },
  ]
  for (const wish of wishes) {
    const preview = facade.previewManual(wish, 'user')
    const answers = [preview.denial, facade.placeManual(wish, 'user', true), facade.placeManual(wish, 'user', false)]
    for (const answer of answers) expect(answer).toMatchObject({ sentence: `${symbol} has no price yet` })
    expect(preview.measure).toBeNull()
    expect(JSON.stringify([preview, answers])).not.toContain('NaN')
  }
  const { items } = facade.records.decisions({ limit: 10 })
  expect(items.map(({ sentence }) => sentence)).toEqual(wishes.map(() => `${symbol} has no price yet`))
  expect(JSON.stringify(items)).not.toContain('NaN')
  await station.stop()
})
