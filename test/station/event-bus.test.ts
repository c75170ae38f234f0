import { describe, expect, test } from 'vitest'

import { EventBus } from '../../src/station/event-bus.ts'

interface Events {
  tick: number
  note: string
}

const makeBus = () => {
  const failures: [string, unknown][] = []
  return { bus: new EventBus<Events>((type, problem) => failures.push([type, problem])), failures }
}

describe('the event bus', () => {
  test('tells every listener of a type, in the order they came, before publish returns', () => {
    const { bus } = makeBus()
    const told: string[] = []
    bus.subscribe('tick', (n) => told.push(`first ${n}`))
    bus.subscribe('tick', (n) => told.push(`second ${n}`))
    bus.subscribe('note', (text) => told.push(text))
    bus.publish('tick', 1)
    expect(told).toEqual(['first 1', 'second 1'])
  })

  test('a failing listener never stops another, and is counted and named', () => {
    const { bus, failures } = makeBus()
    const told: number[] = []
    bus.subscribe('tick', () => {
      throw new Error('broken screen')
    })
    bus.subscribe('tick', (n) => told.push(n))
    bus.publish('tick', 7)
    bus.publish('tick', 8)
    expect(told).toEqual([7, 8])
    expect(failures.map(([type, problem]) => [type, (problem as Error).message])).toEqual([
      ['tick', 'broken screen'],
      ['tick', 'broken screen'],
    ])
    expect(bus.counts()).toEqual({ published: { tick: 2 }, failures: 2 })
  })

  test('who leaves while an event is told still hears that one and no later one', () => {
    const { bus } = makeBus()
    const told: string[] = []
    bus.subscribe('tick', () => leave())
    const leave = bus.subscribe('tick', (n) => told.push(`leaving ${n}`))
    bus.publish('tick', 1)
    bus.publish('tick', 2)
    expect(told).toEqual(['leaving 1'])
  })

  test('who joins while an event is told hears the next one', () => {
    const { bus } = makeBus()
    const told: number[] = []
    const leave = bus.subscribe('tick', () => {
      leave()
      bus.subscribe('tick', (n) => told.push(n))
    })
    bus.publish('tick', 1)
    bus.publish('tick', 2)
    expect(told).toEqual([2])
  })

  test('publishing from inside a listener is heard in full', () => {
    const { bus } = makeBus()
    const told: string[] = []
    bus.subscribe('tick', (n) => bus.publish('note', `tick ${n}`))
    bus.subscribe('note', (text) => told.push(text))
    bus.publish('tick', 3)
    expect(told).toEqual(['tick 3'])
  })
})
