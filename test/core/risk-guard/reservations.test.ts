import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { exact } from '../../../src/core/model/decimal.ts'
import { type IntentId, intentIdOf } from '../../../src/core/model/ids.ts'
import type { Claim } from '../../../src/core/risk-guard/claim.ts'
import { Reservations } from '../../../src/core/risk-guard/reservations.ts'
import { check } from '../../../src/core/risk-guard/risk-guard.ts'
import { BTC, contextOf, entryOf, policyOf } from '../../fixtures/guard.ts'

type Step =
  | { readonly do: 'restore'; readonly claim: Claim }
  | { readonly do: 'keep'; readonly id: number; readonly share: number }
  | { readonly do: 'release'; readonly id: number }

const idOf = (id: number) => `intent${id}` as IntentId
const money = fc.double({ min: 0, max: 1e6, noNaN: true })
const anyClaim: fc.Arbitrary<Claim> = fc.record({
  intentId: fc.nat(7).map(idOf),
  symbol: fc.constantFrom('A', 'B', 'C'),
  side: fc.constantFrom('LONG' as const, 'SHORT' as const),
  quantity: fc.constant(8),
  notional: money,
  lossAtStop: money,
  margin: money,
})
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  anyClaim.map((claim) => ({ do: 'restore' as const, claim })),
  fc.record({ do: fc.constant('keep' as const), id: fc.nat(7), share: fc.constantFrom(0.25, 0.5, 0.75) }),
  fc.record({ do: fc.constant('release' as const), id: fc.nat(7) }),
)

/** What should be held after these steps, by a plain list. */
function recount(steps: readonly Step[]): readonly Claim[] {
  let claims: Claim[] = []
  for (const step of steps) {
    if (step.do === 'restore')
      claims = [...claims.filter(({ intentId }) => intentId !== step.claim.intentId), step.claim]
    if (step.do === 'release') claims = claims.filter(({ intentId }) => intentId !== idOf(step.id))
    if (step.do === 'keep') {
      claims = claims.map((claim) => {
        if (claim.intentId !== idOf(step.id)) return claim
        const { share } = step
        const { quantity, notional, lossAtStop, margin } = claim
        return {
          ...claim,
          quantity: quantity * share,
          notional: notional * share,
          lossAtStop: lossAtStop * share,
          margin: margin * share,
        }
      })
    }
  }
  return claims
}

const total = (claims: readonly Claim[], of: (claim: Claim) => number) =>
  claims.reduce((sum, claim) => sum + of(claim), 0)

function expectSame(totals: Reservations['totals'], claims: readonly Claim[]): void {
  expect(totals.claims.length).toBe(claims.length)
  expect(totals.gross).toBeCloseTo(
    total(claims, ({ notional }) => notional),
    6,
  )
  expect(totals.margin).toBeCloseTo(
    total(claims, ({ margin }) => margin),
    6,
  )
  expect(totals.heatLong).toBeCloseTo(
    total(
      claims.filter(({ side }) => side === 'LONG'),
      ({ lossAtStop }) => lossAtStop,
    ),
    6,
  )
  expect(totals.heatShort).toBeCloseTo(
    total(
      claims.filter(({ side }) => side === 'SHORT'),
      ({ lossAtStop }) => lossAtStop,
    ),
    6,
  )
}

test('no sequence of approvals, partial fills and endings leaks: totals equal a naive recount', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 60 }), fc.nat(7), (steps, someone) => {
      const reservations = new Reservations()
      for (const step of steps) {
        if (step.do === 'restore') reservations.restore(step.claim)
        if (step.do === 'release') reservations.release(idOf(step.id))
        if (step.do === 'keep') {
          const held = reservations.totals.claims.find(({ intentId }) => intentId === idOf(step.id))
          reservations.keep(idOf(step.id), (held?.quantity ?? 0) * step.share)
        }
      }
      const expected = recount(steps)
      expectSame(reservations.totals, expected)
      expectSame(
        reservations.without(idOf(someone)),
        expected.filter(({ intentId }) => intentId !== idOf(someone)),
      )
      for (let id = 0; id < 8; id++) reservations.release(idOf(id))
      expect(reservations.totals).toEqual({ claims: [], gross: 0, margin: 0, heatLong: 0, heatShort: 0 })
    }),
    { numRuns: 500 },
  )
})

const entryOn = (symbol: string) => entryOf({ symbol, id: intentIdOf('trend_following', symbol, 'LONG', 1) })

test('approvals in one batch share the room: each sees what the ones before it took', () => {
  const reservations = new Reservations()
  const policy = policyOf('NORMAL', { maxPositions: 3 })
  const ask = (symbol: string) =>
    check(entryOn(symbol), contextOf({ reservations, instrument: { ...BTC, symbol } }, { policy }))
  for (const symbol of ['AUSDT', 'BUSDT', 'CUSDT']) {
    const verdict = ask(symbol)
    if (verdict.outcome === 'denied') throw new Error(verdict.sentence)
    reservations.hold(verdict)
  }
  expect(reservations.totals).toMatchObject({ gross: 3000, margin: 3 * 200.5 })
  expect(reservations.totals.heatLong).toBeCloseTo(66, 9)
  expect(ask('DUSDT')).toMatchObject({
    outcome: 'denied',
    code: 'max_positions',
    sentence: 'would be position 4, limit 3 (environment, policy 1)',
  })
  reservations.release(entryOn('BUSDT').id)
  expect(ask('DUSDT').outcome).toBe('approved')
})

test('the second step of an entry takes the place of its first', () => {
  const reservations = new Reservations()
  const first = check(entryOf(), contextOf({ reservations }))
  if (first.outcome === 'denied') throw new Error(first.sentence)
  reservations.hold(first)
  const second = check(entryOf({ quantity: exact('0.004') }), contextOf({ reservations }))
  if (second.outcome === 'denied') throw new Error(second.sentence)
  reservations.hold(second)
  expect(reservations.totals).toMatchObject({ gross: 400, claims: [{ quantity: 0.004 }] })
})
