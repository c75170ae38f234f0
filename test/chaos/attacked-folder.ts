/** One data folder under attack: life after life of a trading station in it, and after each a look at all that must hold. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll } from 'vitest'

import { Evidence } from './evidence.ts'
import { liveOnce, type KillPlan } from './live-once.ts'
import type { LifeOrders } from './told.ts'

const root = mkdtempSync(join(tmpdir(), 'signalbox-chaos-'))
/** Folder of compiled modules: a life begins sooner. */
const cache = join(root, 'compiled')

afterAll(() => {
  if (process.env['SIGNALBOX_CHAOS_KEEP'] === undefined) rmSync(root, { recursive: true, force: true })
})

export class AttackedFolder {
  readonly evidence: Evidence
  readonly #orders: Omit<LifeOrders, 'life' | 'death' | 'stops'>
  #life = 0

  constructor(name: string, market: Pick<LifeOrders, 'seed' | 'tickSeconds'>) {
    const folder = join(root, name)
    this.#orders = { ...market, folder }
    this.evidence = new Evidence(folder)
  }

  /** A life that its parent ends. */
  async killed(plan: KillPlan, isThorough: boolean): Promise<void> {
    await this.#live({ death: null, stops: false }, plan, isThorough)
  }

  /** A life that ends by its own hand at a boundary. */
  async died(death: NonNullable<LifeOrders['death']>): Promise<void> {
    await this.#live({ death, stops: false }, null, false)
  }

  /** A last life without harm: it reconciles, holds its books against the exchange's, and stops in order. */
  async livedOn(): Promise<void> {
    const { folder } = this.#orders
    const { told, complaint } = await liveOnce({ ...this.#orders, life: 0, death: null, stops: true }, null, cache)
    const faults = [...this.evidence.take(told), ...this.evidence.faults(true)]
    if (told.at(-1)?.kind !== 'stopped') faults.push('it did not come to its end')
    if (faults.length > 0 || complaint !== '') throw new Error(accusation({ folder, faults, complaint }))
  }

  async #live(how: Pick<LifeOrders, 'death' | 'stops'>, plan: KillPlan | null, isThorough: boolean): Promise<void> {
    const life = ++this.#life
    const { told, wasKilled, complaint } = await liveOnce({ ...this.#orders, ...how, life }, plan, cache)
    const faults = [...this.evidence.take(told), ...this.evidence.faults(isThorough)]
    if (!wasKilled) faults.push('it ended before it was killed')
    if (faults.length > 0 || complaint !== '') {
      throw new Error(accusation({ ...this.#orders, ...how, life, faults, complaint }))
    }
  }
}

const accusation = (story: object): string => JSON.stringify(story, null, 2)

/** Two at once, as many cores as there are at least. */
export async function twoAtOnce<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all([worker(), worker()])
}
