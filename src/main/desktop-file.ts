/** What the desktop remembers of itself between two runs: its window, and a remote station. The station's own memory is elsewhere. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

import { z } from 'zod'

const whole = z.number().int()

const Memory = z.object({
  window: z
    .object({ x: whole, y: whole, width: whole.positive(), height: whole.positive(), isMaximized: z.boolean() })
    .nullable()
    .catch(null),
  /** the token is sealed by the system's key store; null: it has to be asked for */
  remote: z.object({ address: z.string(), sealedToken: z.string().nullable() }).nullable().catch(null),
  /** the person was told once that closing the window ends nothing */
  knowsTray: z.boolean().catch(false),
})
type Memory = z.infer<typeof Memory>

const NOTHING: Memory = { window: null, remote: null, knowsTray: false }

export class DesktopFile {
  readonly #file: string
  #memory: Memory

  /** What cannot be read is forgotten. */
  constructor(file: string) {
    this.#file = file
    this.#memory = Memory.safeParse(contentOf(file)).data ?? NOTHING
  }

  get memory(): Readonly<Memory> {
    return this.#memory
  }

  /** Written whole or not at all, readable by its owner only. */
  remember(change: Partial<Memory>): void {
    this.#memory = { ...this.#memory, ...change }
    const draft = `${this.#file}.${process.pid}.new`
    mkdirSync(dirname(this.#file), { recursive: true })
    writeFileSync(draft, JSON.stringify(this.#memory), { mode: 0o600 })
    renameSync(draft, this.#file)
  }
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
