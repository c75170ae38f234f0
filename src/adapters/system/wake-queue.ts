/** What is to be woken when: a binary heap ordered by time, then by the order of asking. */

/** One thing asked for; `wake` is null once it has run or was cancelled. */
export interface Waking {
  readonly time: number
  readonly order: number
  wake: (() => void) | null
}

/** Cancelled entries stay in the heap until they surface, or until they are most of it and at least this many. */
const COMPACT_FROM = 256

const before = (a: Waking, b: Waking): boolean => a.time < b.time || (a.time === b.time && a.order < b.order)

export class WakeQueue {
  private heap: Waking[] = []
  private asked = 0
  private cancelled = 0

  /** how many still want to be woken */
  get size(): number {
    return this.heap.length - this.cancelled
  }

  add(time: number, wake: () => void): Waking {
    const waking: Waking = { time, order: this.asked++, wake }
    this.heap.push(waking)
    this.rise(this.heap.length - 1)
    return waking
  }

  cancel(waking: Waking): void {
    if (waking.wake === null) return
    waking.wake = null
    this.cancelled++
    if (this.cancelled >= COMPACT_FROM && this.cancelled * 2 > this.heap.length) this.compact()
  }

  /** time of the next wake, `Infinity` when there is none */
  nextTime(): number {
    return this.top()?.time ?? Infinity
  }

  /** Takes the next wake out of the queue; only called while `nextTime()` is finite. */
  take(): () => void {
    const top = this.top()
    const wake = top?.wake
    if (top === undefined || wake == null) throw new RangeError('nothing is scheduled')
    this.removeTop()
    top.wake = null
    return wake
  }

  clear(): void {
    for (const waking of this.heap) waking.wake = null
    this.heap = []
    this.cancelled = 0
  }

  private top(): Waking | undefined {
    for (;;) {
      const top = this.heap[0]
      if (top === undefined || top.wake !== null) return top
      this.removeTop()
      this.cancelled--
    }
  }

  private removeTop(): void {
    const last = this.heap.pop()
    if (last === undefined || this.heap.length === 0) return
    this.heap[0] = last
    this.sink(0)
  }

  private compact(): void {
    this.heap = this.heap.filter((waking) => waking.wake !== null)
    this.cancelled = 0
    for (let index = (this.heap.length >> 1) - 1; index >= 0; index--) this.sink(index)
  }

  private rise(from: number): void {
    const heap = this.heap
    const waking = heap[from] as Waking
    let index = from
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent] as Waking
      if (!before(waking, above)) break
      heap[index] = above
      index = parent
    }
    heap[index] = waking
  }

  private sink(from: number): void {
    const heap = this.heap
    const waking = heap[from] as Waking
    const half = heap.length >> 1
    let index = from
    while (index < half) {
      let child = 2 * index + 1
      if (child + 1 < heap.length && before(heap[child + 1] as Waking, heap[child] as Waking)) child++
      const below = heap[child] as Waking
      if (!before(below, waking)) break
      heap[index] = below
      index = child
    }
    heap[index] = waking
  }
}
