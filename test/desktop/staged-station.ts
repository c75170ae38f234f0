/** A station of the test's own behind the built application: what its `startStation` would have started. */
import type { RunningStation } from '../../src/station/compose.ts'
import type { StationFacade } from '../../src/station/facade.ts'
import type { Change } from '../../src/station/station-values.ts'
import type { Mutation } from './harness/launch.ts'

type Listener = (changes: readonly Change[]) => void

let stages = 0

export class Stage {
  /** As `mutate` of a launch: the bundle asks the test for its station, and knows errors of the test's modules by name. */
  readonly mutations: readonly Mutation[]
  /** how often the application stopped it */
  stops = 0
  #station: StationFacade
  #leave: () => void
  readonly #end = Promise.withResolvers<void>()
  readonly #listeners = new Set<Listener>()

  constructor(station: StationFacade) {
    this.#station = station
    this.#leave = this.#listen()
    const name = `stagedStation${++stages}`
    Object.assign(globalThis, { [name]: () => Promise.resolve(this.#running()) })
    this.mutations = [
      ['.js', 'await startStation(', `await globalThis.${name}(`],
      ['.js', 'problem instanceof BadCursor', 'problem?.name === "BadCursor"'],
    ]
  }

  /** Another station in its place; who listens, listens to it. */
  use(station: StationFacade): void {
    this.#leave()
    this.#station = station
    this.#leave = this.#listen()
  }

  /** It cannot go on. */
  fail(problem: Error): void {
    this.#end.reject(problem)
  }

  #listen(): () => void {
    return this.#station.onChange((changes) => {
      for (const listener of this.#listeners) listener(changes)
    })
  }

  #running(): Pick<RunningStation, 'facade' | 'ended' | 'stop'> & { readonly rooms: unknown } {
    const onChange: StationFacade['onChange'] = (listener) => {
      this.#listeners.add(listener)
      return () => this.#listeners.delete(listener)
    }
    const read = (_: object, key: string): unknown => {
      if (key === 'onChange') return onChange
      const value: unknown = Reflect.get(this.#station, key)
      return typeof value === 'function' ? value.bind(this.#station) : value
    }
    const stop = (): Promise<void> => {
      this.stops++
      return Promise.resolve()
    }
    // told of made-up prices: there are none
    const rooms = { alerts: { hold: () => undefined } }
    return { facade: new Proxy({} as StationFacade, { get: read as never }), rooms, ended: this.#end.promise, stop }
  }
}
