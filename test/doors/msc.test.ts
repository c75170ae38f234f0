/** The Meta Strategy Controller told live: what it asks for in its short form, and nothing to who did not ask. */
import { createRouterClient } from '@orpc/server'
import { describe, expect, it } from 'vitest'

import { traceIdOf } from '../../src/core/model/ids.ts'
import { answersOf, type Caller } from '../../src/station/answers/index.ts'
import { LiveStream } from '../../src/station/live-stream.ts'
import { FakeStation } from '../fixtures/facade.ts'
import type { Client } from './door-under-test.ts'

function clientOf(station: FakeStation): Client {
  const quiet = (): void => undefined
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  const context: Caller = { actor: 'api:phone', scope: 'control', log, newTraceId: () => traceIdOf('msc') }
  return createRouterClient(answersOf(station, new LiveStream(station)), { context })
}

describe('MSC', () => {
  it('is told live as its status says it', async () => {
    const client = clientOf(new FakeStation())
    const { evaluation } = await client.msc.evaluate({})
    const stream = await client.station.watch({ topics: ['msc'] })
    const { value } = await stream.next()
    expect(value).toMatchObject({
      kind: 'snapshot',
      state: {
        msc: {
          status: 'active',
          advised: evaluation.advised,
          aggressive_votes: evaluation.aggressive_votes,
          defensive_weight: evaluation.defensive_weight,
          sentence: evaluation.sentence,
          last_at: evaluation.at,
        },
      },
    })
    await stream.return()
  })

  it('has no word before its first run, and none while it is off', async () => {
    const station = new FakeStation()
    station.msc.switchOff()
    const stream = await clientOf(station).station.watch({ topics: ['msc'] })
    const { value } = await stream.next()
    expect(value).toMatchObject({
      state: { msc: { status: 'disabled', advised: null, sentence: null, last_at: null } },
    })
    await stream.return()
  })
})
