/** Keeps the simulated world between runs: its anchor, its state each hour and the candles it has told, so that a restart goes on on the same path. */
import { JournalUnwritable } from '../../core/ports/journal.ts'
import type { PaperDocument, PaperShelf } from '../../core/ports/paper-shelf.ts'
import type { MarketSimulatorSettings } from './settings.ts'
import { HOUR_MS, type World } from './world.ts'

/** The two calls of the paper shelf that the world needs. */
export type WorldShelf = Pick<PaperShelf, 'load' | 'commit'>

const ANCHOR = 'market-simulator-anchor'
const STATE = 'market-simulator-state'
const BARS = 'market-simulator-bars'
const ANCHOR_KEY = 'anchor'
/** Raised whenever the same settings begin to make another path. */
const PATH_VERSION = 1
/** States kept: what the station remembers may be older than what it was last told. */
const STATES_KEPT = 3

interface Anchor {
  readonly path: string
  readonly startAt: number
}

/** Everything that decides the path. */
const pathOf = (settings: MarketSimulatorSettings): string => JSON.stringify([PATH_VERSION, settings])

export class WorldMemory {
  private readonly shelf: WorldShelf | null
  private readonly settings: MarketSimulatorSettings
  /** what could not be written waits for the next hour */
  private puts: PaperDocument[] = []
  private removals: { readonly kind: string; readonly key: string }[] = []

  constructor(shelf: WorldShelf | null, settings: MarketSimulatorSettings) {
    this.shelf = shelf
    this.settings = settings
  }

  /** When the world that is kept began, null when none is or it was another one. */
  startAt(): number | null {
    const kept = this.shelf?.load(ANCHOR)[0]
    if (kept === undefined) return null
    const anchor = JSON.parse(kept.value) as Anchor
    return anchor.path === pathOf(this.settings) ? anchor.startAt : null
  }

  /** Forgets any world before and begins one. */
  begin(startAt: number): void {
    if (this.shelf === null) return
    const old = [STATE, BARS].flatMap((kind) => this.shelf?.load(kind) ?? []).map(({ kind, key }) => ({ kind, key }))
    const anchor: Anchor = { path: pathOf(this.settings), startAt }
    this.shelf.commit([{ kind: ANCHOR, key: ANCHOR_KEY, at: startAt, value: JSON.stringify(anchor) }], old)
  }

  /** Puts a world that stands at its beginning as near to `time` as is kept, its candles included. */
  recall(world: World, time: number): void {
    const states = (this.shelf?.load(STATE) ?? []).filter(({ at }) => at <= time)
    const state = states.at(-1)
    if (this.shelf === null || state === undefined) return
    for (const { at, value } of this.shelf.load(BARS)) {
      if (at <= state.at) world.quarters.unpack(at - HOUR_MS, Buffer.from(value, 'base64'))
    }
    const bytes = Uint8Array.from(Buffer.from(state.value, 'base64'))
    world.restore(state.at, new Float64Array(bytes.buffer))
  }

  /** At a full hour, after its candles closed and before the next minute opens. */
  keep(world: World): void {
    if (this.shelf === null) return
    const { time } = world
    const snapshot = world.path.snapshot()
    const state = Buffer.from(snapshot.buffer, snapshot.byteOffset, snapshot.byteLength).toString('base64')
    const bars = world.quarters.pack(time - HOUR_MS, time).toString('base64')
    this.puts.push(
      { kind: STATE, key: String(time), at: time, value: state },
      { kind: BARS, key: String(time), at: time, value: bars },
    )
    this.removals.push(
      { kind: STATE, key: String(time - STATES_KEPT * HOUR_MS) },
      { kind: BARS, key: String(time - this.settings.historyHours * HOUR_MS) },
    )
    this.write(this.shelf)
  }

  private write(shelf: WorldShelf): void {
    try {
      shelf.commit(this.puts, this.removals)
      this.puts = []
      this.removals = []
    } catch (problem) {
      if (!(problem instanceof JournalUnwritable)) throw problem
    }
  }
}
