/** Remembers what main asked of the system, and answers as the test wishes. */
import { EventEmitter } from 'node:events'

export type Call = readonly [name: string, ...args: unknown[]]
/** by name, `dialog.showMessageBox`; what is not named here answers undefined */
export type Answers = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>
/** Every method exists: those of its own, and for all others one that is recorded. */
export type Recorded<Base extends object> = Base & Record<string, (...args: readonly unknown[]) => unknown>

export class Recorder {
  readonly calls: Call[] = []
  /** what was built with `new`, by kind, oldest first */
  readonly made: Record<string, Recorded<EventEmitter>[]> = {}
  readonly #answers: Answers

  constructor(answers: Answers) {
    this.#answers = answers
  }

  note(...call: Call): void {
    this.calls.push(call)
  }

  /** Own members of `base` first; any other method is recorded, and answered if the test gave an answer. */
  around<Base extends object>(name: string, base: Base): Recorded<Base> {
    const get = (target: Base, key: string | symbol): unknown => {
      if (key in target || typeof key === 'symbol' || key === 'then') {
        const own: unknown = Reflect.get(target, key)
        // called through this proxy, it could not see the private fields of its own object
        return typeof own === 'function' ? own.bind(target) : own
      }
      return (...args: readonly unknown[]): unknown => {
        this.note(`${name}.${key}`, ...args)
        return this.#answers[`${name}.${key}`]?.(...args)
      }
    }
    return new Proxy(base, { get }) as Recorded<Base>
  }

  emitter(name: string): Recorded<EventEmitter> {
    return this.around(name, new EventEmitter())
  }

  /** A class whose instances record everything, `statics` beside its constructor. */
  kind(name: string, statics: object = {}): object {
    const make = (args: readonly unknown[]): object => {
      this.note(`new ${name}`, ...args)
      const instance = this.emitter(name)
      ;(this.made[name] ??= []).push(instance)
      return instance
    }
    const constructable = function () {}
    return Object.assign(new Proxy(constructable, { construct: (_target, args: unknown[]) => make(args) }), statics)
  }
}
